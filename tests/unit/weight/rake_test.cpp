// SPDX-License-Identifier: MIT
#include "weight/rake.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "problems.h"
#include "weight/calibrate.h"

namespace sondeo {
namespace {

TEST_CASE("rake: a two by two table keeps its odds ratio and gets its margins") {
  // Cells 30 10 / 20 40 to margins 50, 50 and 60, 40.
  const std::vector<double> base{30, 10, 20, 40};
  const std::vector<MarginCells> margins{{{0, 0, 1, 1}, {50, 50}}, {{0, 1, 0, 1}, {60, 40}}};
  const auto raking = rake(base, margins, {1e-14, 1000});
  CHECK(raking.converged);
  std::vector<double> w;
  for (std::size_t i = 0; i < 4; ++i) w.push_back(base[i] * raking.factor[i]);
  CHECK(w[0] + w[1] == doctest::Approx(50).epsilon(1e-13));
  CHECK(w[0] + w[2] == doctest::Approx(60).epsilon(1e-13));
  CHECK(w[0] * w[3] / (w[1] * w[2]) == doctest::Approx(6).epsilon(1e-12));
  // x is the root of x (x - 10) = 6 (50 - x) (60 - x), by hand: 5 x^2 - 650 x + 18000 = 0.
  CHECK(w[0] ==
        doctest::Approx((650 - std::sqrt(650.0 * 650 - 4 * 5 * 18000)) / 10).epsilon(1e-12));
}

TEST_CASE("rake: one margin takes one cycle, and weights of 0 stay") {
  const auto raking = rake({2, 0, 4}, {{{0, 0, 1}, {3, 3}}}, {});
  CHECK(raking.iterations == 1);
  CHECK(raking.factor == std::vector<double>{1.5, 1, 0.75});
}

TEST_CASE("rake: margins that contradict each other do not converge, and the gap says where") {
  const auto raking = rake({2, 2}, {{{0, 1}, {3, 7}}, {{0, 1}, {6, 4}}}, {1e-10, 50});
  CHECK_FALSE(raking.converged);
  CHECK(raking.iterations == 50);
  CHECK(raking.gap.margin == 0);
  CHECK(raking.gap.relative > 0.4);
}

TEST_CASE("rake: people without a cell keep their weight there") {
  // The third has no answer: the first two are 6 in all, and are split 1 to 2.
  const auto raking = rake({3, 3, 4}, {{{0, 1, -1}, {1, 2}}}, {1e-12, 10});
  CHECK(raking.converged);
  CHECK(raking.factor[0] == doctest::Approx(2.0 / 3));
  CHECK(raking.factor[1] == doctest::Approx(4.0 / 3));
  CHECK(raking.factor[2] == 1);
}

TEST_CASE("rake: by margins and by Newton's method the weights are the same") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const auto problem = problems::margins(seed);
    const auto raking = rake(problem.base, problem.margins, {1e-13, 100000});
    REQUIRE(raking.converged);
    CalibrationUnits units;
    for (const auto& base : problem.base) units.profiles.push_back({&base, 1, 1, 1});
    const auto newton = calibrate(units, problem.margins, {}, Distance::raking, {}, {1e-12, 200});
    REQUIRE(newton.converged);
    for (std::size_t i = 0; i < problem.base.size(); ++i) {
      CHECK(calibrated_weight(problem.base[i], newton.predictor[i], Distance::raking, {}) ==
            doctest::Approx(problem.base[i] * raking.factor[i]).epsilon(1e-9));
    }
  }
}

}  // namespace
}  // namespace sondeo
