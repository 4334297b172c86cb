// SPDX-License-Identifier: MIT
// Against quantile() of R for equal weights and svyquantile() of R's survey for others.
#include "infer/quantile.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <utility>

namespace sondeo {
namespace {

using Rows = std::vector<std::pair<double, double>>;  // value, weight

std::vector<WeightedValue> gathered(const Rows& rows) {
  std::map<double, WeightedValue> values;
  for (const auto& [value, weight] : rows) {
    auto& each =
        values.try_emplace(value, WeightedValue{value, 0, 0, weight, weight}).first->second;
    each.weight += weight;
    each.rows += 1;
    each.heaviest = std::max(each.heaviest, weight);
    each.lightest = std::min(each.lightest, weight);
  }
  std::vector<WeightedValue> result;
  for (const auto& each : values) result.push_back(each.second);
  return result;
}

Rows equal(std::initializer_list<double> values, double weight = 1) {
  Rows rows;
  for (const double value : values) rows.emplace_back(value, weight);
  return rows;
}

void check_all(const std::vector<WeightedValue>& values, const char* rule,
               const std::vector<double>& shares, const std::vector<double>& expected) {
  CAPTURE(rule);
  REQUIRE(shares.size() == expected.size());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    CAPTURE(shares[i]);
    const double found = quantile(values, shares[i], *quantile_rule_named(rule));
    CHECK(std::abs(found - expected[i]) <= 1e-13 * std::abs(expected[i]));
  }
}

TEST_CASE("equal weights, ties among the values: Hyndman and Fan") {
  const std::vector<double> shares = {0, .03, .1, .25, .4, .5, .75, .9, .97, 1};
  for (const double weight : {1.0, 37.25}) {
    const auto values = gathered(equal({3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8}, weight));
    check_all(values, "hf1", shares, {1, 1, 1, 2, 3, 4, 5, 8, 9, 9});
    check_all(values, "hf2", shares, {1, 1, 1, 2.5, 3, 4.5, 5.5, 8, 9, 9});
    check_all(values, "hf4", shares, {1, 1, 1, 2, 3, 4, 5, 7.6, 8.64, 9});
    check_all(values, "hf5", shares, {1, 1, 1, 2.5, 3.3, 4.5, 5.5, 8.3, 9, 9});
    check_all(values, "hf6", shares, {1, 1, 1, 2.25, 3.2, 4.5, 5.75, 8.7, 9, 9});
    check_all(values, "hf7", shares, {1, 1, 1.1, 2.75, 3.4, 4.5, 5.25, 7.8, 8.67, 9});
    check_all(values, "hf8", shares,
              {1, 1, 1, 2 + 5 / 12., 3 + 4 / 15., 4.5, 5 + 7 / 12., 8 + 13 / 30., 9, 9});
    check_all(values, "hf9", shares, {1, 1, 1, 2.4375, 3.275, 4.5, 5.5625, 8.4, 9, 9});
  }
}

TEST_CASE("unequal weights") {
  const auto values = gathered({{10, 1.5}, {20, .75}, {30, 2}, {40, 1.25}, {55, 3}, {70, .5}});
  const std::vector<double> shares = {.2, .35, .5, .8, .9};
  check_all(values, "math", shares, {20, 30, 40, 55, 55});
  check_all(values, "school", shares, {20, 30, 40, 55, 55});
  check_all(values, "hf3", shares, {20, 30, 40, 55, 55});
  check_all(values, "hf4", shares, {14, 24.5, 32, 48.5, 53});
  check_all(values, "hf5", shares,
            {19 + 1 / 3., 29 + 3 / 11., 37 + 9 / 13., 56 + 5 / 7., 64 + 3 / 7.});
  check_all(values, "hf6", shares, {15 + 1 / 3., 25.375, 34, 50.5, 56.5});
  check_all(values, "hf7", shares, {22 + 2 / 3., 33.625, 40, 61.5, 65.75});
  check_all(values, "hf8", shares,
            {18 + 1 / 3., 27 + 12 / 19., 36 + 2 / 3., 53 + 28 / 29., 63.4375});
  check_all(values, "hf9", shares, {18 + 20 / 33., 28, 36 + 46 / 49., 54.52, 63 + 17 / 23.});
}

TEST_CASE("a cumulative weight that hits pW on paper hits it here") {
  // 0.1 + 0.2 is not 0.3 in binary; half of 0.6 is.
  const auto values = gathered({{1, .1}, {2, .2}, {3, .1}, {4, .2}});
  check_all(values, "math", {.5}, {2});
  check_all(values, "school", {.5}, {2.5});
  // The second value has an even index, the first an odd one.
  check_all(values, "hf3", {.5, 1 / 6.}, {2, 2});
  check_all(values, "hf4", {.5}, {2});
}

TEST_CASE("below the first cumulative weight every rule gives the first value") {
  const auto values = gathered(equal({1, 2, 3, 4}));
  for (const char* rule : {"math", "school", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"}) {
    check_all(values, rule, {0, -.2}, {1, 1});
    check_all(values, rule, {1, 1.2}, {4, 4});
  }
  check_all(values, "math", {.1}, {1});
  check_all(values, "hf4", {.1}, {1});
}

TEST_CASE("one value alone") {
  const auto values = gathered({{7, 2.5}});
  for (const char* rule : {"math", "school", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"}) {
    check_all(values, rule, {0, .3, .5, 1}, {7, 7, 7, 7});
  }
}

TEST_CASE("the order of tied rows is that of their weights, not of the file") {
  const Rows rows = {{1, 1}, {2, .5}, {2, 3}, {2, 1}, {3, 2}};
  auto reversed = rows;
  std::reverse(reversed.begin(), reversed.end());
  for (const auto rule : {QuantileRule::hf4, QuantileRule::hf5, QuantileRule::hf7}) {
    for (double p = 0; p <= 1; p += .01) {
      CHECK(quantile(gathered(rows), p, rule) == quantile(gathered(reversed), p, rule));
    }
  }
  // hf4: the first row of 2 has weight 3: from (1/7.5, 1) to (4/7.5, 2).
  check_all(gathered(rows), "hf4", {2.5 / 7.5, 4 / 7.5}, {1.5, 2});
}

TEST_CASE("Woodruff limits") {
  const auto values = gathered(equal({10, 20, 30, 40, 50, 60, 70, 80, 90, 100}));
  CHECK(std::abs(share_up_to(values, 50) - .5) < 1e-15);
  CHECK(share_up_to(values, 9) == 0);
  CHECK(share_up_to(values, 55) == share_up_to(values, 50));
  const auto limits = woodruff_limits(values, QuantileRule::math, .25, .75, 2);
  CHECK(limits.low == 30);
  CHECK(limits.high == 80);
  CHECK(limits.se == 12.5);
  const auto open = woodruff_limits(values, QuantileRule::math, .8, 1.02, 2);
  CHECK(open.low == 80);
  CHECK(!open.high);
  CHECK(!open.se);
  CHECK(open.reason == "beyond_data");
}

}  // namespace
}  // namespace sondeo
