// SPDX-License-Identifier: MIT
// More figures for the rows of a table, and fewer: what follows from its numbers alone.
#pragma once

#include <cstddef>
#include <vector>

#include "table/table.h"

namespace sondeo {

enum class Figure {
  count,       // the weighted count
  thousands,   // the same in thousands, for weights that stand for a population
  responses,   // per cent of all answers given in the column: count_j / sum of counts
  cumulative,  // per cent of this row and those above it, answers in their order
  index        // 100 * the column's percentage / that of the total
};

// Adds the figures to the cells of category rows, as statistics count_thousands, response_percent,
// cumulative_percent, index, and shows them after those that are shown. Nets have no cumulative
// percentage; without a total column (its id "_total") there is no index. What needs a number that
// is absent is absent for the same reason; an index of nothing has the flag "zero_total".
void add_figures(Table& table, const std::vector<Figure>& figures);

// Disclosure control: numbers about 1 to `least` - 1 respondents are withheld, flag "min_cell",
// and with them others, flag "min_cell_too", so that none can be found by subtracting: in a column
// whose answers add to its base, in a net and its members, and in a banner group whose columns add
// to the total. Means, cumulative percentages and those of responses of a column with a withheld
// cell are withheld too, being sums of it. A note says how many cells.
void withhold_small_cells(Table& table, double least);

}  // namespace sondeo
