// SPDX-License-Identifier: MIT
#include "tabulate/packed_sums.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace sondeo {
namespace {

Sums exact(const std::vector<double>& weights) {
  Sums sums;
  for (const double weight : weights) {
    ++sums.n;
    sums.n_positive += weight > 0;
    sums.w.add(*ExactSum::term(weight));
    sums.w2.add(*ExactSum::term(weight * weight));
  }
  return sums;
}

Sums packed(const PackedScale& scale, const std::vector<double>& weights) {
  PackedSums sum;
  for (const double weight : weights) sum.add(scale.pack(weight));
  Sums sums;
  scale.unpack(sum, sums);
  return sums;
}

// The largest double below 2^(exponent + 1).
double largest_of(int exponent) { return std::nextafter(std::ldexp(1.0, exponent + 1), 0); }

}  // namespace

TEST_CASE("PackedScale: sums of random weights are the exact sums") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    const int smallest = static_cast<int>(random() % 88) - 38;
    const int span = static_cast<int>(random() % 17);
    const PackedScale scale(smallest, std::min(smallest + span, 49));
    std::vector<double> weights;
    const auto count = 1 + random() % 300;
    for (std::size_t i = 0; i < count; ++i) {
      const auto room = static_cast<std::uint64_t>(scale.largest() - scale.smallest() + 1);
      const int exponent = scale.smallest() + static_cast<int>(random() % room);
      const double mantissa = 1 + static_cast<double>(random() >> 12) * 0x1p-52;
      weights.push_back(random() % 10 == 0 ? 0 : std::ldexp(mantissa, exponent));
      REQUIRE(scale.holds(weights.back()));
    }
    REQUIRE(packed(scale, weights) == exact(weights));
  }
}

TEST_CASE("PackedScale: fields do not run over with as many of the largest as may be added") {
  for (int span = 0; span <= PackedScale::widest_span; ++span) {
    CAPTURE(span);
    for (const int smallest : {PackedScale::least_exponent, -3, 49 - span}) {
      const PackedScale scale(smallest, smallest + span);
      REQUIRE(scale.smallest() == smallest);
      REQUIRE(scale.largest() == smallest + span);
      const double weight = largest_of(scale.largest());
      REQUIRE(scale.holds(weight));
      // Doubling a sum is adding it to itself, so that 2^k rows take k steps.
      PackedSums sum;
      PackedSums power = scale.pack(weight);
      Sums expected;
      Sums exact_power = exact({weight});
      for (auto rest = scale.most_rows(); rest > 0; rest >>= 1) {
        if (rest & 1) {
          sum.add(power);
          expected.add(exact_power);
        }
        power.add(PackedSums(power));
        exact_power.add(Sums(exact_power));
      }
      Sums found;
      scale.unpack(sum, found);
      REQUIRE(found.n == scale.most_rows());
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("PackedScale: what it holds, and what it cannot") {
  const PackedScale scale(-2, 3);
  CHECK(scale.holds(0));
  CHECK(scale.holds(0.25));
  CHECK(scale.holds(largest_of(3)));
  CHECK_FALSE(scale.holds(std::nextafter(0.25, 0)));
  CHECK_FALSE(scale.holds(16));
  CHECK_FALSE(scale.holds(1e-300));
  CHECK_FALSE(scale.holds(1e300));
  // Too wide, and out of bounds: the largest stay.
  const PackedScale wide(-30, 10);
  CHECK(wide.largest() == 10);
  CHECK(wide.smallest() == 10 - PackedScale::widest_span);
  CHECK(PackedScale(-100, -60).smallest() == PackedScale::least_exponent);
  CHECK(PackedScale(60, 100).largest() == PackedScale::greatest_exponent);
}

TEST_CASE("PackedScale: rows without weights") {
  const PackedScale scale;
  CHECK(PackedSums{}.empty());
  CHECK_FALSE(scale.pack(0).empty());
  Sums sums;
  scale.unpack(scale.pack_count(1234567), sums);
  CHECK(sums.n == 1234567);
  CHECK(sums.n_positive == 0);
  CHECK(sums.w == ExactSum{});
}

}  // namespace sondeo
