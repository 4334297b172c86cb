// SPDX-License-Identifier: MIT
// Weights that stand in a file of their own, joined by the respondents' ids.
#pragma once

#include <vector>

#include "data/weights.h"
#include "layout/csv.h"
#include "tabulate/count.h"

namespace sondeo {

// Reads the ids and weights of source.file into a table. Throws Error as the reader, read_weight(),
// WeightTable::add() and find_column().
void read_weight_table(const WeightSource& source, const NumberFormat& numbers, WeightTable& table,
                       Issues& issues);

// The weights of a file's rows, in their order, 8 bytes each; the file is read once for it. Throws
// as read_weight_table(), WeightTable::take() and check_all_taken().
std::vector<double> joined_weights(CsvFile& file, const WeightSource& source,
                                   const NumberFormat& numbers, Issues& issues);

}  // namespace sondeo
