// SPDX-License-Identifier: MIT
#include "table/table.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace sondeo {
namespace {

std::string shown(const char* statistic, double number, Unit unit, int digits = 0) {
  return display({statistic, "", number, unit, ""}, {digits, ".", ","});
}

}  // namespace

TEST_CASE("unit_name: the words of the csv contract") {
  CHECK(unit_name(Unit::respondents) == "respondents");
  CHECK(unit_name(Unit::weighted) == "weighted");
  CHECK(unit_name(Unit::percent) == "percent");
  CHECK(unit_name(Unit::value) == "value");
  CHECK(unit_name(Unit::none) == "");
}

TEST_CASE("Cell::find: by statistic and what it is of") {
  const Cell cell{{{"mean", "", 2.5, Unit::value, ""},
                   {"se", "mean", 0.1, Unit::value, ""},
                   {"se", "sd", 0.2, Unit::value, ""}}};
  REQUIRE(cell.find("mean") != nullptr);
  CHECK(cell.find("mean")->number == 2.5);
  CHECK(cell.find("se") == nullptr);
  REQUIRE(cell.find("se", "sd") != nullptr);
  CHECK(cell.find("se", "sd")->number == 0.2);
  CHECK(cell.find("median") == nullptr);
  CHECK(Cell{}.find("n") == nullptr);
}

TEST_CASE("display: decimals follow the unit") {
  CHECK(shown("column_percent", 48.6, Unit::percent) == "49");
  CHECK(shown("column_percent", 48.65, Unit::percent, 1) == "48.7");
  CHECK(shown("moe", 2.616, Unit::percent) == "2.6");
  CHECK(shown("moe", 2.616, Unit::percent, 2) == "2.6");
  CHECK(shown("mean", 2.4961, Unit::value) == "2.50");
  CHECK(shown("mean", 2.4961, Unit::value, 2) == "2.4961");
  CHECK(shown("mean", 1.0 / 3, Unit::value, 9) == "0.333333");
  CHECK(shown("n", 1504, Unit::respondents, 2) == "1,504");
  CHECK(shown("weighted_n", 1503.5, Unit::weighted, 2) == "1,504");
  CHECK(shown("effective_n", 1403.6, Unit::weighted) == "1,404");
  CHECK(shown("deff", 1.0715, Unit::none) == "1.07");
  CHECK(shown("df", 1503, Unit::none) == "1,503");
}

TEST_CASE("display: half away from zero, once, and never -0") {
  CHECK(shown("column_percent", 0.5, Unit::percent) == "1");
  CHECK(shown("column_percent", 2.5, Unit::percent) == "3");
  CHECK(shown("mean", 2.675, Unit::value) == "2.68");
  CHECK(shown("mean", -2.675, Unit::value) == "-2.68");
  CHECK(shown("mean", -0.001, Unit::value) == "0.00");
  CHECK(shown("mean", -0.0, Unit::value) == "0.00");
}

TEST_CASE("display: the reader's marks") {
  const Look spanish{1, ",", "."};
  CHECK(display({"mean", "", 1234.5678, Unit::value, ""}, spanish) == "1.234,568");
  CHECK(display({"n", "", 1504, Unit::respondents, ""}, {0, ",", "\u202f"}) == "1\u202f504");
  CHECK(display({"n", "", 1504, Unit::respondents, ""}, {0, ".", ""}) == "1504");
}

TEST_CASE("display: absent and not finite numbers are nothing, huge ones stay short") {
  CHECK(display({"mean", "", std::nullopt, Unit::value, "zero_base"}, {}) == "");
  CHECK(shown("mean", std::nan(""), Unit::value) == "");
  CHECK(shown("mean", -std::numeric_limits<double>::infinity(), Unit::value) == "");
  CHECK(shown("mean", 1e300, Unit::value) == "1e+300");
  CHECK(display({"mean", "", 1.5e300, Unit::value, ""}, {0, ",", "."}) == "1,5e+300");
}

}  // namespace sondeo
