// SPDX-License-Identifier: MIT
#include "weight/distribution.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace sondeo {
namespace {

double quantile_of(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const auto at = p * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const auto high = std::min(low + 1, values.size() - 1);
  return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

TEST_CASE("distribution: by hand") {
  WeightDistribution weights;
  for (const double w : {2.0, 0.0, 1.0, 1.0, 4.0}) weights.add(w);
  CHECK(weights.n() == 4);
  CHECK(weights.zero() == 1);
  CHECK(weights.sum() == 8);
  CHECK(weights.sum_of_squares() == 22);
  CHECK(weights.deff() == doctest::Approx(4 * 22.0 / 64));
  CHECK(weights.effective_n() == doctest::Approx(64.0 / 22));
  CHECK(weights.least() == 1);
  CHECK(weights.largest() == 4);
  CHECK(weights.quantile(0.5) == 1.5);
  CHECK(weights.quantile(0) == 1);
  CHECK(weights.quantile(1) == 4);
  CHECK(weights.quantile(0.9) == doctest::Approx(3.4));
}

TEST_CASE("distribution: parts merged are the whole, exactly") {
  std::mt19937 random(1);
  std::lognormal_distribution<double> draw(0, 1);
  WeightDistribution whole;
  WeightDistribution parts[3];
  std::vector<double> values;
  for (int i = 0; i < 20000; ++i) {
    const auto weight = i % 3 == 0 ? 0.25 * static_cast<double>(1 + random() % 9) : draw(random);
    values.push_back(weight);
    whole.add(weight);
    parts[random() % 3].add(weight);
  }
  parts[1].merge(parts[2]);
  parts[0].merge(parts[1]);
  CHECK(parts[0].n() == whole.n());
  CHECK(parts[0].sum() == whole.sum());
  CHECK(parts[0].sum_of_squares() == whole.sum_of_squares());
  for (const double p : {0.0, 0.05, 0.3, 0.5, 0.95, 1.0}) {
    CHECK(parts[0].quantile(p) == whole.quantile(p));
    CHECK(whole.quantile(p) == quantile_of(values, p));
  }
}

TEST_CASE("distribution: beyond the limit percentiles are right to 8e-6 and the rest exact") {
  std::mt19937 random(2);
  std::lognormal_distribution<double> draw(0, 0.7);
  WeightDistribution one;
  WeightDistribution other;
  std::vector<double> values;
  for (int i = 0; i < 700000; ++i) {
    const auto weight = draw(random);
    values.push_back(weight);
    (i % 2 == 0 ? one : other).add(weight);
  }
  one.merge(other);
  CHECK_FALSE(one.exact());
  CHECK(one.n() == 700000);
  CHECK(one.least() == *std::min_element(values.begin(), values.end()));
  CHECK(one.quantile(1) == *std::max_element(values.begin(), values.end()));
  for (const double p : {0.01, 0.05, 0.5, 0.95, 0.99})
    CHECK(std::fabs(one.quantile(p) / quantile_of(values, p) - 1) < 8e-6);
}

}  // namespace
}  // namespace sondeo
