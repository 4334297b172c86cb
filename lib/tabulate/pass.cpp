// SPDX-License-Identifier: MIT
#include "tabulate/pass.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "base/text.h"
#include "codebook/study_question.h"
#include "data/weights.h"

namespace sondeo {
namespace {

constexpr double most_replicate = 1e15;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// What an answer counts as a number: itself, or the score that a study gives it.
double value_of(const Question& question, const Answer& answer) {
  if (answer.kind != AnswerKind::category) return none;
  if (question.kind == QuestionKind::number) return answer.number;
  if (question.study == nullptr) return none;
  for (const auto& code : question.study->codes) {
    if (code.code == answer.text) return code.score.value_or(none);
  }
  return none;
}

std::vector<std::size_t> needed_questions(const PassPlan& plan) {
  std::vector<std::size_t> needed;
  for (const auto number : plan.numbers) {
    if (plan.questions[number].study != nullptr) needed.push_back(number);
  }
  for (const auto& axis : plan.axes)
    needed.insert(needed.end(), axis.questions.begin(), axis.questions.end());
  if (plan.where) {
    const auto named = questions_in(*plan.where, plan.questions);
    needed.insert(needed.end(), named.begin(), named.end());
  }
  std::sort(needed.begin(), needed.end());
  needed.erase(std::unique(needed.begin(), needed.end()), needed.end());
  return needed;
}

class PassWorker : public BlockWorker {
 public:
  PassWorker(const PassPlan& plan, const std::vector<MakeWorker>& jobs)
      : decoder(std::make_unique<RowDecoder>(plan)) {
    for (const auto& make : jobs) workers.push_back(make(*decoder));
  }
  void take(const Block& block) override {
    const auto& rows = decoder->decode(block);
    for (auto& worker : workers) worker->take(rows);
  }

  std::unique_ptr<RowDecoder> decoder;
  std::vector<std::unique_ptr<RowWorker>> workers;
};

}  // namespace

std::size_t PassPlan::add_number(std::size_t question) {
  const auto found = std::find(numbers.begin(), numbers.end(), question);
  if (found != numbers.end()) return static_cast<std::size_t>(found - numbers.begin());
  numbers.push_back(question);
  return numbers.size() - 1;
}

std::size_t PassPlan::add_axis(const Axis& axis) {
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (axes[i].questions == axis.questions && axes[i].overlaps == axis.overlaps) return i;
  }
  axes.push_back(axis);
  return axes.size() - 1;
}

RowDecoder::RowDecoder(const PassPlan& plan)
    : plan_(plan),
      coders_(plan.questions, needed_questions(plan), plan.header, plan.context),
      units_(plan.units, plan.header, plan.context) {
  axes_.reserve(plan.axes.size());
  std::set<std::size_t> coded;
  for (const auto& axis : plan.axes) {
    axes_.emplace_back(axis, coders_.coders());
    coded.insert(axis.questions.begin(), axis.questions.end());
  }
  for (const auto question : plan.numbers) {
    Number number;
    number.question = &plan.questions[question];
    number.coder = coders_.coders()[question].get();
    if (number.question->study == nullptr) number.coder = nullptr;
    // Only an axis needs to tell the values apart.
    if (number.coder != nullptr && !coded.contains(question))
      coders_.coders()[question]->allow_uncoded();
    numbers_.push_back(std::move(number));
  }
  if (plan.where) where_.emplace(*plan.where, plan.header, coders_.named(), plan.context);
}

void RowDecoder::read_weights(const Block& block, std::size_t column,
                              std::vector<double>& weights) {
  weights.resize(block.rows);
  const char decimal = plan_.context.numbers.decimal;
  for (std::size_t row = 0; row < block.rows; ++row) {
    const auto cell = block.cell(row, column);
    if (read_plain_weight(cell, decimal, weights[row])) continue;
    try {
      weights[row] = read_weight(cell, plan_.context.numbers, {}, plan_.header.names[column]);
    } catch (const Error& error) {
      throw Error(Place{plan_.header.file, block.line_of(row)}, error.id(), error.message(),
                  error.hint());
    }
  }
}

void RowDecoder::read_replicates(const Block& block) {
  const auto& columns = plan_.replicates.columns;
  const auto count = columns.size();
  const char decimal = plan_.context.numbers.decimal;
  replicates_.resize(block.rows * count);
  for (std::size_t row = 0; row < block.rows; ++row) {
    auto* weights = replicates_.data() + row * count;
    for (std::size_t r = 0; r < count; ++r) {
      const auto cell = block.cell(row, columns[r]);
      if (!read_plain_weight(cell, decimal, weights[r])) {
        // Replicate weights of real surveys may be negative.
        const auto text = cell_text(cell);
        const auto weight = parse_number(trim(text), plan_.context.numbers);
        if (!weight) {
          throw Error(Place{plan_.header.file, block.line_of(row)}, "weight-number",
                      "the replicate weight " + excerpt(column_name(plan_.header, columns[r])) +
                          " is '" + excerpt(text) + "'; weights must be finite numbers",
                      number_hint(trim(text), plan_.context.numbers));
        }
        weights[r] = *weight;
      }
      if (plan_.replicates.factors) weights[r] *= weights_[row];
      if (!(std::fabs(weights[r]) <= most_replicate)) {
        throw Error(Place{plan_.header.file, block.line_of(row)}, "weight-overflow",
                    "the replicate weight " + excerpt(column_name(plan_.header, columns[r])) +
                        " is " + shortest(weights[r]) + "; such weights are too large",
                    "divide them all by their mean");
      }
    }
  }
}

double RowDecoder::number_of(const Block& block, std::size_t row, const Number& number,
                             std::string_view text) const {
  if (is_missing(text, plan_.context.rules)) return none;
  const auto value = parse_number(text, plan_.context.numbers);
  if (value) return *value;
  const auto hint = number_hint(text, plan_.context.numbers);
  const auto spot = block.spot_of(row, number.question->columns[0]);
  throw Error(Place{plan_.header.file, spot.line, spot.column}, "not-a-number",
              number.question->name + " is '" + excerpt(text) + "'; expected a number",
              !hint.empty() ? hint
                            : "declare texts that are no answer: --missing '" + excerpt(text) +
                                  "'; shares of categories: --proportion");
}

void RowDecoder::read_number(const Block& block, Number& number) {
  number.values.resize(block.rows);
  auto* values = number.values.data();
  if (number.coder != nullptr) {
    auto& known = number.value_of_code;
    while (known.size() < number.coder->size()) {
      const auto answer = number.coder->answer(static_cast<std::uint32_t>(known.size()));
      known.push_back(value_of(*number.question, answer));
    }
    const auto& codes = number.coder->codes();
    for (std::size_t row = 0; row < block.rows; ++row) values[row] = known[codes[row]];
    if (!number.coder->is_uncoded()) return;
    for (std::size_t row = 0; row < block.rows; ++row) {
      if (codes[row] == any_number) values[row] = number.coder->numbers()[row];
    }
    return;
  }
  const auto column = number.question->columns[0];
  if (!plan_.context.rules.missing.empty()) {
    // What is missing may look like a number.
    if (number.texts.size() > most_categories) number.texts = {};
    number.texts.read(
        block, column,
        [&](std::string_view trimmed, std::string_view, std::size_t row) {
          return number_of(block, row, number, trimmed);
        },
        [&](std::size_t row, std::uint32_t text) { values[row] = number.texts.meaning(text); });
    return;
  }
  const char decimal = plan_.context.numbers.decimal;
  for (std::size_t row = 0; row < block.rows; ++row) {
    const auto cell = block.cell(row, column);
    if (!read_plain_weight(cell, decimal, values[row]))
      values[row] = number_of(block, row, number, trim_blanks(cell_text(cell)));
  }
}

const Rows& RowDecoder::decode(const Block& block) {
  coders_.code(block);
  units_.code(block);
  rows_ = {};
  rows_.size = block.rows;
  rows_.first_row = block.first_row;
  rows_.units = units_.codes().data();
  in_domain_.assign(block.rows, 1);
  if (where_) {
    where_->evaluate(block, truths_);
    for (std::size_t row = 0; row < block.rows; ++row) in_domain_[row] = truths_[row] == Truth::yes;
  }
  rows_.in_domain = in_domain_.data();
  weights_.assign(block.rows, 1);
  if (plan_.weight_column) read_weights(block, *plan_.weight_column, weights_);
  if (plan_.joined_weights) {
    const auto& joined = *plan_.joined_weights;
    if (block.first_row + block.rows > joined.size()) {
      throw Error("changed", "the file is no longer what it was when it was read before",
                  "let nobody write to it meanwhile");
    }
    std::copy_n(joined.begin() + static_cast<std::ptrdiff_t>(block.first_row), block.rows,
                weights_.begin());
  }
  rows_.weights = weights_.data();
  if (plan_.base_weight_column) {
    read_weights(block, *plan_.base_weight_column, base_weights_);
    rows_.base_weights = base_weights_.data();
  }
  if (!plan_.replicates.columns.empty()) {
    read_replicates(block);
    rows_.replicates = replicates_.data();
  }
  for (auto& number : numbers_) {
    read_number(block, number);
    rows_.numbers.push_back(number.values.data());
  }
  all_rows_.resize(block.rows);
  std::iota(all_rows_.begin(), all_rows_.end(), 0U);
  for (auto& axis : axes_) {
    axis.code(block.rows, all_rows_);
    rows_.axes.push_back(axis.codes());
  }
  return rows_;
}

PassResult run_pass(CsvFile& file, const PassPlan& plan, const std::vector<MakeWorker>& jobs,
                    Issues& issues) {
  std::vector<std::unique_ptr<PassWorker>> workers;
  std::vector<BlockWorker*> takers;
  for (unsigned i = 0; i < std::max(1U, plan.threads); ++i) {
    workers.push_back(std::make_unique<PassWorker>(plan, jobs));
    takers.push_back(workers.back().get());
  }
  const auto totals = file.read(takers, issues);
  PassResult result;
  result.rows = totals.rows;
  result.bytes = totals.bytes;
  std::vector<const UnitCoder*> coders;
  for (const auto& worker : workers) coders.push_back(&worker->decoder->units());
  std::vector<std::vector<std::uint32_t>> leaves;
  result.units = unite(coders, leaves);
  std::uint64_t not_numbers = 0;
  std::uint64_t not_dates = 0;
  for (std::size_t t = 0; t < workers.size(); ++t) {
    not_numbers += workers[t]->decoder->not_numbers();
    not_dates += workers[t]->decoder->not_dates();
    result.threads.push_back(
        {std::move(workers[t]->decoder), std::move(workers[t]->workers), std::move(leaves[t])});
  }
  if (not_numbers > 0) {
    issues.add({file.name()}, "not-a-number",
               "a cell was needed as a number but is none; what needs it is unknown", "",
               not_numbers);
  }
  if (not_dates > 0) {
    issues.add({file.name()}, "not-a-date",
               "a cell was read as a date but is none; what needs it is unknown",
               "a format is given as in date(began, '%d/%m/%Y %H:%M')", not_dates);
  }
  return result;
}

}  // namespace sondeo
