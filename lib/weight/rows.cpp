// SPDX-License-Identifier: MIT
#include "weight/rows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace sondeo {

std::vector<std::size_t> RowPlan::needed() const {
  auto questions = named;
  for (const auto& variable : variables) questions.push_back(variable.variable);
  questions.insert(questions.end(), numbers.begin(), numbers.end());
  std::sort(questions.begin(), questions.end());
  questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
  return questions;
}

RowReader::RowReader(const RowPlan& plan)
    : plan_(plan),
      coders_(plan.source->questions(), plan.needed(), plan.header, plan.context),
      profiles_(*plan.source, plan.variables, coders_.coders()) {
  for (const auto variable : plan.numbers)
    number_coders_.push_back({coders_.coders()[variable].get(), {}});
  const auto& who = plan.participation;
  if (who.where) where_.emplace(*who.where, plan.header, coders_.named(), plan.context);
  if (who.respondent)
    respondent_.emplace(*who.respondent, plan.header, coders_.named(), plan.context);
  if (plan.replicates != nullptr) replicates_ = plan.replicates->reader();
}

void RowReader::read_parts(const Block& block) {
  parts_.clear();
  if (!where_ && !respondent_) return;
  parts_.assign(block.rows, Part::respondent);
  if (respondent_) {
    respondent_->evaluate(block, truths_);
    for (std::size_t row = 0; row < block.rows; ++row) {
      if (truths_[row] != Truth::yes) parts_[row] = Part::nonrespondent;
    }
  }
  if (!where_) return;
  where_->evaluate(block, truths_);
  for (std::size_t row = 0; row < block.rows; ++row) {
    if (truths_[row] != Truth::yes) parts_[row] = Part::none;
  }
}

void RowReader::read_numbers(const Block& block) {
  const auto width = plan_.numbers.size();
  numbers_.resize(block.rows * width);
  for (std::size_t k = 0; k < width; ++k) {
    auto& number = number_coders_[k];
    while (number.value_of_code.size() < number.coder->size()) {
      const auto answer =
          number.coder->answer(static_cast<std::uint32_t>(number.value_of_code.size()));
      number.value_of_code.push_back(answer.kind != AnswerKind::category
                                         ? std::numeric_limits<double>::quiet_NaN()
                                         : answer.number);
    }
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto value = number.value_of_code[number.coder->codes()[row]];
      numbers_[row * width + k] = value;
      if (!std::isnan(value) || part(row) != Part::respondent || weights_[row] == 0) continue;
      throw Error(Place{plan_.header.file, block.line_of(row)}, "margin-missing",
                  excerpt(plan_.source->name(plan_.numbers[k])) +
                      " is empty; whoever has a weight needs a number where its total is a target",
                  "leave respondents out with --where");
    }
  }
}

void RowReader::take(const Block& block, BaseWeights& weights) {
  coders_.code(block);
  profiles_.take(block.rows);
  read_parts(block);
  weights.read(block, weights_);
  for (std::size_t row = 0; row < block.rows && !parts_.empty(); ++row) {
    if (parts_[row] == Part::none) weights_[row] = 0;
  }
  if (replicates_) {
    replicates_->read(block, weights_, bases_);
  } else {
    bases_ = weights_;
  }
  read_numbers(block);
}

}  // namespace sondeo
