// SPDX-License-Identifier: MIT
#include "table/letters.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace sondeo {
namespace {

// Whether a comparison reached the strictest of its levels.
bool strict(const Comparison& comparison, const Testing& testing) {
  return comparison.level == testing.levels.front();
}

void put_mark(const Comparison& comparison, const Testing& testing, Table& table) {
  if (testing.against == Against::waves && column_before(table, comparison.a) != comparison.b)
    return;
  table.rows[comparison.row].cells[comparison.a].letters = change_mark(comparison, testing);
}

}  // namespace

std::string_view change_mark(const Comparison& comparison, const Testing& testing) {
  if (!comparison.level) return "";
  const bool strongly = strict(comparison, testing);
  if (*comparison.difference > 0) return strongly ? "▲" : "△";
  return strongly ? "▼" : "▽";
}

std::optional<std::size_t> column_before(const Table& table, std::size_t column) {
  const auto& group = table.columns[column].group;
  for (std::size_t j = column; j-- > 0;) {
    if (table.columns[j].group == group) return j;
  }
  return std::nullopt;
}

std::string column_letter(std::size_t place) {
  std::string letter;
  for (auto rest = place + 1; rest > 0; rest = (rest - 1) / 26)
    letter.insert(letter.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letter;
}

void letter(Table& table) {
  std::size_t next = 0;
  const bool pairs = table.testing && table.testing->against == Against::pairs;
  for (auto& column : table.columns)
    column.letter = pairs && !column.group.empty() ? column_letter(next++) : "";
  for (auto& row : table.rows) {
    for (auto& cell : row.cells) cell.letters.clear();
  }
  if (!table.testing) return;
  const auto& testing = *table.testing;
  // By cell, the columns it beats: letters stand in the order of the columns.
  std::vector<const Comparison*> found;
  for (const auto& comparison : table.comparisons) {
    if (!comparison.level) continue;
    if (pairs)
      found.push_back(&comparison);
    else
      put_mark(comparison, testing, table);
  }
  const auto carrier = [&](const Comparison& each) {
    return (*each.difference > 0) != testing.letter_at_lower ? each.a : each.b;
  };
  const auto other = [&](const Comparison& each) {
    return carrier(each) == each.a ? each.b : each.a;
  };
  std::stable_sort(found.begin(), found.end(),
                   [&](const auto* x, const auto* y) { return other(*x) < other(*y); });
  for (const auto* each : found) {
    auto text = table.columns[other(*each)].letter;
    if (!strict(*each, testing)) text = ascii_lower(text);
    auto& letters = table.rows[each->row].cells[carrier(*each)].letters;
    // Letters beyond Z would run into others: AA is not A twice.
    const bool apart = !letters.empty() && (text.size() > 1 || next > 26);
    letters += (apart ? " " : "") + text;
  }
}

bool shows_letters(const Table& table) {
  return table.testing && std::any_of(table.columns.begin(), table.columns.end(),
                                      [](const Column& column) { return !column.group.empty(); });
}

std::string against_id(const Table& table, const Comparison& comparison) {
  if (comparison.b == against_total) return "_total";
  return comparison.b == against_rest ? "_rest" : table.columns[comparison.b].id;
}

std::string_view lettered_statistic(const Row& row) {
  if (row.kind == RowKind::statistic) {
    for (const char* statistic : {"mean", "column_percent"}) {
      if (!row.cells.empty() && row.cells.front().find(statistic) != nullptr) return statistic;
    }
    return "";
  }
  return row.kind == RowKind::category || row.kind == RowKind::net ? "column_percent" : "";
}

}  // namespace sondeo
