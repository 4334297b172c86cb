// SPDX-License-Identifier: MIT
#include "table/summary.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "table/independence.h"
#include "table/letters.h"
#include "table/row_words.h"
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

bool is_share(const std::string& id) { return id == "share"; }

// What the first figure of an item says in a column, or nothing.
std::optional<double> size_of(const SummaryItem& item, const SummaryRules& rules) {
  const auto& columns = item.table.columns;
  std::size_t column = 0;
  if (!rules.sort_column.empty()) {
    while (column < columns.size() && columns[column].id != rules.sort_column &&
           column_path(columns[column]) != rules.sort_column)
      ++column;
    if (column == columns.size()) {
      throw Error("sort-column", "'" + excerpt(item.table.id) + "' has no column '" +
                                     excerpt(rules.sort_column) + "' to sort by");
    }
  }
  const auto& first = rules.rows.front();
  const auto& cell = shown_row(item, is_share(first) ? "mean" : first).cells.at(column);
  for (const auto* statistic : {"column_percent", "mean"}) {
    const auto* value = cell.find(statistic);
    if (value != nullptr) return value->number;
  }
  return cell.values.empty() ? std::nullopt : cell.values.front().number;
}

std::vector<SummaryItem> in_order(const std::vector<SummaryItem>& given,
                                  const SummaryRules& rules) {
  if (!rules.sorted) return given;
  struct Place {
    int pin = 0;
    double size = 0;
    std::size_t at = 0;
  };
  std::vector<Place> places;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const int pin = given[i].pin == Pin::first ? -1 : given[i].pin == Pin::last ? 1 : 0;
    const double size = pin == 0 ? size_of(given[i], rules).value_or(-HUGE_VAL) : 0;
    places.push_back({pin, size, i});
  }
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return a.pin != b.pin ? a.pin < b.pin : a.size > b.size;
  });
  std::vector<SummaryItem> items;
  for (const auto& place : places) items.push_back(given[place.at]);
  return items;
}

// Fills a table that has the columns of all items.
class Summary {
 public:
  Summary(const std::vector<SummaryItem>& items, const std::vector<std::string>& ids, Table& result)
      : items_(items), ids_(ids), result_(result), words_(words_of(result.language)) {}

  void fill() {
    add_base();
    std::vector<std::string> inner;   // percentages: below the item
    std::vector<std::string> behind;  // other statistics, and what follows from them
    for (std::size_t i = 1; i < ids_.size(); ++i) {
      const bool percent =
          !is_share(ids_[i]) && shown_row(items_[0], ids_[i]).kind != RowKind::statistic;
      (percent ? inner : behind).push_back(ids_[i]);
    }
    if (is_statistic(ids_[0]))
      result_.shown = {is_share(ids_[0])
                           ? "share_percent"
                           : shown_row(items_[0], ids_[0]).cells.at(0).values.at(0).statistic};
    for (const auto& item : items_) {
      add(item, ids_[0], 0, item.label + (ids_.size() > 1 ? " · " + label_of(item, ids_[0]) : ""),
          item.table.id);
      for (const auto& id : inner) add(item, id, 1, label_of(item, id), item.table.id + ":" + id);
    }
    for (const auto& id : behind) {
      for (const auto& item : items_)
        add(item, id, 0, item.label + " · " + label_of(item, id), item.table.id + ":" + id);
    }
    if (differ_) result_.notes.insert(result_.notes.begin(), std::string(words_.bases_differ_note));
  }

 private:
  bool is_statistic(const std::string& id) const {
    return is_share(id) || shown_row(items_[0], id).kind == RowKind::statistic;
  }

  std::string label_of(const SummaryItem& item, const std::string& id) const {
    return is_share(id) ? std::string(row_words_of(result_.language).share_of_total)
                        : shown_row(item, id).label;
  }

  void add_base() {
    Row base{"_base", std::string(words_.base), RowKind::base, 0, {}};
    for (auto& column : result_.columns) {
      const Cell* smallest = nullptr;
      for (const auto& item : items_) {
        const auto j = find_column(item.table, column.id);
        if (!j) {
          differ_ = true;
          continue;
        }
        const auto& cell = item.table.rows.at(0).cells.at(*j);
        if (smallest != nullptr && base_n(cell) != base_n(*smallest)) differ_ = true;
        if (smallest == nullptr || effective(cell) < effective(*smallest)) {
          smallest = &cell;
          column.mark = item.table.columns[*j].mark;
        }
        column.suppressed = column.suppressed || item.table.columns[*j].suppressed;
      }
      base.cells.push_back(*smallest);
    }
    result_.rows.push_back(std::move(base));
  }

  void add(const SummaryItem& item, const std::string& id, int indent, std::string label,
           std::string row_id) {
    if (is_share(id)) return add_share(item, std::move(label), std::move(row_id));
    const auto& from = shown_row(item, id);
    take_comparisons(item.table, &from, result_.rows.size(), result_, [&](std::size_t j) {
      return *find_column(result_, item.table.columns[j].id);
    });
    Row row{std::move(row_id), std::move(label), from.kind, indent, {}};
    if (row.kind == RowKind::net) row.kind = RowKind::category;
    for (const auto& column : result_.columns) {
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
    result_.rows.push_back(std::move(row));
  }

  // The mean times the weighted base, or nothing where either is absent or withheld.
  static std::optional<double> sum_of(const SummaryItem& item, const std::string& column) {
    const auto j = find_column(item.table, column);
    if (!j) return std::nullopt;
    const auto* mean = shown_row(item, "mean").cells.at(*j).find("mean");
    const auto* base = item.table.rows.at(0).cells.at(*j).find("weighted_n");
    if (mean == nullptr || !mean->number || base == nullptr || !base->number) return std::nullopt;
    return *mean->number * *base->number;
  }

  void add_share(const SummaryItem& item, std::string label, std::string row_id) {
    Row row{std::move(row_id), std::move(label), RowKind::statistic, 0, {}};
    for (const auto& column : result_.columns) {
      Value value{"share_percent", "", std::nullopt, Unit::percent, ""};
      std::optional<double> whole = 0;
      for (const auto& each : items_) {
        const auto part = sum_of(each, column.id);
        whole = whole && part ? std::optional(*whole + *part) : std::nullopt;
      }
      if (!whole || *whole == 0)
        value.flag = column.suppressed ? "min_base" : "zero_base";
      else
        value.number = 100 * *sum_of(item, column.id) / *whole;
      row.cells.push_back({{std::move(value)}});
    }
    result_.rows.push_back(std::move(row));
  }

  const std::vector<SummaryItem>& items_;
  const std::vector<std::string>& ids_;
  Table& result_;
  const Words& words_;
  bool differ_ = false;
};

}  // namespace

Table summary_of(const std::vector<SummaryItem>& given, const SummaryRules& rules,
                 std::string title) {
  Table result;
  if (given.empty()) return result;
  const auto items = in_order(given, rules);
  result = items[0].table;
  result.title = std::move(title);
  result.columns = all_columns(items);
  result.rows.clear();
  result.comparisons.clear();
  drop_tests(result);
  result.traces.clear();
  result.sum100 = false;
  Summary(items, rules.rows, result).fill();
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
