// SPDX-License-Identifier: MIT
#include "table/diff.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "../layout/files.h"
#include "../render/sample.h"
#include "render/render.h"

namespace sondeo {
namespace {

TableNumbers read(const std::string& text) {
  const files::TempFile file(text);
  Issues issues;
  return read_numbers({file.path(), ""}, issues);
}

// Lines of the csv contract: table, weight, row, column, statistic, value.
TableNumbers lines(const std::vector<std::array<std::string, 6>>& given) {
  std::string text =
      "table,weight,row_id,row,column_id,column,against_id,of,statistic,value,unit,flag\n";
  for (const auto& [table, weight, row, column, statistic, value] : given) {
    text += table + "," + weight + "," + row + ",Row " + row + "," + column + ",Column " + column +
            ",,," + statistic + "," + value + ",percent,\n";
  }
  return read(text);
}

Diff diff_of(const TableNumbers& before, const TableNumbers& after, double tolerance = 0) {
  return diff_numbers(before, after, {tolerance, {}}, {});
}

}  // namespace

TEST_CASE("diff: the same tables in json and csv, in any order, do not differ") {
  const TableSet set = sample::kitchen_sink();
  TableSet turned = set;
  // Not the two tables called Q3, which only their order tells apart.
  std::swap(turned.tables[1], turned.tables[3]);
  for (Table& table : turned.tables) {
    std::reverse(table.rows.begin(), table.rows.end());
    for (Row& row : table.rows) {
      std::reverse(row.cells.begin(), row.cells.end());
      for (Cell& cell : row.cells) std::reverse(cell.values.begin(), cell.values.end());
    }
    std::reverse(table.columns.begin(), table.columns.end());
  }
  std::swap(turned.tables[1], turned.tables[3]);
  std::swap(turned.tables[1], turned.tables[2]);
  const TableNumbers before = read(render_json(set, {}));
  const TableNumbers after = read(render_csv(turned, {}));
  const Diff diff = diff_of(before, after);
  CHECK(diff.changes.empty());
  CHECK(diff.reweighted.empty());
  CHECK(diff.compared > 5000);
}

TEST_CASE("diff: moved by more than the tolerance, and not by exactly it") {
  const TableNumbers before = lines({{"q", "w", "1", "a", "column_percent", "43.1"},
                                     {"q", "w", "2", "a", "column_percent", "10"}});
  const TableNumbers after = lines({{"q", "w", "2", "a", "column_percent", "10"},
                                    {"q", "w", "1", "a", "column_percent", "43.6"}});
  CHECK(diff_of(before, after).moved == 1);
  CHECK(diff_of(before, after, 0.5).moved == 0);
  CHECK(diff_of(after, before, 0.5).moved == 0);
  CHECK(diff_of(before, after, 0.4999).moved == 1);
  CHECK(diff_of(before, after).compared == 2);
  const TableNumbers hair = lines({{"q", "w", "1", "a", "column_percent", "43.100000000000001"},
                                   {"q", "w", "2", "a", "column_percent", "10.000000000000002"}});
  CHECK(diff_of(before, hair).moved == 1);  // the last bit counts; 43.1 is the same double
}

TEST_CASE("diff: a tolerance of a statistic beats that of its unit, which beats the general one") {
  const TableNumbers before =
      lines({{"q", "w", "1", "a", "mean", "2"}, {"q", "w", "1", "a", "column_percent", "50"}});
  const TableNumbers after =
      lines({{"q", "w", "1", "a", "mean", "2.5"}, {"q", "w", "1", "a", "column_percent", "52"}});
  const auto moved = [&](const Tolerance& tolerance) {
    return diff_numbers(before, after, tolerance, {}).moved;
  };
  CHECK(moved({0, {}}) == 2);
  CHECK(moved({3, {}}) == 0);
  CHECK(moved({3, {{"mean", 0.1}}}) == 1);
  CHECK(moved({0, {{"percent", 3}, {"mean", 0.1}}}) == 1);
  CHECK(moved({0, {{"percent", 3}}}) == 0);
}

TEST_CASE("diff: absent numbers appear and vanish; two absent ones are no change") {
  const TableNumbers before = lines({{"q", "w", "1", "a", "mean", ""},
                                     {"q", "w", "1", "b", "mean", "2"},
                                     {"q", "w", "1", "c", "mean", ""}});
  const TableNumbers after = lines({{"q", "w", "1", "a", "mean", "1"},
                                    {"q", "w", "1", "b", "mean", ""},
                                    {"q", "w", "1", "c", "mean", ""},
                                    {"q", "w", "1", "d", "mean", ""}});
  const Diff diff = diff_of(before, after);
  REQUIRE(diff.changes.size() == 2);
  CHECK(diff.changes[0].kind == ChangeKind::appeared);
  CHECK(diff.changes[1].kind == ChangeKind::vanished);
  CHECK(diff.changes[0].scope == ChangeScope::number);
  CHECK(diff.compared == 0);
}

TEST_CASE("diff: whole rows, columns and tables are known as such") {
  const TableNumbers before = lines({{"q", "w", "1", "a", "n", "1"},
                                     {"q", "w", "1", "b", "n", "2"},
                                     {"q", "w", "2", "a", "n", "3"},
                                     {"p", "w", "1", "a", "n", "4"}});
  const TableNumbers after =
      lines({{"q", "w", "1", "a", "n", "1"}, {"r", "w", "1", "a", "n", "5"}});
  const Diff diff = diff_of(before, after);
  REQUIRE(diff.changes.size() == 4);
  CHECK(diff.changes[0].scope == ChangeScope::column);
  CHECK(diff.changes[1].scope == ChangeScope::row);
  CHECK(diff.changes[2].scope == ChangeScope::table);
  CHECK(diff.changes[3].kind == ChangeKind::appeared);
  CHECK(diff.changes[3].scope == ChangeScope::table);
  CHECK(diff.tables == std::vector<std::string_view>{"q", "p", "r"});
}

TEST_CASE("diff: letters change, appear and go") {
  const TableNumbers before = lines({{"q", "w", "1", "a", "letters", "F"},
                                     {"q", "w", "1", "b", "letters", ""},
                                     {"q", "w", "1", "c", "letters", "B"},
                                     {"q", "w", "1", "d", "letters", "B"}});
  const TableNumbers after = lines({{"q", "w", "1", "a", "letters", "FG"},
                                    {"q", "w", "1", "b", "letters", "A"},
                                    {"q", "w", "1", "d", "letters", "B"}});
  const Diff diff = diff_of(before, after, 100);
  CHECK(diff.letters == 3);
  CHECK(diff.compared == 0);
}

TEST_CASE("diff: another weight is told, not taken for other numbers") {
  const TableNumbers before = lines({{"q", "w1", "1", "a", "n", "1"}});
  const TableNumbers after = lines({{"q", "w2", "1", "a", "n", "1"}});
  const Diff diff = diff_of(before, after);
  CHECK(diff.changes.empty());
  CHECK(diff.reweighted == std::vector<std::string>{"q"});
  // A table weighted twice over is two tables, in whatever order.
  const TableNumbers twice =
      lines({{"q", "none", "1", "a", "n", "1"}, {"q", "w", "1", "a", "n", "2"}});
  const TableNumbers turned =
      lines({{"q", "w", "1", "a", "n", "2"}, {"q", "none", "1", "a", "n", "1"}});
  CHECK(diff_of(twice, turned).changes.empty());
}

TEST_CASE("diff: only some statistics") {
  const TableNumbers before =
      lines({{"q", "w", "1", "a", "n", "1"}, {"q", "w", "1", "a", "mean", "2"}});
  const TableNumbers after =
      lines({{"q", "w", "1", "a", "n", "5"}, {"q", "w", "1", "a", "mean", "3"}});
  const Diff diff = diff_numbers(before, after, {}, {"mean"});
  CHECK(diff.moved == 1);
  CHECK(diff.compared == 1);
}

}  // namespace sondeo
