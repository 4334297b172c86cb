// SPDX-License-Identifier: MIT
#include "weight/calibrate.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

namespace sondeo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// People of one profile with a number each.
struct Sample {
  CalibrationUnits units;
  std::vector<MarginCells> margins;
  std::vector<double> totals;
};

Sample sample(unsigned seed, double shift) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0.5, 2);
  Sample made;
  double sum = 0;
  double sum_of_numbers = 0;
  for (int i = 0; i < 200; ++i) {
    made.units.profile.push_back(i % 2);
    made.units.base.push_back(unit(random));
    made.units.numbers.push_back(10 * unit(random));
    sum += made.units.base.back();
    sum_of_numbers += made.units.base.back() * made.units.numbers.back();
  }
  made.margins = {{{0, 1}, {0.45 * sum, 0.55 * sum}}};
  made.totals = {sum_of_numbers * shift};
  return made;
}

std::vector<double> weights_of(const Sample& sample, const Calibration& calibration,
                               Distance distance, const WeightBounds& bounds) {
  std::vector<double> weights;
  for (std::size_t i = 0; i < sample.units.size(); ++i) {
    const auto u = calibration.predictor[sample.units.profile[i]] +
                   calibration.slopes[0] * sample.units.numbers[i];
    weights.push_back(calibrated_weight(sample.units.base[i], u, distance, bounds));
  }
  return weights;
}

void check_targets(const Sample& sample, const std::vector<double>& weights) {
  double cells[2] = {0, 0};
  double total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    cells[sample.units.profile[i]] += weights[i];
    total += weights[i] * sample.units.numbers[i];
  }
  CHECK(cells[0] == doctest::Approx(sample.margins[0].target[0]).epsilon(1e-10));
  CHECK(cells[1] == doctest::Approx(sample.margins[0].target[1]).epsilon(1e-10));
  CHECK(total == doctest::Approx(sample.totals[0]).epsilon(1e-10));
}

TEST_CASE("calibrate: linear to one total is the ratio of sums") {
  CalibrationUnits units{{0, 0, 0}, {1, 2, 1}, {}, {1, 2, 4}};
  // sum of w x = 9, of w x^2 = 25: g = 1 + x (12 - 9) / 25.
  const auto found =
      calibrate(units, 1, {}, {12}, Distance::linear, {-infinity, infinity, 0, infinity}, {});
  CHECK(found.converged);
  CHECK(found.slopes[0] == doctest::Approx(3.0 / 25).epsilon(1e-13));
}

TEST_CASE("calibrate: repeated units are units with a count") {
  const CalibrationUnits apart{{0, 0, 0, 1}, {1, 1, 2, 1}, {}, {1, 1, 2, 4}};
  const CalibrationUnits together{{0, 0, 1}, {1, 2, 1}, {2, 1, 1}, {1, 2, 4}};
  const std::vector<MarginCells> margins{{{0, 1}, {5, 2}}};
  const auto a = calibrate(apart, 2, margins, {16}, Distance::raking, {}, {});
  const auto b = calibrate(together, 2, margins, {16}, Distance::raking, {}, {});
  CHECK(a.converged);
  CHECK(b.slopes[0] == doctest::Approx(a.slopes[0]).epsilon(1e-10));
}

TEST_CASE("calibrate: every distance meets its targets inside its bounds") {
  const WeightBounds free{-infinity, infinity, 0, infinity};
  const WeightBounds tight{0.6, 1.7, 0, infinity};
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto made = sample(seed, 1.04);
    for (const auto distance : {Distance::linear, Distance::raking, Distance::logit}) {
      for (const auto& bounds : {free, tight}) {
        if (distance == Distance::logit && std::isinf(bounds.largest_ratio)) continue;
        const auto found =
            calibrate(made.units, 2, made.margins, made.totals, distance, bounds, {});
        REQUIRE(found.converged);
        const auto weights = weights_of(made, found, distance, bounds);
        check_targets(made, weights);
        for (std::size_t i = 0; i < weights.size(); ++i) {
          CHECK(weights[i] / made.units.base[i] >= bounds.least_ratio - 1e-12);
          CHECK(weights[i] / made.units.base[i] <= bounds.largest_ratio + 1e-12);
        }
      }
    }
  }
}

TEST_CASE("calibrate: bounds of the weight hold, and the others are as raking makes them") {
  const auto made = sample(7, 1.02);
  const WeightBounds caps{0, infinity, 0.7, 1.9};
  const auto found =
      calibrate(made.units, 2, made.margins, made.totals, Distance::raking, caps, {});
  REQUIRE(found.converged);
  const auto weights = weights_of(made, found, Distance::raking, caps);
  check_targets(made, weights);
  int capped = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    CHECK(weights[i] >= 0.7 - 1e-12);
    CHECK(weights[i] <= 1.9 + 1e-12);
    const auto u = found.predictor[made.units.profile[i]] + found.slopes[0] * made.units.numbers[i];
    const auto free = made.units.base[i] * std::exp(u);
    if (free > 0.7 && free < 1.9)
      CHECK(weights[i] == doctest::Approx(free));
    else
      ++capped;
  }
  CHECK(capped > 10);
}

TEST_CASE("calibrate: logit with wide bounds is raking") {
  const auto made = sample(3, 1.05);
  const WeightBounds wide{0, 1e9, 0, infinity};
  const auto logit = calibrate(made.units, 2, made.margins, made.totals, Distance::logit, wide, {});
  const auto raking = calibrate(made.units, 2, made.margins, made.totals, Distance::raking, {}, {});
  CHECK(logit.slopes[0] == doctest::Approx(raking.slopes[0]).epsilon(1e-6));
}

TEST_CASE("calibrate: what the bounds leave no room for does not converge") {
  const auto made = sample(5, 1.5);
  const auto found = calibrate(made.units, 2, made.margins, made.totals, Distance::logit,
                               {0.99, 1.01, 0, infinity}, {});
  CHECK_FALSE(found.converged);
  CHECK(found.gap.relative > 0.01);
}

}  // namespace
}  // namespace sondeo
