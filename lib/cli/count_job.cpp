// SPDX-License-Identifier: MIT
#include "cli/count_job.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "cli/design_cells.h"
#include "cli/tool.h"

namespace sondeo {
namespace {

// How cells become answers: what must be the same wherever the survey is counted. The study stands
// for its questions.
std::string coding_of(const CountRequest& request, const Header& header, const StudyInput& input) {
  std::vector<std::string> texts{input.text, request.rules.keep_empty ? "keep-empty" : "",
                                 std::string(1, request.numbers.decimal),
                                 request.numbers.thousands};
  const auto append = [&](const std::vector<std::string>& list) {
    texts.push_back(std::to_string(list.size()));
    texts.insert(texts.end(), list.begin(), list.end());
  };
  append(request.rules.missing);
  append(request.rules.ticked);
  append(request.rules.unticked);
  for (const auto& question : request.questions) {
    std::vector<std::string> columns;
    for (const auto column : question.columns) columns.push_back(header.names[column]);
    append(columns);
    append(question.long_options);
    texts.push_back(question.separator);
  }
  return digest_of(texts);
}

// What a study lists is what it says it is: a --missing that says otherwise would do nothing.
void refuse_listed(const std::vector<std::string>& missing, const Question& question) {
  if (question.study == nullptr) return;
  for (const auto& text : missing) {
    for (const auto& code : question.study->codes) {
      const auto& values = code.values;
      if (values.empty() ? code.code != text
                         : std::find(values.begin(), values.end(), text) == values.end())
        continue;
      throw UsageError("--missing '" + excerpt(text) + "': the study lists it as an answer to " +
                           excerpt(question.name),
                       "say so in the study: missing = \"skipped\" beside the code");
    }
  }
}

}  // namespace

CountJob::CountJob(StudyInput& input, std::vector<Question> defined, bool numbers,
                   std::vector<std::string> missing)
    : input_(input),
      builder_(std::make_unique<RequestBuilder>(input, std::move(defined), numbers)),
      missing_(std::move(missing)) {}

void CountJob::set_banner(const Banner& banner) {
  axes_ = {builder_->add_axis({})};
  for (const auto& part : banner.parts) {
    Axis axis;
    axis.overlaps = true;
    cells_.banner.emplace_back();
    for (const auto& variable : part) {
      axis.questions.push_back(builder_->banner_variable(variable));
      const auto& question = request().questions[axis.questions.back()];
      cells_.banner.back().push_back({question.name, question.study != nullptr});
    }
    axes_.push_back(builder_->add_axis(std::move(axis)));
  }
}

std::vector<std::size_t> CountJob::add(const std::string& name) {
  std::vector<std::size_t> places;
  for (const auto question : builder_->questions_of(name)) places.push_back(add(question));
  return places;
}

void CountJob::add_all() {
  for (const auto question : builder_->all_questions()) add(question);
}

std::size_t CountJob::add(std::size_t question) {
  const auto [known, fresh] = place_of_.try_emplace(question, rows_.size());
  if (!fresh) return known->second;
  refuse_listed(missing_, request().questions[question]);
  const auto row_axis = builder_->add_axis({{question}, false});
  first_.push_back(request().tables.size());
  for (const auto axis : axes_) request().tables.push_back({row_axis, axis});
  rows_.push_back(question);
  const auto* study = request().questions[question].study;
  if (study != nullptr && study->total && !study->parent.empty()) add_whole(*study);
  return rows_.size() - 1;
}

void CountJob::add_whole(const StudyQuestion& item) {
  for (const auto& known : wholes_)
    if (known.name == item.parent) return;
  Whole whole{item.parent, *item.total, std::make_unique<StudyQuestion>(), 0};
  auto& sum = *whole.sum;
  // Unlike the name of any question: nothing else can name it.
  sum.name = item.parent + " (sum)";
  sum.kind = StudyKind::number;
  sum.at = item.at;
  std::string parts;
  for (const auto* part : items_of(input_, item.parent)) {
    std::string name;
    for (const char sign : part->name) name.append(sign == '`' ? 2 : 1, sign);
    parts += (parts.empty() ? "`" : " + `") + name + "`";
  }
  sum.value = parse_value(parts, "");
  const auto axis = builder_->add_axis({{builder_->add_made(sum)}, false});
  whole.table = request().tables.size();
  request().tables.push_back({axis, axes_[0]});
  wholes_.push_back(std::move(whole));
}

void CountJob::check_totals(const CountResult& counted, Issues& issues) const {
  for (const auto& whole : wholes_) {
    const auto& cells = counted.tables[whole.table];
    std::uint64_t others = 0;
    std::uint64_t all = 0;
    std::string list;
    for (std::size_t row = 0; row < cells.rows.size(); ++row) {
      const auto& key = cells.rows[row];
      const auto n = cells.at(row, 0).n;
      if (key.kind != AnswerKind::category || n == 0) continue;
      all += n;
      // Parts are decimals: what adds up on paper may be a last bit off in binary.
      if (std::abs(key.number - whole.total) <= 1e-9 * std::max(1.0, whole.total)) continue;
      others += n;
      if (list.size() < 40) list += (list.empty() ? "" : ", ") + shortest(key.number);
    }
    if (others == 0) continue;
    issues.add(whole.sum->at, "allocation-total",
               "the parts of " + excerpt(whole.name) + " add up to another sum than " +
                   shortest(whole.total) + " for " + grouped(others) + " of the " + grouped(all) +
                   " who gave them all (" + list + ")",
               "they are counted as they are; shares are of the sums given");
  }
}

void CountJob::calibrate(CountedCalibration rule) {
  calibrated_.emplace(builder_->request, std::move(rule));
}

std::vector<CountRequest> CountJob::requests() const {
  return calibrated_ ? calibrated_->requests() : std::vector{builder_->request};
}

CellFile CountJob::finish(std::vector<CountResult> counted, Issues& issues) const {
  if (!calibrated_) return finish(std::move(counted.front()));
  auto margins = calibrated_->finish(counted);
  auto units = counted.front().units;
  auto result = finish(std::move(counted.front()));
  if (!margins) {
    issues.add(Place{input_.header.file}, "calibration",
               "not every respondent has a category of " + calibrated_->names() +
                   ", or there are too many tables or values: standard errors take the weight as "
                   "given, and are likely too large");
    return result;
  }
  result.units = std::move(units);
  result.margins = std::move(margins);
  result.settings.emplace_back("calibrated", calibrated_->names());
  return result;
}

CellFile CountJob::finish(CountResult counted) const {
  auto result = cells_;
  const auto& request = builder_->request;
  result.settings.emplace_back("coding", coding_of(request, input_.header, input_));
  if (request.replicates.size() > 0) check_replicates(counted, input_.header.file);
  if (!request.units.empty()) result.units = std::move(counted.units);
  result.sketch = std::move(counted.sketch);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const auto& question = request.questions[rows_[row]];
    result.questions.push_back(
        {question.name, question.kind, question.study != nullptr, question.option_names, {}});
    for (std::size_t i = 0; i < axes_.size(); ++i)
      result.questions.back().tables.push_back(std::move(counted.tables[first_[row] + i]));
  }
  result.parts = {{1, 1, counted.identity, counted.rows, counted.bytes, counted.kept}};
  return result;
}

}  // namespace sondeo
