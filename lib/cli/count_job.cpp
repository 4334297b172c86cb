// SPDX-License-Identifier: MIT
#include "cli/count_job.h"

#include <algorithm>

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
  const auto known = std::find(rows_.begin(), rows_.end(), question);
  if (known != rows_.end()) return static_cast<std::size_t>(known - rows_.begin());
  refuse_listed(missing_, request().questions[question]);
  const auto row_axis = builder_->add_axis({{question}, false});
  for (const auto axis : axes_) request().tables.push_back({row_axis, axis});
  rows_.push_back(question);
  return rows_.size() - 1;
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
                   ", or the tables are too many: standard errors take the weight as given, and "
                   "are likely too large");
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
  std::size_t next = 0;
  for (const auto row : rows_) {
    const auto& question = request.questions[row];
    result.questions.push_back(
        {question.name, question.kind, question.study != nullptr, question.option_names, {}});
    for (std::size_t i = 0; i < axes_.size(); ++i)
      result.questions.back().tables.push_back(std::move(counted.tables[next++]));
  }
  result.parts = {{1, 1, counted.identity, counted.rows, counted.bytes, counted.kept}};
  return result;
}

}  // namespace sondeo
