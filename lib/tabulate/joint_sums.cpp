// SPDX-License-Identifier: MIT
#include "tabulate/joint_sums.h"

namespace sondeo {

std::vector<std::uint32_t> indices_within(const JointGroup& group, const JointGroup& part) {
  std::vector<std::uint32_t> indices(group.size, 0);
  for (std::size_t i = 0; i < part.questions.size(); ++i) {
    for (std::size_t index = 0; index < group.size; ++index) {
      const auto pattern = group.pattern_of(part.questions[i], index);
      indices[index] += static_cast<std::uint32_t>(pattern * part.strides[i]);
    }
  }
  return indices;
}

PackedTable columns_joined(const std::vector<PackedSums>& sums,
                           const std::vector<std::uint32_t>& new_columns, std::size_t columns) {
  const auto rows = sums.size() / new_columns.size();
  PackedTable result{rows, columns, std::vector<PackedSums>(rows * columns)};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto* from = sums.data() + row * new_columns.size();
    auto* to = result.sums.data() + row * columns;
    for (std::size_t column = 0; column < new_columns.size(); ++column) {
      if (!from[column].empty()) to[new_columns[column]].add(from[column]);
    }
  }
  return result;
}

PackedTable rows_joined(const PackedTable& table, const std::vector<std::uint32_t>& new_rows,
                        std::size_t rows) {
  PackedTable result{rows, table.columns, std::vector<PackedSums>(rows * table.columns)};
  for (std::size_t row = 0; row < table.rows; ++row) {
    const auto* from = table.sums.data() + row * table.columns;
    auto* to = result.sums.data() + new_rows[row] * table.columns;
    for (std::size_t column = 0; column < table.columns; ++column) to[column].add(from[column]);
  }
  return result;
}

}  // namespace sondeo
