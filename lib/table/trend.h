// SPDX-License-Identifier: MIT
// Tables over waves: a column for each wave, compared with the wave before and with the first one
// (Against::waves). What was found stands in Table::comparisons.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "table/table.h"

namespace sondeo {

// Whether its columns are waves.
bool is_trend(const Table& table);
bool has_trend(const TableSet& set);

// The comparison of that row's column with another, or nullptr.
const Comparison* comparison_of(const Table& table, std::size_t row, std::size_t column,
                                std::size_t against);

// For the eye: behind the waves, how much the last one that has a base differs from the one before
// it ("_change") and from the first ("_change_first"), with the marks of the tests. Other tables
// stay as they are.
Table with_changes(const Table& table);
TableSet with_changes(const TableSet& set);

// The group of the columns that with_changes() adds.
inline constexpr std::string_view change_group = "_change";

// What a wave did not ask: the whole question (`rows` is empty), or some of its answers and nets,
// by row id.
struct WaveGap {
  std::size_t column = 0;
  std::vector<std::string> rows;
};

// Takes out of a table over waves what was not asked: no figures but bases, flag "not_in_wave", and
// no comparisons with it; a note names the waves.
void leave_out(Table& table, const std::vector<WaveGap>& gaps);

}  // namespace sondeo
