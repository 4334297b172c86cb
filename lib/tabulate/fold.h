// SPDX-License-Identifier: MIT
// The inner part of the count: one thread's codes and growing tables of sums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "data/answers.h"
#include "tabulate/cells.h"
#include "tabulate/count.h"
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

// Codes an axis from the codes of its questions.
class AxisCoder {
 public:
  AxisCoder(const Axis& axis, const std::vector<const AnswerCoder*>& coders);
  AxisCoder(const Axis& axis, const std::vector<std::unique_ptr<AnswerCoder>>& coders);

  // Codes the rows `which` (rising) of a block of `rows` rows, of which the coders have coded all.
  void code(std::size_t rows, const std::vector<std::uint32_t>& which);
  // The same from the codes of each of the axis's questions, whatever they were made from.
  void code(std::size_t rows, const std::vector<AxisCodes>& questions,
            const std::vector<std::uint32_t>& which);
  const AxisCodes& codes() const { return codes_; }
  // Codes are below this by now; not every number is in use.
  std::size_t size() const;
  std::optional<Key> key(std::uint32_t code) const;

 private:
  void nest(std::size_t rows, const std::vector<AxisCodes>& questions,
            const std::vector<std::uint32_t>& which);
  void overlap(std::size_t rows, const std::vector<std::uint32_t>& which);
  bool with_overlaps() const { return axis_.overlaps && several_; }
  bool is_option(std::uint32_t code);
  Key plain_key(std::uint32_t code) const;

  const Axis& axis_;
  std::vector<const AnswerCoder*> coders_;
  bool several_ = false;
  std::vector<std::uint8_t> options_;  // by plain code: whether it is a category, as far as known
  AxisCodes codes_;
  std::vector<std::uint32_t> list_;
  std::vector<std::uint32_t> offsets_;
  // Pairs of codes (outer and inner of a nested axis, or two overlapping columns) and their number.
  struct Pairs {
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    std::uint32_t number(std::uint32_t a, std::uint32_t b);
  };
  std::vector<Pairs> levels_;  // nested: levels_[i] joins what came before with question i + 1
  // With overlaps, plain codes are doubled and pair number i is 2i + 1: neither moves when more
  // come.
  Pairs overlaps_;
};

// Throws Error [too-many-cells] if a table of rows x columns is too large.
void check_table_size(std::size_t rows, std::size_t columns);

// Throws Error [too-many-cells] if so many cells would hold more than most_further_sums in all,
// each by replicate; or for a number of such sums.
void check_replicate_sums(std::size_t cells, std::size_t replicates);
void check_further_sums(std::size_t sums);

// Calls each(row code, column code) for the cells of a row of a block.
template <class Each>
void each_cell(const AxisCodes& rows, const AxisCodes& columns, std::size_t row, const Each& each) {
  const auto row_first = rows.offsets == nullptr ? row : rows.offsets[row];
  const auto row_last = rows.offsets == nullptr ? row + 1 : rows.offsets[row + 1];
  const auto column_first = columns.offsets == nullptr ? row : columns.offsets[row];
  const auto column_last = columns.offsets == nullptr ? row + 1 : columns.offsets[row + 1];
  for (auto i = row_first; i < row_last; ++i) {
    for (auto j = column_first; j < column_last; ++j) each(rows.codes[i], columns.codes[j]);
  }
}

// A table that grows with the codes that come.
class GrowingCells {
 public:
  // `checked`: room for more than most_cells is refused with Error [too-many-cells].
  explicit GrowingCells(std::size_t replicates = 0, bool checked = true)
      : replicates_(replicates), checked_(checked) {}

  // Makes room for codes below `rows` and `columns`.
  void reserve(std::size_t rows, std::size_t columns);

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

  const Sums& at(std::uint32_t row, std::uint32_t column) const {
    return sums_[row * stride_ + column];
  }

 private:
  void add_one(std::size_t cell, const RowWeight* weight) {
    auto& sums = sums_[cell];
    ++sums.n;
    if (weight == nullptr) return;
    sums.n_positive += weight->weight > 0;
    sums.w.add(weight->w);
    sums.w2.add(weight->w2);
  }

  std::size_t replicates_;
  bool checked_;
  std::size_t rows_ = 0;
  std::size_t stride_ = 0;
  std::vector<Sums> sums_;
};

}  // namespace sondeo
