// SPDX-License-Identifier: MIT
// The comparisons of a table: from the cells behind its columns to tests, adjusted by families.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "infer/compare.h"
#include "infer/compare_design.h"
#include "table/table.h"
#include "tabulate/cells.h"

namespace sondeo {

// One column of cells as a table counts it.
struct TestedColumn {
  const Cells* cells = nullptr;
  std::size_t column = 0;
};

// A row of the table with tests.
struct TestedRow {
  std::size_t row = 0;  // in Table::rows
  bool mean = false;
  std::vector<Key> keys = {};  // of a share: whose sums it is
  // Of a percentage that is a mean of values of its own, such as a difference of nets.
  std::function<NumberSums(const TestedColumn&)> values = {};
};

// What the builder of a table knows and its tests need.
struct TestedTable {
  TestedColumn total;
  std::vector<TestedColumn> columns;  // by place in Table::columns
  std::vector<TestedRow> rows;
  // Of one column: the base of percentages, and the values of the mean.
  std::function<Sums(const TestedColumn&)> base;
  std::function<NumberSums(const TestedColumn&)> values;
  std::uint64_t units = 0;
  bool weighted = false;
  Inference inference;  // for the dialect `design`
};

// Fills Table::comparisons and the letters by Table::testing. The columns of a Column::group are
// tested together; who is in two of them is taken from the cells' overlaps. A family of the
// adjustment: the tests made of one row in one group. Numbers that the table withholds are neither
// tested nor told.
void compare_columns(Table& table, const TestedTable& tested);

}  // namespace sondeo
