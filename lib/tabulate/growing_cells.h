// SPDX-License-Identifier: MIT
// A table of sums that grows with the codes that come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/answers.h"
#include "tabulate/cells.h"
#include "tabulate/patterns.h"

namespace sondeo {

// A row's weight, ready to be added.
struct RowWeight {
  ExactTerm w;
  ExactTerm w2;
  double weight = 0;

  // Of a weight below 2^50.
  static RowWeight of(double weight) {
    return {*ExactSum::term(weight), *ExactSum::term(weight * weight), weight};
  }
};

// Throws Error [too-many-cells] if a table of rows x columns is too large.
void check_table_size(std::size_t rows, std::size_t columns);

// Throws Error [too-many-cells] if so many cells would hold more than most_further_sums in all,
// each by replicate; or for a number of such sums.
void check_replicate_sums(std::size_t cells, std::size_t replicates);
void check_further_sums(std::size_t sums);
// How much memory so many PowerSums take, counted in exact sums.
constexpr std::size_t exact_sums_of(std::size_t powers) { return 4 * powers; }

// Calls each(code) for the codes of a row of a block.
template <class Each>
void each_code(const AxisCodes& codes, std::size_t row, const Each& each) {
  if (codes.offsets == nullptr) return each(codes.codes[row]);
  for (auto i = codes.offsets[row]; i < codes.offsets[row + 1]; ++i) each(codes.codes[i]);
}

// Calls each(row code, column code) for the cells of a row of a block.
template <class Each>
void each_cell(const AxisCodes& rows, const AxisCodes& columns, std::size_t row, const Each& each) {
  each_code(rows, row, [&](auto i) { each_code(columns, row, [&](auto j) { each(i, j); }); });
}

class GrowingCells {
 public:
  // `checked`: room for more than most_cells is refused with Error [too-many-cells].
  explicit GrowingCells(std::size_t replicates = 0, bool checked = true)
      : replicates_(replicates), checked_(checked) {}

  // Makes room for codes below `rows` and `columns`.
  void reserve(std::size_t rows, std::size_t columns);
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }

  // Adds the rows `which` of a block. `weights` are theirs, in the same order; nullptr for
  // unweighted counts.
  void add(const AxisCodes& rows, const AxisCodes& columns, const std::vector<std::uint32_t>& which,
           const RowWeight* weights);
  void add(std::uint32_t row, std::uint32_t column, const Sums& sums) {
    sums_[row * stride_ + column].add(sums);
  }
  // Adds one respondent's replicate weights, or sums of such weights, to a cell.
  void add_replicates(std::uint32_t row, std::uint32_t column, const double* weights);
  void add_replicates(std::uint32_t row, std::uint32_t column, const ExactSum* sums);

  // The same for rows that are a number whose values are summed: the code any_number is the row of
  // all values. `y` belongs to the respondent, or to all that are in the sums.
  void add_numbers(const AnswerCoder& number, const AxisCodes& columns,
                   const std::vector<std::uint32_t>& which, const RowWeight* weights);
  void add_value(std::uint32_t column, const Sums& sums, const ValuePowers& y) {
    sondeo::add_value(sums, y, sums_[any_number * stride_ + column]);
  }
  void add_value_replicates(std::uint32_t column, const double* weights, const ValuePowers& y);
  void add_value_replicates(std::uint32_t column, const ExactSum* sums, const ValuePowers& y);

  const Sums& at(std::uint32_t row, std::uint32_t column) const {
    return sums_[row * stride_ + column];
  }

 private:
  static void add_one(Sums& sums, const RowWeight* weight) {
    ++sums.n;
    if (weight == nullptr) return;
    sums.n_positive += weight->weight > 0;
    sums.w.add(weight->w);
    sums.w2.add(weight->w2);
  }

  std::size_t replicates_;
  bool checked_;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::size_t stride_ = 0;
  std::vector<Sums> sums_;
};

// The number that an answer is, in a row of the block at hand; `code` is the row's.
double number_in_row(const AnswerCoder& number, std::uint32_t code, std::size_t row);

}  // namespace sondeo
