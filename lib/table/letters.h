// SPDX-License-Identifier: MIT
// Letters: what the eye sees of comparisons.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "table/table.h"

namespace sondeo {

// Gives the columns of groups their letters (pairs alone) and the cells what their comparisons
// found, anew: pairs: the cell of the larger value (or, asked so, of the smaller) carries the
// letters of the columns it differs from, in their order, upper case at the stricter of two levels.
// Others: ▲ higher, ▼ lower; △ ▽ at the second level; of waves, than the one before.
void letter(Table& table);

// The mark of a comparison that reached a level, or "".
std::string_view change_mark(const Comparison& comparison, const Testing& testing);

// The column of the same group before that one, or nothing.
std::optional<std::size_t> column_before(const Table& table, std::size_t column);

// A, B ... Z, AA, AB ...: of the column at that place, from 0.
std::string column_letter(std::size_t place);

// Whether the cells of a column or row show letters.
bool shows_letters(const Table& table);

// The id of what a comparison's column was held against: a column's, "_total" or "_rest".
std::string against_id(const Table& table, const Comparison& comparison);

// The statistic that a row's letters are about: "column_percent", "mean", or "" if it has none.
std::string_view lettered_statistic(const Row& row);

}  // namespace sondeo
