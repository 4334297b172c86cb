// SPDX-License-Identifier: MIT
#include "table/hide_empty.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/number.h"
#include "table/letters.h"
#include "table/words.h"

namespace sondeo {
namespace {

// Respondents that a cell is about, or its percentage: of tables of items, the item's own base.
double people_of(const Cell& cell) {
  const auto* own = cell.find("n", "column_percent");
  if (own == nullptr) own = cell.find("n");
  return own == nullptr ? 0 : own->number.value_or(0);
}

// Withheld is not empty.
bool is_known(const Cell& cell) {
  const auto* n = cell.find("n");
  return n == nullptr || n->number || n->flag == "zero_base";
}

bool is_empty(const Row& row) {
  if (row.kind != RowKind::category && row.kind != RowKind::net) return false;
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const Cell& cell) { return is_known(cell) && people_of(cell) == 0; });
}

constexpr auto gone = static_cast<std::size_t>(-3);

// The places of those that stay, `gone` for others.
std::vector<std::size_t> places(const std::vector<bool>& hidden) {
  std::vector<std::size_t> result;
  std::size_t next = 0;
  for (const bool each : hidden) result.push_back(each ? gone : next++);
  return result;
}

template <class Part>
void erase(std::vector<Part>& parts, const std::vector<bool>& hidden) {
  std::size_t at = 0;
  std::erase_if(parts, [&](const Part&) { return hidden[at++]; });
}

void move_comparisons(Table& table, const std::vector<std::size_t>& rows,
                      const std::vector<std::size_t>& columns) {
  std::vector<bool> lost;
  for (auto& each : table.comparisons) {
    each.row = rows[each.row];
    each.a = columns[each.a];
    if (each.b != against_total && each.b != against_rest) each.b = columns[each.b];
    lost.push_back(each.row == gone || each.a == gone || each.b == gone);
  }
  if (table.traces.size() == table.comparisons.size()) erase(table.traces, lost);
  erase(table.comparisons, lost);
}

}  // namespace

void hide_empty(Table& table) {
  if (table.rows.empty() || table.rows[0].kind != RowKind::base) return;
  std::vector<bool> columns(table.columns.size());
  for (std::size_t j = 0; j < columns.size(); ++j)
    columns[j] = table.columns[j].id != "_total" && people_of(table.rows[0].cells[j]) == 0;
  std::vector<bool> rows;
  for (const auto& row : table.rows) rows.push_back(is_empty(row));
  const auto hidden_rows = std::count(rows.begin(), rows.end(), true);
  const auto hidden_columns = std::count(columns.begin(), columns.end(), true);
  if (hidden_rows + hidden_columns == 0) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i]) continue;
    for (auto& row : table.rows) std::erase(row.members, table.rows[i].id);
  }
  move_comparisons(table, places(rows), places(columns));
  erase(table.rows, rows);
  erase(table.columns, columns);
  for (auto& row : table.rows) erase(row.cells, columns);
  letter(table);
  const auto& words = words_of(table.language);
  auto note = std::string(words.hidden_note);
  const auto count = [&](std::string_view of, std::ptrdiff_t number) {
    return std::string(of) + grouped(static_cast<std::uint64_t>(number), words.thousands);
  };
  if (hidden_rows > 0) note += count(words.hidden_rows, hidden_rows);
  if (hidden_columns > 0)
    note += (hidden_rows > 0 ? ", " : "") + count(words.hidden_columns, hidden_columns);
  table.notes.push_back(note + ".");
}

}  // namespace sondeo
