// SPDX-License-Identifier: MIT
#include "table/summary.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "table/independence.h"
#include "table/letters.h"
#include "table/words.h"

namespace sondeo {
namespace {

// Leaves out the tests of a whole table and what its notes say of them.
void drop_tests(Table& table) {
  for (const auto& note : independence_notes(table)) {
    const auto found = std::find(table.notes.begin(), table.notes.end(), note);
    if (found != table.notes.end()) table.notes.erase(found);
  }
  table.tests.clear();
}

const Row* find_row(const Table& table, std::string_view id) {
  const auto found = std::find_if(table.rows.begin(), table.rows.end(),
                                  [&](const Row& row) { return row.id == id; });
  return found == table.rows.end() ? nullptr : &*found;
}

std::optional<std::size_t> find_column(const Table& table, const std::string& id) {
  for (std::size_t j = 0; j < table.columns.size(); ++j)
    if (table.columns[j].id == id) return j;
  return std::nullopt;
}

// A cell of the same statistics without numbers.
Cell absent(const Cell& like) {
  auto cell = like;
  for (auto& value : cell.values) {
    value.number.reset();
    value.flag = "zero_base";
  }
  return cell;
}

const Row& shown_row(const SummaryItem& item, std::string_view id) {
  for (const auto& name : {std::string(id), "_" + std::string(id)}) {
    const auto* row = find_row(item.table, name);
    if (row != nullptr && row->kind != RowKind::base && row->kind != RowKind::missing) return *row;
  }
  std::string list;
  for (const auto& row : item.table.rows) {
    if (row.kind == RowKind::base || row.kind == RowKind::missing) continue;
    if (list.size() < 200) list += (list.empty() ? "" : ", ") + excerpt(row.id, 30);
  }
  throw Error("summary-row",
              "'" + excerpt(item.table.id) + "' has no row '" + excerpt(id) + "' to show",
              list.empty() ? "" : "its rows are " + list);
}

double base_n(const Cell& cell) {
  const auto* n = cell.find("n");
  return n == nullptr ? 0 : n->number.value_or(0);
}

double effective(const Cell& cell) {
  const auto* n = cell.find("effective_n");
  return n == nullptr ? 0 : n->number.value_or(0);
}

// All columns that some table has, each once, in the order of the first that has it.
std::vector<Column> all_columns(const std::vector<SummaryItem>& items) {
  std::vector<Column> columns;
  for (const auto& item : items) {
    auto at = columns.begin();
    for (const auto& column : item.table.columns) {
      const auto found = std::find_if(columns.begin(), columns.end(),
                                      [&](const Column& each) { return each.id == column.id; });
      at = (found == columns.end() ? columns.insert(at, column) : found) + 1;
    }
  }
  return columns;
}

// The comparisons of one row of a table as the result's, whose columns have other
// places; `row` is that row's place there.
template <class Place>
void take_comparisons(const Table& from, const Row* of, std::size_t row, Table& to,
                      const Place& place) {
  for (auto each : from.comparisons) {
    if (&from.rows[each.row] != of) continue;
    each.row = row;
    each.a = place(each.a);
    if (each.b != against_total && each.b != against_rest) each.b = place(each.b);
    to.comparisons.push_back(std::move(each));
  }
}

}  // namespace

Table summary_of(const std::vector<SummaryItem>& items, std::string_view row_id,
                 std::string title) {
  Table result;
  if (items.empty()) return result;
  result = items[0].table;
  result.title = std::move(title);
  result.columns = all_columns(items);
  result.rows.clear();
  const auto& shown = shown_row(items[0], row_id);
  const bool statistic = shown.kind == RowKind::statistic;
  if (statistic) result.shown = {shown.cells.at(0).values.at(0).statistic};

  const auto& words = words_of(result.language);
  Row base{"_base", std::string(words.base), RowKind::base, 0, {}};
  bool differ = false;
  for (auto& column : result.columns) {
    const Cell* smallest = nullptr;
    for (const auto& item : items) {
      const auto j = find_column(item.table, column.id);
      if (!j) {
        differ = true;
        continue;
      }
      const auto& cell = item.table.rows.at(0).cells.at(*j);
      if (smallest != nullptr && base_n(cell) != base_n(*smallest)) differ = true;
      if (smallest == nullptr || effective(cell) < effective(*smallest)) {
        smallest = &cell;
        column.mark = item.table.columns[*j].mark;
      }
      column.suppressed = column.suppressed || item.table.columns[*j].suppressed;
    }
    base.cells.push_back(*smallest);
  }
  result.rows.push_back(std::move(base));
  result.comparisons.clear();
  drop_tests(result);
  result.traces.clear();

  for (const auto& item : items) {
    const auto& from = shown_row(item, row_id);
    take_comparisons(item.table, &from, result.rows.size(), result,
                     [&](std::size_t j) { return *find_column(result, item.table.columns[j].id); });
    Row row{item.table.id, item.label, from.kind, 0, {}};
    if (row.kind == RowKind::net) row.kind = RowKind::category;
    for (const auto& column : result.columns) {
      const auto j = find_column(item.table, column.id);
      if (!j) {
        row.cells.push_back(absent(from.cells.at(0)));
        continue;
      }
      auto cell = from.cells.at(*j);
      const auto own = base_n(item.table.rows.at(0).cells.at(*j));
      const auto* first = cell.find("column_percent");
      if (first != nullptr)
        cell.values.push_back({"n", "column_percent", own, Unit::respondents, ""});
      row.cells.push_back(std::move(cell));
    }
    result.rows.push_back(std::move(row));
  }
  if (differ) result.notes.insert(result.notes.begin(), std::string(words.bases_differ_note));
  letter(result);
  return result;
}

Table beside(const std::vector<SideTable>& tables) {
  Table result;
  if (tables.empty()) return result;
  result = tables[0].table;
  const auto& words = words_of(result.language);
  result.columns.clear();
  for (auto& row : result.rows) row.cells.clear();
  // Rows that only a later table has come where it has them.
  for (const auto& side : tables) {
    auto at = result.rows.begin();
    for (const auto& row : side.table.rows) {
      const auto found = std::find_if(result.rows.begin(), result.rows.end(),
                                      [&](const Row& each) { return each.id == row.id; });
      if (found != result.rows.end()) {
        at = found + 1;
        continue;
      }
      auto copy = row;
      copy.cells.clear();
      at = result.rows.insert(at, std::move(copy)) + 1;
    }
  }
  result.comparisons.clear();
  drop_tests(result);
  result.traces.clear();
  for (const auto& side : tables) {
    const auto first = result.columns.size();
    for (auto test : side.table.tests) {
      test.group = side.id + ">" + test.group;
      test.heading = side.label + " > " + test.heading;
      for (auto& column : test.columns) column = side.id + ">" + column;
      result.tests.push_back(std::move(test));
    }
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
      take_comparisons(side.table, find_row(side.table, result.rows[i].id), i, result,
                       [&](std::size_t j) { return first + j; });
    }
    for (std::size_t j = 0; j < side.table.columns.size(); ++j) {
      auto column = side.table.columns[j];
      if (!column.group.empty()) column.group = side.id + ">" + column.group;
      column.id = side.id + ">" + column.id;
      if (column.path.empty()) column.label = side.label;
      column.path.insert(column.path.begin(), {std::string(words.weight_head), side.label});
      result.columns.push_back(std::move(column));
    }
    for (auto& row : result.rows) {
      const auto* own = find_row(side.table, row.id);
      for (std::size_t j = 0; j < side.table.columns.size(); ++j) {
        if (own != nullptr) {
          row.cells.push_back(own->cells.at(j));
          continue;
        }
        for (const auto& other : tables) {
          const auto* like = find_row(other.table, row.id);
          if (like == nullptr) continue;
          row.cells.push_back(absent(like->cells.at(0)));
          break;
        }
      }
    }
  }
  const auto notes = independence_notes(result);
  result.notes.insert(result.notes.begin(), notes.begin(), notes.end());
  letter(result);
  return result;
}

}  // namespace sondeo
