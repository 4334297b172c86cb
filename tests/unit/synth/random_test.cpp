// SPDX-License-Identifier: MIT
#include "synth/random.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <set>

namespace sondeo {

TEST_CASE("draws: the same numbers on every machine") {
  // Worked out apart from this code, in Python.
  const Draws draws(7, "owner");
  CHECK(draws.bits(0) == 0x483fc1c3f38556f1ULL);
  CHECK(draws.bits(1) == 0x3c522f615463aba3ULL);
  CHECK(draws.below(0, 1000) == 282);
  CHECK(draws.bell(0) == 31681);
}

TEST_CASE("draws: seed, purpose and place tell streams apart") {
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (const auto* purpose : {"", "a", "b", "ab"}) {
      for (std::uint64_t at = 0; at < 10; ++at) seen.insert(Draws(seed, purpose).bits(at));
    }
  }
  CHECK(seen.size() == 400);
}

TEST_CASE("draws: below is even, bell is about normal") {
  const Draws draws(1, "even");
  std::vector<int> counts(7);
  for (std::uint64_t i = 0; i < 70000; ++i) ++counts[draws.below(i, 7)];
  for (const auto count : counts) CHECK(std::abs(count - 10000) < 400);  // four standard errors

  double sum = 0;
  double squares = 0;
  int beyond = 0;
  constexpr int n = 50000;
  for (std::uint64_t i = 0; i < n; ++i) {
    const auto value = static_cast<double>(draws.bell(i)) / bell_unit;
    sum += value;
    squares += value * value;
    beyond += std::abs(value) > 1.96;
  }
  CHECK(std::abs(sum / n) < 0.02);
  CHECK(std::abs(squares / n - 1) < 0.03);
  CHECK(std::abs(beyond / static_cast<double>(n) - 0.05) < 0.005);
}

TEST_CASE("correlated: as strong as was said") {
  const Draws one(3, "one");
  const Draws two(3, "two");
  for (const int percent : {-80, 0, 30, 95}) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (std::uint64_t i = 0; i < 40000; ++i) {
      const auto x = static_cast<double>(one.bell(i));
      const auto y = static_cast<double>(correlated(one.bell(i), two.bell(i), percent));
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
    CHECK(std::abs(xy / std::sqrt(xx * yy) - percent / 100.0) < 0.02);
    CHECK(std::abs(std::sqrt(yy / xx) - 1) < 0.03);
  }
}

TEST_CASE("weights: the exact sum, all positive, a believable spread") {
  for (const std::size_t n : {std::size_t{1}, std::size_t{2}, std::size_t{30}, std::size_t{1000}}) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      const auto weights = draw_weights(Draws(seed, "weight"), n);
      CHECK(std::accumulate(weights.begin(), weights.end(), std::int64_t{0}) ==
            static_cast<std::int64_t>(n) * weight_unit);
      double squares = 0;
      for (const auto weight : weights) {
        CHECK(weight > 0);
        CHECK(weight < 12 * weight_unit);
        squares += static_cast<double>(weight * weight);
      }
      const auto deff = squares / static_cast<double>(n) / (weight_unit * double{weight_unit});
      if (n == 1000) {
        CHECK(deff > 1.18);
        CHECK(deff < 1.4);
      }
    }
  }
}

}  // namespace sondeo
