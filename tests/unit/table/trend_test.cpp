// SPDX-License-Identifier: MIT
#include "table/trend.h"

#include <doctest/doctest.h>

#include <string>

#include "table/chart.h"
#include "table/letters.h"

namespace sondeo {
namespace {

// Three waves: 40, 45 and 55 %, means 2, 2.5 and 2.25; the last change of the share is significant
// at 95 %, that since the first at 95 %, the first at 90 %.
Table waves() {
  Table table;
  table.id = "q";
  table.shown = {"column_percent"};
  table.testing = Testing{};
  table.testing->levels = {95, 90};
  table.testing->against = Against::waves;
  Row base{"_base", "Base", RowKind::base, 0, {}};
  Row yes{"1", "Yes", RowKind::category, 0, {}};
  Row mean{"_mean", "Mean", RowKind::statistic, 0, {}};
  const double shares[] = {40, 45, 55};
  const double means[] = {2, 2.5, 2.25};
  for (std::size_t j = 0; j < 3; ++j) {
    Column column;
    column.label = std::to_string(2022 + j);
    column.id = "wave=" + column.label;
    column.path = {"Wave", column.label};
    column.group = "wave";
    table.columns.push_back(column);
    base.cells.push_back({{{"n", "", 100, Unit::respondents, ""}}});
    yes.cells.push_back({{{"n", "", shares[j], Unit::respondents, ""},
                          {"column_percent", "", shares[j], Unit::percent, ""},
                          {"ci_low", "column_percent", shares[j] - 10, Unit::percent, ""},
                          {"ci_high", "column_percent", shares[j] + 9, Unit::percent, ""},
                          {"moe", "column_percent", 9.5, Unit::percent, ""}}});
    mean.cells.push_back({{{"mean", "", means[j], Unit::value, ""}}});
  }
  table.rows = {base, yes, mean};
  const auto compared = [&](std::size_t row, std::size_t a, std::size_t b, bool is_mean,
                            double difference, std::optional<double> level) {
    Comparison each;
    each.row = row;
    each.a = a;
    each.b = b;
    each.mean = is_mean;
    each.difference = difference;
    each.p = 0.5;
    each.level = level;
    table.comparisons.push_back(each);
  };
  compared(1, 1, 0, false, 5, 90);
  compared(1, 2, 1, false, 10, 95);
  compared(1, 2, 0, false, 15, 95);
  compared(2, 1, 0, true, 0.5, {});
  compared(2, 2, 1, true, -0.25, 95);
  compared(2, 2, 0, true, 0.25, {});
  letter(table);
  return table;
}

const Value* change(const Table& table, std::size_t row, std::size_t column) {
  return &table.rows[row].cells.at(column).values.at(0);
}

TEST_CASE("trend: marks are of the wave before, not of the first") {
  auto table = waves();
  CHECK(table.rows[1].cells[0].letters.empty());
  CHECK(table.rows[1].cells[1].letters == "△");
  CHECK(table.rows[1].cells[2].letters == "▲");
  CHECK(table.rows[2].cells[1].letters.empty());
  CHECK(table.rows[2].cells[2].letters == "▼");
  CHECK(table.columns[0].letter.empty());
}

TEST_CASE("trend: the last wave's changes stand behind the waves") {
  const auto seen = with_changes(waves());
  REQUIRE(seen.columns.size() == 5);
  CHECK(seen.columns[3].id == "_change");
  CHECK(seen.columns[3].path == std::vector<std::string>{"Change since", "2023"});
  CHECK(seen.columns[4].id == "_change_first");
  CHECK(seen.columns[4].label == "2022");
  CHECK(change(seen, 1, 3)->number == 10);
  CHECK(change(seen, 1, 4)->number == 15);
  CHECK(seen.rows[1].cells[4].letters == "▲");
  CHECK(change(seen, 2, 3)->number == -0.25);
  CHECK(change(seen, 2, 3)->unit == Unit::value);
  CHECK(seen.rows[2].cells[4].letters.empty());
  CHECK(change(seen, 0, 3)->statistic.empty());
  CHECK(display(*change(seen, 1, 3), {}) == "+10");
  CHECK(display(*change(seen, 2, 3), {}) == "-0.25");
  CHECK(display({"change", "mean", 0.001, Unit::value, ""}, {}) == "0.00");
}

TEST_CASE("trend: two waves have one change, one has none, other tables stay") {
  auto two = waves();
  two.columns[2].group.clear();
  const auto seen = with_changes(two);
  REQUIRE(seen.columns.size() == 4);
  CHECK(seen.columns[3].path == std::vector<std::string>{"Change up to 2023 since", "2022"});
  CHECK(change(seen, 1, 3)->number == 5);
  auto one = two;
  one.columns[1].group.clear();
  CHECK(with_changes(one).columns.size() == 3);
  auto other = waves();
  other.testing->against = Against::previous;
  CHECK(with_changes(other).columns.size() == 3);
  CHECK_FALSE(is_trend(other));
}

TEST_CASE("trend: what a wave did not ask has no figures and is compared with nothing") {
  auto table = waves();
  leave_out(table, {{1, {"1"}}});
  const auto& cell = table.rows[1].cells[1];
  CHECK_FALSE(cell.find("column_percent")->number);
  CHECK(cell.find("column_percent")->flag == "not_in_wave");
  CHECK(cell.letters.empty());
  CHECK(table.rows[2].cells[1].find("mean")->number == 2.5);
  CHECK(table.rows[0].cells[1].find("n")->number == 100);
  const auto* comparison = comparison_of(table, 1, 2, 1);
  REQUIRE(comparison != nullptr);
  CHECK(comparison->reason == "not_in_wave");
  CHECK_FALSE(comparison->p);
  CHECK(comparison_of(table, 1, 2, 0)->p);
  CHECK(table.notes.back() == "Not offered in 2023: Yes.");
}

TEST_CASE("trend: a question that a wave did not ask") {
  auto table = waves();
  leave_out(table, {{0, {}}});
  CHECK_FALSE(table.rows[1].cells[0].find("n")->number);
  CHECK_FALSE(table.rows[2].cells[0].find("mean")->number);
  CHECK(table.columns[0].group.empty());
  CHECK(table.notes.back() == "Not asked in: 2022.");
}

TEST_CASE("trend chart: intervals and evidence of change, of the waves alone") {
  const auto chart = trend_chart(with_changes(waves()));
  CHECK(chart.columns == std::vector<std::string>{"2022", "2023", "2024"});
  REQUIRE(chart.rows.size() == 1);
  const auto& row = chart.rows[0];
  CHECK(row.values == std::vector<std::optional<double>>{40, 45, 55});
  CHECK(row.limits[2].first == 45);
  CHECK(row.limits[2].second == 64);
  CHECK(row.changes == std::vector<std::string>{"", "△", "▲"});
  CHECK(row.margin == 9.5);
}

TEST_CASE("trend chart: numbers are lines of their mean") {
  auto table = waves();
  table.rows.erase(table.rows.begin() + 1);
  const auto chart = trend_chart(table);
  REQUIRE(chart.rows.size() == 1);
  CHECK(chart.unit == Unit::value);
  CHECK(chart.rows[0].values == std::vector<std::optional<double>>{2, 2.5, 2.25});
}

TEST_CASE("trend chart: of many rows those are drawn that hold the others") {
  auto table = waves();
  for (int i = 0; i < 6; ++i) {
    auto row = table.rows[1];
    row.id = "x" + std::to_string(i);
    row.indent = i < 4 ? 1 : 0;
    table.rows.insert(table.rows.begin() + 2, row);
  }
  const auto chart = trend_chart(table);
  CHECK(chart.rows.size() == 7);
  CHECK(drawn_rows(chart) == std::vector<std::size_t>{0, 1, 2});
}

}  // namespace
}  // namespace sondeo
