// SPDX-License-Identifier: MIT
// What the eye sees of a table's rows, before any layout: shared by the formats made for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "table/table.h"

namespace sondeo {

// One line of figures. values[j] belongs to columns[j]; nullptr where the table has no such number.
// The pointers live as long as the table.
struct SeenLine {
  const Row* row = nullptr;
  std::string label;       // the row's, or the fixed word of a base
  std::string tag;         // which statistic, if rows show several: "column %", "n" ...
  bool continues = false;  // a second or later statistic of the same row
  std::vector<const Value*> values;
  std::vector<std::string_view> letters = {};  // by column, where the line's figures have any
};

// "Unweighted base", and in weighted tables "Weighted base" and "Effective base".
std::vector<SeenLine> base_lines(const Table& table);

// Categories and nets, one line per shown statistic, and statistic rows, in the table's order.
std::vector<SeenLine> body_lines(const Table& table);

// The figures of a topline's row (its one cell): percentage or the statistic itself, ±, n.
struct ToplineFigures {
  const Value* main = nullptr;
  const Value* moe = nullptr;
  const Value* n = nullptr;
};
ToplineFigures topline_figures(const Table& table, const Row& row);

// What heads the main figures of a topline: "%", or "value" where all rows are statistics.
std::string topline_heading(const Table& table);

// The shown statistics of categories that a topline has no column for otherwise.
std::vector<std::string> extra_statistics(const Table& table);

// Topline in shape and in fact: one column.
bool is_topline(const Table& table);

// A category or net: a row with the shown statistics.
bool is_category(const Row& row);

// The first row of that kind, or nullptr.
const Row* find_row(const Table& table, RowKind kind);

// "column %", "row %", "total %" in that language; other statistics by their word with blanks for
// underscores.
std::string short_name(std::string_view statistic, std::string_view language = "en");

// "", "*", "**".
std::string_view mark_sign(BaseMark mark);

bool is_weighted(const Table& table);

}  // namespace sondeo
