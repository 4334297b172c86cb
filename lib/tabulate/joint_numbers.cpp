// SPDX-License-Identifier: MIT
// What becomes of numbers that have too many values to be told apart.
#include <algorithm>

#include "tabulate/joint_fold.h"
#include "tabulate/unit_cells.h"

namespace sondeo {
namespace {

// How many keys an axis has; two codes may be one.
std::size_t distinct_keys(const AxisCoder& axis) {
  std::vector<Key> keys;
  for (std::uint32_t code = 0; code < axis.size(); ++code) {
    if (auto key = axis.key(code)) keys.push_back(std::move(*key));
  }
  std::sort(keys.begin(), keys.end(), key_less);
  return static_cast<std::size_t>(std::unique(keys.begin(), keys.end()) - keys.begin());
}

}  // namespace

const AnswerCoder* JointFold::number_of(std::size_t table) const {
  const auto& questions = request_.axes[request_.tables[table].rows].questions;
  return questions.size() == 1 ? numbers_[questions[0]] : nullptr;
}

const AnswerCoder* JointFold::summed_number(std::size_t table) const {
  const auto* number = number_of(table);
  if (number == nullptr) return nullptr;
  return summed_[request_.axes[request_.tables[table].rows].questions[0]] != 0 ? number : nullptr;
}

void JointFold::sum_values(std::size_t question) {
  summed_[question] = 1;
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const auto* number = summed_number(t);
    if (number == nullptr || number != numbers_[question]) continue;
    auto values = std::move(tables_[t]);
    tables_[t] = GrowingCells(request_.replicates.size(), unit_ == nullptr);
    tables_[t].reserve(number->first_value(), values.columns());
    for (std::uint32_t row = 0; row < values.rows(); ++row) {
      const bool is_value = row >= number->first_value();
      const auto powers = ValuePowers::of(is_value ? number->answer(row).number : 0);
      for (std::uint32_t column = 0; column < values.columns(); ++column) {
        const auto& sums = values.at(row, column);
        if (sums.n == 0) continue;
        if (is_value)
          tables_[t].add_value(column, sums, powers);
        else
          tables_[t].add(row, column, sums);
      }
    }
  }
}

void JointFold::make_room(std::size_t t) {
  const auto& row_axis = *axes_[request_.tables[t].rows];
  const auto& column_axis = *axes_[request_.tables[t].columns];
  // A number is summed if the whole count's distinct rows and columns are too many, which they are
  // if this thread's are: then it does not matter which thread finds out.
  if (unit_ == nullptr && number_of(t) != nullptr && summed_number(t) == nullptr &&
      row_axis.size() * column_axis.size() > request_.number_limits.cells &&
      (row_axis.size() - 1) * distinct_keys(column_axis) > request_.number_limits.cells)
    sum_values(request_.axes[request_.tables[t].rows].questions[0]);
  const auto* number = summed_number(t);
  tables_[t].reserve(number == nullptr ? row_axis.size() : number->first_value(),
                     column_axis.size());
}

void JointFold::add_sums(std::size_t t, std::uint32_t row, std::uint32_t column, const Sums& sums) {
  const auto* number = summed_number(t);
  if (number == nullptr || row < number->first_value())
    tables_[t].add(row, column, sums);
  else
    tables_[t].add_value(column, sums, ValuePowers::of(number->answer(row).number));
}

void JointFold::add_replicates(std::size_t t, std::uint32_t row, std::uint32_t column,
                               const ExactSum* sums) {
  const auto* number = summed_number(t);
  if (number == nullptr || row < number->first_value())
    tables_[t].add_replicates(row, column, sums);
  else
    tables_[t].add_value_replicates(column, sums, ValuePowers::of(number->answer(row).number));
}

// Of all tables, by what there is room for.
std::size_t JointFold::cells_needed() const {
  std::size_t cells = 0;
  for (std::size_t t = 0; t < request_.tables.size(); ++t) {
    const auto* number = summed_number(t);
    const auto& row_axis = *axes_[request_.tables[t].rows];
    cells += (number == nullptr ? row_axis.size() : number->first_value()) *
             axes_[request_.tables[t].columns]->size();
  }
  return cells;
}

// Of the numbers, each key counted once: the whole count has at least as many.
std::size_t JointFold::cells_of_numbers() const {
  std::size_t cells = 0;
  for (std::size_t t = 0; t < request_.tables.size(); ++t) {
    if (number_of(t) == nullptr) continue;
    cells += (axes_[request_.tables[t].rows]->size() - 1) *
             distinct_keys(*axes_[request_.tables[t].columns]);
  }
  return cells;
}

void JointFold::check_budget() {
  if (!replicates_ && unit_ == nullptr) return;
  const auto too_many = [&](std::size_t cells) {
    const auto& limits = request_.number_limits;
    return replicates_ ? cells * replicates_->size() > limits.by_replicate : cells > limits.by_unit;
  };
  auto cells = cells_needed();
  if (too_many(cells) && too_many(cells_of_numbers())) {
    for (std::size_t q = 0; q < numbers_.size(); ++q) {
      if (numbers_[q] != nullptr && summed_[q] == 0) sum_values(q);
    }
    cells = cells_needed();
  }
  if (replicates_) check_replicate_sums(cells, replicates_->size());
  if (unit_ != nullptr) check_unit_cells(cells, unit_->size());
}

}  // namespace sondeo
