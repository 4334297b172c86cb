// SPDX-License-Identifier: MIT
// Against tests/letters/from-sums.json, which Python computed from the formulas alone and R again,
// and against what the manuals print.
#include "infer/compare.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "infer/adjust.h"

namespace sondeo {
namespace {

using Json = nlohmann::json;

Json from_sums() {
  std::ifstream file(std::string(SONDEO_SOURCE_DIR) + "/tests/letters/from-sums.json");
  REQUIRE(file);
  return Json::parse(file);
}

void check_near(double found, double expected, double tolerance) {
  CHECK(std::abs(found - expected) <= tolerance * std::abs(expected));
}

TestSide plain_share(double n, double r) { return {.w = n, .q = n, .r = r}; }

ColumnTest of_shares(const char* dialect, const TestSide& a, const TestSide& b,
                     const TestOverlap& both = {}, const TestRules& rules = {}) {
  return test_columns(*dialect_named(dialect), Measure::proportion, a, b, both, rules);
}

Sums rows(std::uint64_t n) {
  Sums sums;
  sums.n = sums.n_positive = n;
  return sums;
}

TEST_CASE("column tests: all of from-sums.json") {
  const auto json = from_sums();
  REQUIRE(json["tests"].size() == 76);
  for (const auto& each : json["tests"]) {
    CAPTURE(each["id"].get<std::string>());
    const bool shares = each["measure"] == "proportion";
    const auto side = [&](const std::string& which) {
      TestSide result;
      result.w = each["w" + which];
      result.q = each["q" + which];
      if (shares) {
        result.r = each["r" + which];
      } else {
        result.mean = each["m" + which];
        result.squares = each["s" + which];
      }
      return result;
    };
    const auto* dialect = dialect_named(each["dialect"].get<std::string>());
    REQUIRE(dialect != nullptr);
    // The file asks for the formulas, whatever a dialect would not test.
    auto formulas = *dialect;
    formulas.extremes = true;
    const auto test =
        test_columns(formulas, shares ? Measure::proportion : Measure::mean, side("1"), side("2"),
                     {each["w0"], each["q0"]}, {.least_effective = 0});
    const auto& expect = each["expect"];
    CHECK(test.reason == "");
    REQUIRE(test.p.has_value());
    check_near(*test.a, expect[shares ? "p1" : "m1"], 1e-9);
    check_near(*test.b, expect[shares ? "p2" : "m2"], 1e-9);
    check_near(*test.se, expect["se"], 1e-9);
    check_near(*test.statistic, expect["stat"], 1e-9);
    CHECK(test.df.has_value() == !expect["df"].is_null());
    if (test.df) check_near(*test.df, expect["df"], 1e-9);
    const double p = expect["p"];
    if (p > 1e-300)
      check_near(*test.p, p, 1e-7);
    else
      CHECK(*test.p < 1e-300);
  }
  REQUIRE(json["adjustments"].size() == 6);
  for (const auto& family : json["adjustments"]) {
    CAPTURE(family["id"].get<std::string>());
    for (const char* name : {"bonferroni", "holm", "bh"}) {
      const auto found = adjusted(family["p"], *adjustment_named(name));
      REQUIRE(found.size() == family[name].size());
      for (std::size_t i = 0; i < found.size(); ++i) check_near(found[i], family[name][i], 1e-7);
    }
  }
}

TEST_CASE("column tests: the row that the Quantum manual prints") {
  const auto a = plain_share(125, 16);
  const auto b = plain_share(312, 128);
  const auto quantum = of_shares("quantum", a, b);
  CHECK(std::round(*quantum.se * 1e6) == 49813);
  CHECK(*quantum.df == 436);
  CHECK(std::round(*quantum.statistic * 1e6) == -5666362);
  for (const char* pooled : {"spss", "wincross_pooled", "effective"})
    CHECK(std::round(*of_shares(pooled, a, b).statistic * 1e6) == -5672856);
  for (const char* unpooled : {"wincross_unpooled", "crunch", "askia"})
    CHECK(std::round(*of_shares(unpooled, a, b).statistic * 1e6) == -6910257);
  // The other way round the sign alone changes.
  CHECK(*of_shares("quantum", b, a).statistic == -*quantum.statistic);
}

TEST_CASE("column tests: why not, in order") {
  const auto a = plain_share(125, 16);
  CHECK(of_shares("unicom", a, plain_share(0, 0)).reason == "empty_base");
  CHECK(!of_shares("unicom", a, plain_share(0, 0)).b);
  CHECK(of_shares("unicom", a, plain_share(29, 10)).reason == "small_base");
  CHECK(of_shares("unicom", a, plain_share(30, 10)).reason == "");
  CHECK(of_shares("unicom", a, plain_share(29, 10), {}, {.least_effective = 29}).reason == "");
  CHECK(of_shares("unicom", a, plain_share(250, 32)).reason == "equal");
  CHECK(of_shares("unicom", plain_share(40, 0), plain_share(50, 0)).reason == "equal");
  // SPSS looks at extremes first.
  CHECK(of_shares("spss", a, plain_share(1.5, 1)).reason == "base_below_2");
  CHECK(of_shares("spss", a, plain_share(20, 0)).reason == "zero_or_one");
  CHECK(of_shares("spss", a, plain_share(20, 20)).reason == "zero_or_one");
  CHECK(of_shares("spss", a, plain_share(20, 10)).reason == "small_base");
  // askia: 40 of the column times a share of .1 is below 5.
  const TestRules of_group{.least_effective = 0, .group_share = 0.1};
  CHECK(of_shares("askia", a, plain_share(40, 10), {}, of_group).reason == "expected_below_5");
  CHECK(of_shares("askia", a, plain_share(50, 10), {}, of_group).reason == "");
  CHECK(of_shares("crunch", a, plain_share(80, 40), {10, 10}).reason == "overlap");
}

TEST_CASE("column tests: a part is not held against nearly all or next to nothing of its whole") {
  const TestRules total{.least_effective = 0, .total = true};
  const auto whole = plain_share(1000, 500);
  const auto part = [&](double n) {
    return of_shares("wincross", plain_share(n, n / 4), whole, {n, n}, total).reason;
  };
  CHECK(part(49) == "part_of_whole");
  CHECK(part(50) == "");
  CHECK(part(950) == "");
  CHECK(part(951) == "part_of_whole");
}

TEST_CASE("column tests: the sums of a mean") {
  // 1, 1, 4 with weights 1 each, far from 0: mean 1e9 + 2, squares 1 + 1 + 4.
  const double origin = 1e9;
  const auto plain = mean_side({{origin + 1, rows(2)}, {origin + 4, rows(1)}}, false);
  CHECK(plain.w == 3);
  CHECK(plain.mean == origin + 2);
  CHECK(plain.squares == 6);
  CHECK(plain.sample_variance == 3);
  // Weights 1, 1 of the value 0 and 3 of the value 5: mean 3, squares 9 + 9 + 3 * 4.
  Sums low = rows(2);
  low.w.add_ones(2);
  low.w2.add_ones(2);
  Sums high = rows(1);
  high.w.add_ones(3);
  high.w2.add_ones(9);
  const auto weighted = mean_side({{0, low}, {5, high}}, true);
  CHECK(weighted.w == 5);
  CHECK(weighted.q == 11);
  CHECK(weighted.mean == 3);
  CHECK(weighted.squares == 30);
  // Unweighted 0, 0, 5 about 5/3: (25 - 25/3) / 2.
  check_near(weighted.sample_variance, (25 - 25.0 / 3) / 2, 1e-15);
}

TEST_CASE("column tests: levels") {
  const auto& effective = *dialect_named("effective");
  const auto& askia = *dialect_named("askia");
  ColumnTest test;
  CHECK(!level_reached(effective, test, 0, false, {95}));
  test.p = 0.05;
  test.statistic = 1.96;
  CHECK(level_reached(effective, test, 0.05, false, {95, 90}) == 0);
  CHECK(level_reached(effective, test, 0.0500001, true, {95, 90}) == 1);
  CHECK(level_reached(effective, test, 0.1, true, {95, 90}) == 1);
  CHECK(!level_reached(effective, test, 0.11, true, {95, 90}));
  // Strictly above the rounded cut-off.
  CHECK(level_reached(askia, test, 0.05, false, {95, 90}) == 1);
  test.statistic = -1.961;
  CHECK(level_reached(askia, test, 0.05, false, {95, 90}) == 0);
  test.statistic = 1.65;
  CHECK(!level_reached(askia, test, 0.09, false, {95, 90}));
}

TEST_CASE("column tests: every dialect has a name of its own") {
  for (const auto& dialect : dialects()) CHECK(dialect_named(dialect.name) == &dialect);
  CHECK(dialect_named("unpooled") == nullptr);
}

}  // namespace
}  // namespace sondeo
