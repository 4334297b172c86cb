// SPDX-License-Identifier: MIT
#include "table/figures.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace sondeo {
namespace {

bool has_answers(const Row& row) {
  return row.kind == RowKind::category || row.kind == RowKind::net;
}

std::optional<std::size_t> total_column(const Table& table) {
  for (std::size_t j = 0; j < table.columns.size(); ++j)
    if (table.columns[j].id == "_total") return j;
  return std::nullopt;
}

std::string reason_of(const Value* value) { return value == nullptr ? "zero_base" : value->flag; }

// 100 * part / whole; absent as they are.
Value percent(const char* statistic, const Value* part, std::optional<double> whole) {
  Value value{statistic, "", std::nullopt, Unit::percent, ""};
  if (part == nullptr || !part->number)
    value.flag = reason_of(part);
  else if (!whole || *whole == 0)
    value.flag = "zero_base";
  else
    value.number = 100 * *part->number / *whole;
  return value;
}

void add_count(Table& table) { table.shown.emplace_back("count"); }

void add_thousands(Table& table) {
  for (auto& row : table.rows) {
    if (!has_answers(row)) continue;
    for (auto& cell : row.cells) {
      const auto* count = cell.find("count");
      Value value{"count_thousands", "", std::nullopt, Unit::weighted, ""};
      if (count != nullptr && count->number)
        value.number = *count->number / 1000;
      else
        value.flag = reason_of(count);
      cell.values.push_back(std::move(value));
    }
  }
  table.shown.emplace_back("count_thousands");
}

void add_responses(Table& table) {
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    double all = 0;
    for (const auto& row : table.rows) {
      if (row.kind != RowKind::category) continue;
      const auto* count = row.cells[j].find("count");
      if (count != nullptr) all += count->number.value_or(0);
    }
    for (auto& row : table.rows) {
      // A net counts respondents once, however many of its answers they gave.
      if (row.kind != RowKind::category) continue;
      row.cells[j].values.push_back(percent("response_percent", row.cells[j].find("count"), all));
    }
  }
  table.shown.emplace_back("response_percent");
}

void add_cumulative(Table& table) {
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    double sum = 0;
    for (auto& row : table.rows) {
      if (row.kind != RowKind::category) continue;
      const auto* own = row.cells[j].find("column_percent");
      Value value{"cumulative_percent", "", std::nullopt, Unit::percent, ""};
      if (own != nullptr && own->number) {
        sum += *own->number;
        value.number = sum;
      } else {
        value.flag = reason_of(own);
      }
      row.cells[j].values.push_back(std::move(value));
    }
  }
  table.shown.emplace_back("cumulative_percent");
}

void add_index(Table& table) {
  const auto total = total_column(table);
  if (!total) return;
  for (auto& row : table.rows) {
    if (!has_answers(row)) continue;
    const auto* whole = row.cells[*total].find("column_percent");
    const auto base = whole == nullptr ? std::nullopt : whole->number;
    for (auto& cell : row.cells) {
      auto value = percent("index", cell.find("column_percent"), base);
      value.unit = Unit::none;
      if (value.flag == "zero_base" && base && *base == 0) value.flag = "zero_total";
      cell.values.push_back(std::move(value));
    }
  }
  table.shown.emplace_back("index");
}

}  // namespace

void add_figures(Table& table, const std::vector<Figure>& figures) {
  const bool any = std::any_of(table.rows.begin(), table.rows.end(), has_answers);
  if (!any) return;
  for (const auto figure : figures) {
    switch (figure) {
      case Figure::count:
        add_count(table);
        break;
      case Figure::thousands:
        add_thousands(table);
        break;
      case Figure::responses:
        add_responses(table);
        break;
      case Figure::cumulative:
        add_cumulative(table);
        break;
      case Figure::index:
        add_index(table);
        break;
    }
  }
}

}  // namespace sondeo
