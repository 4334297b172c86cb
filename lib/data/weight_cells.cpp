// SPDX-License-Identifier: MIT
#include "data/weight_cells.h"

#include <algorithm>

#include "data/weights.h"

namespace sondeo {

void WeightCells::read_rows(const Block& block, const std::vector<std::uint32_t>& rows,
                            std::size_t column, double* weights) const {
  for (std::size_t i = 0; i < rows.size(); i += 4) {
    const auto count = std::min<std::size_t>(4, rows.size() - i);
    std::uint32_t befores[4], ends[4];
    for (std::size_t k = 0; k < count; ++k) {
      befores[k] = static_cast<std::uint32_t>(block.cell_start(rows[i + k], column) - 1);
      ends[k] = block.ends[rows[i + k] * block.columns + column];
    }
    if (count == 4 && read_four(block, befores, ends, weights + i)) continue;
    for (auto k = i; k < i + count; ++k) weights[k] = read(block, rows[k], column);
  }
}

void WeightCells::read_columns(const Block& block, std::size_t row,
                               const std::vector<std::size_t>& columns, double* weights) const {
  for (std::size_t i = 0; i < columns.size();) {
    const auto count = std::min<std::size_t>(4, columns.size() - i);
    const auto first = columns[i];
    std::size_t run = 1;
    while (run < count && columns[i + run] == first + run) ++run;
    // The cell before a cell ends where it starts; before the first there is none.
    const auto* ends = block.ends + row * block.columns + first;
    if (run == 4 && first > 0 && read_four(block, ends - 1, ends, weights + i)) {
      i += 4;
      continue;
    }
    for (const auto end = i + run; i < end; ++i) weights[i] = read(block, row, columns[i]);
  }
}

double WeightCells::read(const Block& block, std::size_t row, std::size_t column) const {
  const auto cell = block.cell(row, column);
  double weight = 0;
  if (read_plain_weight(cell, numbers_.decimal, weight)) return weight;
  // The column's name and the line take long to find: only if there is something to say about them.
  try {
    return read_weight(cell, numbers_, {}, "");
  } catch (const Error&) {
    return read_weight(cell, numbers_, {header_.file, block.line_of(row)},
                       column_name(header_, column));
  }
}

}  // namespace sondeo
