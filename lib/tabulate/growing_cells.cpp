// SPDX-License-Identifier: MIT
#include "tabulate/growing_cells.h"

#include <algorithm>
#include <bit>

#include "base/text.h"
#include "tabulate/count.h"

namespace sondeo {

void check_table_size(std::size_t rows, std::size_t columns) {
  if (rows * columns <= most_cells) return;
  throw Error("too-many-cells",
              "a table of " + std::to_string(rows) + " × " + std::to_string(columns) +
                  " answers has more than " + std::to_string(most_cells) + " cells",
              "is one of the questions an id or open text?");
}

void check_replicate_sums(std::size_t cells, std::size_t replicates) {
  if (cells * replicates <= most_further_sums) return;
  throw Error("too-many-cells",
              grouped(cells) + " cells × " + grouped(replicates) +
                  " replicates = " + grouped(cells * replicates) + " sums; " +
                  grouped(most_further_sums) + " can be held",
              "ask for fewer questions or a smaller banner at a time");
}

void check_further_sums(std::size_t sums) {
  if (sums <= most_further_sums) return;
  throw Error("too-many-cells",
              grouped(sums) + " sums by cell and sampling unit, or replicate; " +
                  grouped(most_further_sums) + " can be held",
              "ask for fewer questions or a smaller banner at a time");
}

void GrowingCells::reserve(std::size_t rows, std::size_t columns) {
  if (rows <= rows_ && columns <= stride_) {
    columns_ = std::max(columns_, columns);
    return;
  }
  const auto new_rows = std::max(rows_, rows);
  // Columns grow by powers of two: each growth moves every row.
  const auto new_stride = columns <= stride_ ? stride_ : std::bit_ceil(columns);
  if (checked_) check_table_size(new_rows, columns);
  check_replicate_sums(new_rows * columns, replicates_);
  if (new_stride == stride_) {
    sums_.resize(new_rows * stride_);
  } else {
    std::vector<Sums> larger(new_rows * new_stride);
    for (std::size_t row = 0; row < rows_; ++row) {
      std::move(sums_.begin() + static_cast<std::ptrdiff_t>(row * stride_),
                sums_.begin() + static_cast<std::ptrdiff_t>((row + 1) * stride_),
                larger.begin() + static_cast<std::ptrdiff_t>(row * new_stride));
    }
    sums_ = std::move(larger);
  }
  rows_ = new_rows;
  columns_ = std::max(columns_, columns);
  stride_ = new_stride;
}

void GrowingCells::add(const AxisCodes& rows, const AxisCodes& columns,
                       const std::vector<std::uint32_t>& which, const RowWeight* weights) {
  for (std::size_t k = 0; k < which.size(); ++k) {
    const auto* weight = weights == nullptr ? nullptr : weights + k;
    each_cell(rows, columns, which[k],
              [&](auto row, auto column) { add_one(sums_[row * stride_ + column], weight); });
  }
}

void GrowingCells::add_replicates(std::uint32_t row, std::uint32_t column, const double* weights) {
  auto& sums = sums_[row * stride_ + column].further;
  sums.resize(replicates_);
  for (std::size_t r = 0; r < replicates_; ++r) sums[r].add(*ExactSum::term(weights[r]));
}

void GrowingCells::add_replicates(std::uint32_t row, std::uint32_t column, const ExactSum* added) {
  auto& sums = sums_[row * stride_ + column].further;
  sums.resize(replicates_);
  for (std::size_t r = 0; r < replicates_; ++r) sums[r].add(added[r]);
}

void GrowingCells::add_numbers(const AnswerCoder& number, const AxisCodes& columns,
                               const std::vector<std::uint32_t>& which, const RowWeight* weights) {
  const auto first_value = number.first_value();
  for (std::size_t k = 0; k < which.size(); ++k) {
    const auto row = which[k];
    const auto code = number.codes()[row];
    const bool value = code == any_number || code >= first_value;
    const auto powers = ValuePowers::of(value ? number_in_row(number, code, row) : 0);
    const auto* weight = weights == nullptr ? nullptr : weights + k;
    const auto w = PowerFactor::of(weight == nullptr ? 0 : weight->weight);
    const auto w2 = PowerFactor::of(weight == nullptr ? 0 : weight->weight * weight->weight);
    auto* sums_of_row = sums_.data() + (value ? any_number : code) * stride_;
    each_code(columns, row, [&](auto column) {
      auto& sums = sums_of_row[column];
      add_one(sums, weight);
      if (!value) return;
      auto& to = sums.powers;
      if (to.empty()) to.resize(powers_of_further(replicates_));
      to[powers_of_rows].add(PowerFactor{}, powers.y);
      to[powers_of_rows + 1].add(PowerFactor{}, powers.y2);
      if (weight == nullptr) return;
      to[powers_of_w].add(w, powers.y);
      to[powers_of_w + 1].add(w, powers.y2);
      to[powers_of_w2].add(w2, powers.y);
      to[powers_of_w2 + 1].add(w2, powers.y2);
    });
  }
}

void GrowingCells::add_value_replicates(std::uint32_t column, const double* weights,
                                        const ValuePowers& y) {
  std::vector<ExactSum> sums(replicates_);
  for (std::size_t r = 0; r < replicates_; ++r) sums[r].add(*ExactSum::term(weights[r]));
  add_value_replicates(column, sums.data(), y);
}

void GrowingCells::add_value_replicates(std::uint32_t column, const ExactSum* sums,
                                        const ValuePowers& y) {
  add_replicates(any_number, column, sums);
  auto& powers = sums_[any_number * stride_ + column].powers;
  powers.resize(powers_of_further(replicates_));
  for (std::size_t r = 0; r < replicates_; ++r) {
    powers[powers_of_further(r)].add(sums[r], y.y);
    powers[powers_of_further(r) + 1].add(sums[r], y.y2);
  }
}

double number_in_row(const AnswerCoder& number, std::uint32_t code, std::size_t row) {
  return code == any_number ? number.numbers()[row] : number.answer(code).number;
}

}  // namespace sondeo
