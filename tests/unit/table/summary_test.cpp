// SPDX-License-Identifier: MIT
#include "table/summary.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace sondeo {
namespace {

struct Spec {
  std::string column;
  double n;
  double percent;  // of the row "top"
};

Cell base_cell(double n) {
  return {{{"n", "", n, Unit::respondents, ""}, {"effective_n", "", n, Unit::respondents, ""}}};
}

Table table(const std::string& id, const std::vector<Spec>& specs) {
  Table result;
  result.id = result.title = id;
  result.shown = {"column_percent"};
  Row base{"_base", "Base", RowKind::base, 0, {}};
  Row top{"top", "Top", RowKind::net, 0, {}};
  Row mean{"_mean", "Mean", RowKind::statistic, 0, {}};
  for (const auto& spec : specs) {
    Column column;
    column.id = spec.column;
    column.label = spec.column;
    if (spec.column != "_total") column.path = {"Region", spec.column};
    if (spec.n < 100) column.mark = BaseMark::low;
    result.columns.push_back(column);
    base.cells.push_back(base_cell(spec.n));
    top.cells.push_back({{{"n", "", spec.n / 2, Unit::respondents, ""},
                          {"column_percent", "", spec.percent, Unit::percent, ""}}});
    mean.cells.push_back({{{"mean", "", spec.percent / 20, Unit::value, ""}}});
  }
  result.rows = {base, top, mean};
  return result;
}

double number(const Table& table, std::size_t row, std::size_t column, const char* statistic,
              const char* of = "") {
  const auto* value = table.rows.at(row).cells.at(column).find(statistic, of);
  REQUIRE(value != nullptr);
  REQUIRE(value->number);
  return *value->number;
}

const Table first = table("a", {{"_total", 200, 50}, {"North", 120, 40}, {"South", 80, 65}});
const Table second = table("b", {{"_total", 150, 30}, {"East", 60, 20}, {"South", 90, 37}});

}  // namespace

TEST_CASE("summary: one row of each table, with the smallest base") {
  const auto result = summary_of({{"Item A", first}, {"Item B", second}}, {{"top"}}, "Both");
  CHECK(result.title == "Both");
  REQUIRE(result.columns.size() == 4);
  CHECK(result.columns[0].id == "_total");
  CHECK(result.columns[1].id == "East");  // right after what stands before it in its own table
  CHECK(result.columns[2].id == "North");
  CHECK(result.columns[3].id == "South");
  REQUIRE(result.rows.size() == 3);
  CHECK(number(result, 0, 0, "n") == 150);
  CHECK(number(result, 0, 3, "n") == 80);
  CHECK(result.columns[3].mark == BaseMark::low);
  CHECK(result.rows[1].id == "a");
  CHECK(result.rows[1].label == "Item A");
  CHECK(result.rows[1].kind == RowKind::category);
  CHECK(number(result, 1, 0, "column_percent") == 50);
  CHECK(number(result, 1, 0, "n", "column_percent") == 200);
  CHECK(number(result, 2, 3, "column_percent") == 37);
  const auto* lacking = result.rows[2].cells[2].find("column_percent");
  REQUIRE(lacking != nullptr);
  CHECK_FALSE(lacking->number);
  CHECK(lacking->flag == "zero_base");
  REQUIRE(result.notes.size() == 1);
  CHECK(summary_of({{"", first}, {"", first}}, {{"top"}}, "").notes.empty());
}

TEST_CASE("summary: of means, by their short name") {
  const auto result = summary_of({{"Item A", first}, {"Item B", second}}, {{"mean"}}, "Both");
  CHECK(result.shown == std::vector<std::string>{"mean"});
  CHECK(result.rows[1].kind == RowKind::statistic);
  CHECK(number(result, 1, 0, "mean") == 2.5);
}

TEST_CASE("summary: a row that is not there is refused with those that are") {
  try {
    summary_of({{"", first}}, {{"bottom"}}, "");
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.id() == "summary-row");
    CHECK(error.hint() == "its rows are top, _mean");
  }
  CHECK_THROWS_AS(summary_of({{"", first}}, {{"base"}}, ""), Error);
}

TEST_CASE("summary: tables side by side keep their numbers under a head of their own") {
  auto lacking = second;
  lacking.rows.erase(lacking.rows.begin() + 1);
  const auto result = beside({{"w", "w", first}, {"none", "unweighted", lacking}});
  REQUIRE(result.columns.size() == 6);
  CHECK(result.columns[0].id == "w>_total");
  CHECK(result.columns[0].path == std::vector<std::string>{"Weight", "w"});
  CHECK(result.columns[4].id == "none>East");
  CHECK(result.columns[4].path ==
        std::vector<std::string>{"Weight", "unweighted", "Region", "East"});
  REQUIRE(result.rows.size() == 3);
  CHECK(number(result, 0, 3, "n") == 150);
  CHECK(number(result, 1, 2, "column_percent") == 65);
  CHECK_FALSE(result.rows[1].cells[4].find("column_percent")->number);
  CHECK(number(result, 2, 4, "mean") == 1);
}

TEST_CASE("summary: several rows of each table") {
  const auto result = summary_of({{"A", first}, {"B", second}}, {{"top", "mean"}}, "");
  REQUIRE(result.rows.size() == 5);
  CHECK(result.rows[1].id == "a");
  CHECK(result.rows[1].label == "A · Top");
  CHECK(result.rows[2].id == "b");
  CHECK(result.rows[3].id == "a:mean");
  CHECK(result.rows[3].label == "A · Mean");
  CHECK(result.rows[3].kind == RowKind::statistic);
  CHECK(result.shown == std::vector<std::string>{"column_percent"});
  CHECK(number(result, 4, 0, "mean") == 1.5);
}

TEST_CASE("summary: items by size of their first row, in total or in a column") {
  const std::vector<SummaryItem> items{{"B", second}, {"A", first}};
  CHECK(summary_of(items, {{"top"}}, "").rows[1].id == "b");
  CHECK(summary_of(items, {{"top"}, true}, "").rows[1].id == "a");
  CHECK(summary_of(items, {{"top"}, true, "South"}, "").rows[1].id == "a");
  CHECK_THROWS_AS(summary_of(items, {{"top"}, true, "East"}, ""), Error);
  const std::vector<SummaryItem> pinned{{"A", first, Pin::last}, {"B", second}};
  CHECK(summary_of(pinned, {{"top"}, true}, "").rows[1].id == "b");
}

TEST_CASE("summary: the share of the sum of all") {
  // Weighted bases of 10 and 30, means of 6 and 2: both have half.
  const auto of = [](const std::string& id, double base, double mean) {
    auto result = table(id, {{"_total", base, mean * 20}});
    result.rows[0].cells[0].values.push_back({"weighted_n", "", base, Unit::weighted, ""});
    return result;
  };
  const auto result =
      summary_of({{"A", of("a", 10, 6)}, {"B", of("b", 30, 2)}}, {{"mean", "share"}}, "");
  REQUIRE(result.rows.size() == 5);
  CHECK(result.rows[3].id == "a:share");
  CHECK(number(result, 3, 0, "share_percent") == 50);
  CHECK(number(result, 4, 0, "share_percent") == 50);
}

}  // namespace sondeo
