// SPDX-License-Identifier: MIT
// Against p.adjust of R.
#include "infer/adjust.h"

#include <doctest/doctest.h>

#include <cmath>

namespace sondeo {
namespace {

void check_all(const std::vector<double>& found, const std::vector<double>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(std::abs(found[i] - expected[i]) < 1e-15);
}

TEST_CASE("adjusted p-values") {
  const std::vector<double> p = {.01, .04, .03, .005, .2, .9};
  check_all(adjusted(p, Adjustment::none), p);
  check_all(adjusted(p, Adjustment::bonferroni), {.06, .24, .18, .03, 1, 1});
  check_all(adjusted(p, Adjustment::holm), {.05, .12, .12, .03, .4, .9});
  check_all(adjusted(p, Adjustment::bh), {.03, .06, .06, .03, .24, .9});
}

TEST_CASE("a test that was not made does not count") {
  const auto found = adjusted({.02, std::nan(""), .04}, Adjustment::bonferroni);
  CHECK(std::abs(found[0] - .04) < 1e-15);
  CHECK(std::isnan(found[1]));
  CHECK(std::abs(found[2] - .08) < 1e-15);
  CHECK(adjusted({}, Adjustment::holm).empty());
}

TEST_CASE("names of adjustments") {
  CHECK(adjustment_named("bh") == Adjustment::bh);
  CHECK(!adjustment_named("fdr"));
}

}  // namespace
}  // namespace sondeo
