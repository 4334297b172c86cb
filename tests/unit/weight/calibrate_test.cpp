// SPDX-License-Identifier: MIT
#include "weight/calibrate.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

namespace sondeo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// People one by one: profile, old weight, and a number.
struct People {
  std::vector<std::uint32_t> profile;
  std::vector<double> base;
  std::vector<double> numbers;
  std::vector<double> records;  // the same, by profile

  std::size_t size() const { return profile.size(); }

  // The records must not move after this.
  CalibrationUnits units(std::uint32_t profiles) {
    std::vector<std::size_t> ends;
    records.clear();
    for (std::uint32_t p = 0; p < profiles; ++p) {
      for (std::size_t i = 0; i < size(); ++i) {
        if (profile[i] == p) records.insert(records.end(), {base[i], numbers[i]});
      }
      ends.push_back(records.size());
    }
    CalibrationUnits made;
    made.width = 2;
    made.numbers = {1};
    std::size_t start = 0;
    for (const auto end : ends) {
      made.profiles.push_back({records.data() + start, (end - start) / 2, 1, 1});
      start = end;
    }
    return made;
  }
};

struct Sample {
  People people;
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
    made.people.profile.push_back(i % 2);
    made.people.base.push_back(unit(random));
    made.people.numbers.push_back(10 * unit(random));
    sum += made.people.base.back();
    sum_of_numbers += made.people.base.back() * made.people.numbers.back();
  }
  made.margins = {{{0, 1}, {0.45 * sum, 0.55 * sum}}};
  made.totals = {sum_of_numbers * shift};
  return made;
}

std::vector<double> weights_of(const Sample& sample, const Calibration& calibration,
                               Distance distance, const WeightBounds& bounds) {
  std::vector<double> weights;
  for (std::size_t i = 0; i < sample.people.size(); ++i) {
    const auto u = calibration.predictor[sample.people.profile[i]] +
                   calibration.slopes[0] * sample.people.numbers[i];
    weights.push_back(calibrated_weight(sample.people.base[i], u, distance, bounds));
  }
  return weights;
}

void check_targets(const Sample& sample, const std::vector<double>& weights) {
  double cells[2] = {0, 0};
  double total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    cells[sample.people.profile[i]] += weights[i];
    total += weights[i] * sample.people.numbers[i];
  }
  CHECK(cells[0] == doctest::Approx(sample.margins[0].target[0]).epsilon(1e-10));
  CHECK(cells[1] == doctest::Approx(sample.margins[0].target[1]).epsilon(1e-10));
  CHECK(total == doctest::Approx(sample.totals[0]).epsilon(1e-10));
}

TEST_CASE("calibrate: linear to one total is the ratio of sums") {
  People people{{0, 0, 0}, {1, 2, 1}, {1, 2, 4}, {}};
  // sum of w x = 9, of w x^2 = 25: g = 1 + x (12 - 9) / 25.
  const auto found = calibrate(people.units(1), {}, {12}, Distance::linear,
                               {-infinity, infinity, 0, infinity}, {});
  CHECK(found.converged);
  CHECK(found.slopes[0] == doctest::Approx(3.0 / 25).epsilon(1e-13));
}

TEST_CASE("calibrate: repeated units are units with a count") {
  People people{{0, 0, 0, 1, 1}, {1, 1, 2, 1, 1}, {1, 1, 2, 4, 4}, {}};
  const std::vector<MarginCells> margins{{{0, 1}, {5, 3}}};
  auto units = people.units(2);
  const auto a = calibrate(units, margins, {20}, Distance::raking, {}, {});
  // The last two as one that stands for both.
  units.profiles[1].size = 1;
  units.profiles[1].times = 2;
  const auto b = calibrate(units, margins, {20}, Distance::raking, {}, {});
  CHECK(a.converged);
  CHECK(b.slopes[0] == a.slopes[0]);
  CHECK(b.predictor == a.predictor);
  std::vector<double> counts;
  each_unit(units, 0, [&](double base, double count, const double* record) {
    CHECK(base == record[0]);
    counts.push_back(count);
  });
  CHECK(counts == std::vector<double>{2, 1});
}

TEST_CASE("calibrate: every distance meets its targets inside its bounds") {
  const WeightBounds free{-infinity, infinity, 0, infinity};
  const WeightBounds tight{0.6, 1.7, 0, infinity};
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto made = sample(seed, 1.04);
    for (const auto distance : {Distance::linear, Distance::raking, Distance::logit}) {
      for (const auto& bounds : {free, tight}) {
        if (distance == Distance::logit && std::isinf(bounds.largest_ratio)) continue;
        const auto found =
            calibrate(made.people.units(2), made.margins, made.totals, distance, bounds, {});
        REQUIRE(found.converged);
        const auto weights = weights_of(made, found, distance, bounds);
        check_targets(made, weights);
        for (std::size_t i = 0; i < weights.size(); ++i) {
          CHECK(weights[i] / made.people.base[i] >= bounds.least_ratio - 1e-12);
          CHECK(weights[i] / made.people.base[i] <= bounds.largest_ratio + 1e-12);
        }
      }
    }
  }
}

TEST_CASE("calibrate: bounds of the weight hold, and the others are as raking makes them") {
  auto made = sample(7, 1.02);
  const WeightBounds caps{0, infinity, 0.7, 1.9};
  const auto found =
      calibrate(made.people.units(2), made.margins, made.totals, Distance::raking, caps, {});
  REQUIRE(found.converged);
  const auto weights = weights_of(made, found, Distance::raking, caps);
  check_targets(made, weights);
  int capped = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    CHECK(weights[i] >= 0.7 - 1e-12);
    CHECK(weights[i] <= 1.9 + 1e-12);
    const auto u =
        found.predictor[made.people.profile[i]] + found.slopes[0] * made.people.numbers[i];
    const auto free = made.people.base[i] * std::exp(u);
    if (free > 0.7 && free < 1.9)
      CHECK(weights[i] == doctest::Approx(free));
    else
      ++capped;
  }
  CHECK(capped > 10);
}

TEST_CASE("calibrate: logit with wide bounds is raking") {
  auto made = sample(3, 1.05);
  const WeightBounds wide{0, 1e9, 0, infinity};
  const auto logit =
      calibrate(made.people.units(2), made.margins, made.totals, Distance::logit, wide, {});
  const auto raking =
      calibrate(made.people.units(2), made.margins, made.totals, Distance::raking, {}, {});
  CHECK(logit.slopes[0] == doctest::Approx(raking.slopes[0]).epsilon(1e-6));
}

TEST_CASE("calibrate: what the bounds leave no room for does not converge") {
  auto made = sample(5, 1.5);
  const auto found = calibrate(made.people.units(2), made.margins, made.totals, Distance::logit,
                               {0.99, 1.01, 0, infinity}, {});
  CHECK_FALSE(found.converged);
  CHECK(found.gap.relative > 0.01);
}

}  // namespace
}  // namespace sondeo
