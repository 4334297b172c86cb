// SPDX-License-Identifier: MIT
#include "table/hide_empty.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace sondeo {
namespace {

Cell cell(double n) { return {{{"n", "", n, Unit::respondents, ""}}}; }

// Columns A (nobody), B and C in one group; rows x, y (nobody), z.
Table made() {
  Table table;
  table.columns = {{"_total", "Total", {}},
                   {"A", "A", {"v", "A"}, BaseMark::enough, false, "v"},
                   {"B", "B", {"v", "B"}, BaseMark::enough, false, "v"},
                   {"C", "C", {"v", "C"}, BaseMark::enough, false, "v"}};
  const auto row = [](const char* id, RowKind kind, std::vector<double> n) {
    Row made{id, id, kind, 0, {}};
    for (const auto each : n) made.cells.push_back(cell(each));
    return made;
  };
  table.rows = {
      row("_base", RowKind::base, {9, 0, 4, 5}), row("net", RowKind::net, {7, 0, 3, 4}),
      row("x", RowKind::category, {7, 0, 3, 4}), row("y", RowKind::category, {0, 0, 0, 0}),
      row("z", RowKind::category, {2, 0, 1, 1}), row("_missing", RowKind::missing, {0, 0, 0, 0})};
  table.rows[1].members = {"x", "y"};
  table.testing = Testing{};
  Comparison found;
  found.row = 4;
  found.a = 2;
  found.b = 3;
  found.difference = 5;
  found.level = 95;
  Comparison lost = found;
  lost.a = 1;
  table.comparisons = {lost, found};
  table.traces.resize(2);
  return table;
}

}  // namespace

TEST_CASE("hide_empty: rows, columns and comparisons move up, and letters run on") {
  auto table = made();
  hide_empty(table);
  REQUIRE(table.columns.size() == 3);
  CHECK(table.columns[1].id == "B");
  CHECK(table.columns[1].letter == "A");
  REQUIRE(table.rows.size() == 5);
  CHECK(table.rows[3].id == "z");
  CHECK(table.rows[3].cells.size() == 3);
  CHECK(table.rows[1].members == std::vector<std::string>{"x"});
  REQUIRE(table.comparisons.size() == 1);
  CHECK(table.traces.size() == 1);
  CHECK(table.comparisons[0].row == 3);
  CHECK(table.comparisons[0].a == 1);
  CHECK(table.comparisons[0].b == 2);
  CHECK(table.rows[3].cells[1].letters == "B");
  CHECK(table.notes ==
        std::vector<std::string>{"Hidden because nobody is in them: rows 1, columns 1."});
}

TEST_CASE("hide_empty: withheld is not empty, and an item whose row is 0 % is none either") {
  auto table = made();
  table.rows[3].cells[2].values[0].number.reset();
  table.rows[3].cells[2].values[0].flag = "min_cell";
  hide_empty(table);
  CHECK(table.rows.size() == 6);

  table = made();
  for (std::size_t j = 0; j < 4; ++j)
    table.rows[3].cells[j].values.push_back({"n", "column_percent", 4, Unit::respondents, ""});
  hide_empty(table);
  CHECK(table.rows.size() == 6);
  CHECK(table.columns.size() == 3);
}

TEST_CASE("hide_empty: a table with everybody in it stays as it is") {
  auto table = made();
  hide_empty(table);
  const auto notes = table.notes;
  hide_empty(table);
  CHECK(table.notes == notes);
}

}  // namespace sondeo
