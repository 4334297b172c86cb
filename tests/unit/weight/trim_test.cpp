// SPDX-License-Identifier: MIT
#include "weight/trim.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "base/error.h"

namespace sondeo {
namespace {

double sum_after(const Trimming& trimming, const std::vector<double>& weights) {
  double sum = 0;
  for (const auto weight : weights) sum += trimming(weight);
  return sum;
}

TEST_CASE("trim: what is cut is shared equally among those inside") {
  // 1 is raised by 1, 10 cut by 4: the two others get 1.5 each.
  const auto trimming = trim_weights({1, 3, 4, 10}, {2, 6, false});
  CHECK(trimming.shift == 1.5);
  CHECK(trimming(1) == 2);
  CHECK(trimming(3) == 4.5);
  CHECK(trimming(10) == 6);
  CHECK(trimming(0) == 0);
  CHECK(trimming.below == 1);
  CHECK(trimming.above == 1);
}

TEST_CASE("trim: weights may be pushed over the limit, unless strictly") {
  const std::vector<double> weights{1, 4.9, 9};
  const auto once = trim_weights(weights, {0, 5, false});
  CHECK(once(4.9) == doctest::Approx(6.9));
  const auto strictly = trim_weights(weights, {0, 5, true});
  CHECK(strictly(4.9) == 5);
  CHECK(strictly(1) == doctest::Approx(4.9));
}

TEST_CASE("trim: nothing outside, nothing moved; no room, refused") {
  CHECK(trim_weights({1, 1, 1, 2, 2}, {0.5, 3, true}).shift == 0);
  CHECK_THROWS_AS(trim_weights({1, 4}, {0, 2, true}), Error);
  CHECK_THROWS_AS(trim_weights({1, 4}, {2, 3, false}), Error);
}

TEST_CASE("trim: the sum stays, and the order") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::exponential_distribution<double> draw(1);
    std::vector<double> weights;
    double sum = 0;
    for (int i = 0; i < 60; ++i)
      weights.insert(weights.end(), 1 + random() % 3, 0.05 + draw(random));
    std::sort(weights.begin(), weights.end());
    for (const auto weight : weights) sum += weight;
    const auto mean = sum / static_cast<double>(weights.size());
    for (const bool strict : {false, true}) {
      const auto trimming = trim_weights(weights, {0.3 * mean, 1.6 * mean, strict});
      CHECK(sum_after(trimming, weights) == doctest::Approx(sum).epsilon(1e-12));
      for (std::size_t i = 0; i < weights.size(); ++i) {
        if (strict && i > 0) CHECK(trimming(weights[i]) >= trimming(weights[i - 1]));
        if (strict) CHECK(trimming(weights[i]) <= 1.6 * mean);
      }
    }
  }
}

}  // namespace
}  // namespace sondeo
