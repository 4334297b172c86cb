// SPDX-License-Identifier: MIT
#include "table/figures.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace sondeo {
namespace {

// A table of answers by n, columns "_total" first; percentages of the column.
Table table(const std::vector<std::string>& columns,
            const std::vector<std::pair<Row, std::vector<double>>>& rows,
            const std::vector<double>& bases) {
  Table result;
  result.shown = {"column_percent"};
  Row base{"_base", "Base", RowKind::base, 0, {}};
  for (std::size_t j = 0; j < columns.size(); ++j) {
    Column column;
    column.id = columns[j];
    if (column.id != "_total") column.path = {"Region", column.id};
    result.columns.push_back(column);
    base.cells.push_back({{{"n", "", bases[j], Unit::respondents, ""}}});
  }
  result.rows.push_back(base);
  for (const auto& [head, counts] : rows) {
    auto row = head;
    for (std::size_t j = 0; j < counts.size(); ++j) {
      if (row.kind == RowKind::statistic) {
        row.cells.push_back({{{"mean", "", counts[j], Unit::value, ""}}});
        continue;
      }
      row.cells.push_back(
          {{{"n", "", counts[j], Unit::respondents, ""},
            {"count", "", 10 * counts[j], Unit::weighted, ""},
            {"column_percent", "", 100 * counts[j] / bases[j], Unit::percent, ""}}});
    }
    result.rows.push_back(row);
  }
  return result;
}

Row answer(const std::string& id, int indent = 0) {
  return {id, id, RowKind::category, indent, {}};
}

double number(const Table& table, std::size_t row, std::size_t column, const char* statistic) {
  const auto* value = table.rows.at(row).cells.at(column).find(statistic);
  REQUIRE(value != nullptr);
  REQUIRE(value->number);
  return *value->number;
}

std::string flag(const Table& table, std::size_t row, std::size_t column,
                 const char* statistic = "column_percent") {
  const auto* value = table.rows.at(row).cells.at(column).find(statistic);
  REQUIRE(value != nullptr);
  return value->number ? "" : value->flag;
}

}  // namespace

TEST_CASE("figures: index, cumulative, responses, thousands") {
  auto one = table({"_total", "North"},
                   {{answer("a"), {50, 10}},
                    {{"net", "", RowKind::net, 0, {}}, {50, 30}},
                    {answer("b", 1), {30, 20}},
                    {answer("c", 1), {20, 10}},
                    {{"_mean", "", RowKind::statistic, 0, {}}, {1, 2}}},
                   {100, 40});
  add_figures(one, {Figure::index, Figure::cumulative, Figure::responses, Figure::thousands});
  CHECK(one.shown == std::vector<std::string>{"column_percent", "index", "cumulative_percent",
                                              "response_percent", "count_thousands"});
  CHECK(number(one, 1, 1, "index") == 50);
  CHECK(number(one, 2, 1, "index") == 150);
  CHECK(number(one, 3, 1, "cumulative_percent") == 75);
  CHECK(number(one, 4, 1, "cumulative_percent") == 100);
  CHECK(one.rows[2].cells[0].find("cumulative_percent") == nullptr);
  CHECK(number(one, 3, 0, "response_percent") == 30);
  CHECK(number(one, 1, 0, "count_thousands") == 0.5);
  CHECK(one.rows[5].cells[0].values.size() == 1);
}

TEST_CASE("figures: there is no index to nothing") {
  auto one = table({"_total", "North"}, {{answer("a"), {0, 0}}, {answer("b"), {9, 4}}}, {9, 4});
  add_figures(one, {Figure::index});
  CHECK(flag(one, 1, 1, "index") == "zero_total");
  auto without = table({"North"}, {{answer("a"), {3}}}, {3});
  add_figures(without, {Figure::index});
  CHECK(without.shown == std::vector<std::string>{"column_percent"});
}

TEST_CASE("withhold: a small cell, and what would give it away in its column and its group") {
  auto one = table({"_total", "North", "South"},
                   {{answer("a"), {52, 2, 50}},
                    {answer("b"), {60, 20, 40}},
                    {answer("c"), {70, 40, 30}},
                    {{"_mean", "", RowKind::statistic, 0, {}}, {1, 2, 3}}},
                   {182, 62, 120});
  withhold_small_cells(one, 5);
  CHECK(flag(one, 1, 1) == "min_cell");
  CHECK(flag(one, 2, 1) == "min_cell_too");  // the smallest other of the column
  CHECK(flag(one, 1, 2) == "min_cell_too");  // the smallest other of the row
  CHECK(flag(one, 2, 2) == "min_cell_too");  // or the column would give the last one away
  CHECK(flag(one, 3, 1) == "");
  CHECK(flag(one, 3, 2) == "");
  CHECK(flag(one, 1, 0) == "");
  CHECK(flag(one, 4, 1, "mean") == "min_cell_too");
  CHECK(flag(one, 4, 0, "mean") == "");
  REQUIRE(one.notes.size() == 1);
  CHECK(one.notes[0].find("than 5: 1;") != std::string::npos);
  CHECK(one.notes[0].find(": 3.") != std::string::npos);
}

TEST_CASE("withhold: every equation keeps two unknowns, or none") {
  auto one = table({"_total", "North", "South", "East"},
                   {{{"net", "", RowKind::net, 0, {}}, {30, 12, 10, 8}},
                    {answer("a", 1), {10, 1, 6, 3}},
                    {answer("b", 1), {20, 11, 4, 5}},
                    {answer("c"), {70, 40, 30, 0}}},
                   {100, 52, 40, 8});
  withhold_small_cells(one, 4);
  const auto unknown = [&](std::size_t row, std::size_t column) {
    return !flag(one, row, column).empty();
  };
  for (std::size_t j = 0; j < 4; ++j) {
    const auto net = unknown(1, j) + unknown(2, j) + unknown(3, j);
    CHECK(net != 1);
    CHECK(unknown(2, j) + unknown(3, j) + unknown(4, j) != 1);
  }
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(unknown(i, 0) + unknown(i, 1) + unknown(i, 2) + unknown(i, 3) != 1);
  CHECK(unknown(2, 1));
  CHECK(unknown(2, 3));
}

TEST_CASE("withhold: without small cells nothing changes") {
  auto one = table({"_total"}, {{answer("a"), {0}}, {answer("b"), {9}}}, {9});
  withhold_small_cells(one, 5);
  CHECK(flag(one, 1, 0) == "");
  CHECK(one.notes.empty());
}

}  // namespace sondeo
