// SPDX-License-Identifier: MIT
// From joint tables to the tables of a request.
#pragma once

#include <cstdint>
#include <vector>

#include "tabulate/joint_plan.h"
#include "tabulate/packed_sums.h"

namespace sondeo {

// For every index of a group, the index of a group of some of its questions.
std::vector<std::uint32_t> indices_within(const JointGroup& group, const JointGroup& part);

// Packed sums of rows x columns.
struct PackedTable {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<PackedSums> sums;

  const PackedSums& at(std::size_t row, std::size_t column) const {
    return sums[row * columns + column];
  }
};

// The table with columns, or rows, of the same new index added together; the new indices are below
// `columns` and `rows`. `sums` are those of a table of so many columns a row.
PackedTable columns_joined(const std::vector<PackedSums>& sums,
                           const std::vector<std::uint32_t>& new_columns, std::size_t columns);
PackedTable rows_joined(const PackedTable& table, const std::vector<std::uint32_t>& new_rows,
                        std::size_t rows);

}  // namespace sondeo
