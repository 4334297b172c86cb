// SPDX-License-Identifier: MIT
#include "table/maxdiff.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "../data/study_setting.h"
#include "../tabulate/request.h"
#include "table/build.h"

namespace sondeo {
namespace {

using requests::count_text;
using studies::Setting;

const std::string text = R"toml(
[[question]]
name = "m"
kind = "maxdiff"
codes = [ { code = 1, label = "One" }, { code = 2 }, { code = 3 } ]
tasks = [
  { best = "b1", worst = "w1", of = [1, 2, 3] },
  { best = "b2", worst = "w2", shown = "s1-s2" },
]
)toml";

const std::string data =
    "w,b1,w1,b2,w2,s1,s2\n"
    "2,1,2,1,3,1,3\n"
    "1,2,1,,,,\n"
    "1,,,,,,\n"
    "1,3,2,3,2,2,3\n";

Table table_of(const std::string& name, bool weighted) {
  Setting setting(text, {"w", "b1", "w1", "b2", "w2", "s1", "s2"});
  CountRequest request;
  request.questions = setting.questions;
  const auto row = setting.position(name);
  request.axes = {{{row}, false}, {{}, false}};
  request.tables = {{0, 1}};
  if (weighted) request.weight.column = "w";
  const auto counted = count_text(data, request).result;
  TableContext context;
  context.units = counted.rows;
  context.weighted = weighted;
  if (weighted) context.weight = "w";
  return build_table(setting.questions[row], counted.tables[0], {}, TableShape::topline, true,
                     context, {});
}

double number(const Table& table, std::size_t row, const char* statistic, const char* of = "") {
  const auto* value = table.rows.at(row).cells.at(0).find(statistic, of);
  REQUIRE(value != nullptr);
  REQUIRE(value->number);
  return *value->number;
}

}  // namespace

// The first answer: 2 times best of 2 shown, 1 worst of 1, nothing of 1; the third respondent
// answered no task.
TEST_CASE("maxdiff: ratios of times chosen to times shown, with errors by respondent") {
  const auto table = table_of("m.1", false);
  REQUIRE(table.rows.size() == 6);
  CHECK(table.rows[1].id == "score");
  CHECK(number(table, 0, "n") == 3);
  CHECK(number(table, 1, "column_percent") == doctest::Approx(25));
  CHECK(number(table, 2, "column_percent") == doctest::Approx(50));
  CHECK(number(table, 3, "column_percent") == doctest::Approx(25));
  CHECK(number(table, 1, "n") == 4);
  CHECK(number(table, 2, "n") == 2);
  CHECK(number(table, 3, "n") == 1);
  // d - R s: 1.5, -1.25, -0.25; 4/3 of their squares by 4 times 4.
  CHECK(number(table, 1, "se", "column_percent") ==
        doctest::Approx(100 * std::sqrt(4 / 3.0 * 3.875 / 16)));
  CHECK(table.rows[4].id == "shown");
  CHECK(number(table, 4, "mean") == doctest::Approx(4 / 3.0));
  CHECK(number(table, 5, "n") == 1);  // not in the base
}

TEST_CASE("maxdiff: weighted") {
  const auto table = table_of("m.1", true);
  CHECK(number(table, 1, "column_percent") == doctest::Approx(50));
  CHECK(number(table, 2, "column_percent") == doctest::Approx(400 / 6.0));
  CHECK(number(table, 2, "count") == doctest::Approx(4));
  // d - R s: 1, -1.5, -0.5, with weights 2, 1, 1.
  CHECK(number(table, 1, "se", "column_percent") ==
        doctest::Approx(100 * std::sqrt(4 / 3.0 * (4 + 2.25 + 0.25) / 36)));
}

TEST_CASE("maxdiff: best and worst make the score") {
  for (const char* name : {"m.1", "m.2", "m.3"}) {
    const auto table = table_of(name, true);
    CHECK(number(table, 1, "column_percent") ==
          doctest::Approx(number(table, 2, "column_percent") - number(table, 3, "column_percent")));
  }
}

}  // namespace sondeo
