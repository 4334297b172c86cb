// SPDX-License-Identifier: MIT
#include "infer/chi_square_mixture.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>

#include "infer/distribution.h"

namespace sondeo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void check_close(double found, double expected, double relative) {
  CHECK(std::abs(found - expected) <= relative * std::abs(expected));
}

TEST_CASE("one term is a chi-square, in both tails") {
  for (const double df : {.5, 1.0, 2.0, 7.3, 40.0, 900.0}) {
    for (const double ratio : {1e-6, .01, .5, 1.0, 1.5, 3.0, 20.0}) {
      const double value = ratio * df;
      const double expected = chi_square_upper(value, df);
      CAPTURE(df);
      CAPTURE(ratio);
      if (expected > 0)
        check_close(chi_square_mixture_upper({{3, df}}, 3 * value), expected, 2e-12);
    }
  }
}

TEST_CASE("pairs of equal terms are sums of exponentials, which have a closed form") {
  // coefficient * chi-square(2) is exponential with mean 2 * coefficient.
  const double a[] = {.6, .3, .1};
  for (const double value : {.01, .2, 1.0, 2.0, 6.0, 50.0, 300.0}) {
    double expected = 0;
    for (int i = 0; i < 3; ++i) {
      double factor = 1;
      for (int j = 0; j < 3; ++j) {
        if (j != i) factor *= a[i] / (a[i] - a[j]);
      }
      expected += factor * std::exp(-value / (2 * a[i]));
    }
    CAPTURE(value);
    check_close(chi_square_mixture_upper({{.6, 2}, {.3, 2}, {.1, 2}}, value), expected, 1e-12);
  }
}

TEST_CASE("terms of both signs: the difference of two exponentials") {
  // X - Y with means 2a, 2b: P(X - Y > v) = a/(a+b) e^(-v/2a), v > 0.
  check_close(chi_square_mixture_upper({{1.5, 2}, {-.5, 2}}, 4), .75 * std::exp(-4 / 3.), 1e-12);
  check_close(chi_square_mixture_upper({{1.5, 2}, {-.5, 2}}, 0), .75, 1e-12);
  check_close(chi_square_mixture_upper({{1.5, 2}, {-.5, 2}}, -3), 1 - .25 * std::exp(-3.), 1e-12);
}

TEST_CASE("the printed values of Imhof (1961, table 1)") {
  const std::vector<ChiSquareTerm> q1 = {{.6, 1}, {.3, 1}, {.1, 1}};
  CHECK(std::abs(chi_square_mixture_upper(q1, .1) - .9458) < 5e-5);
  CHECK(std::abs(chi_square_mixture_upper(q1, .7) - .5064) < 5e-5);
  CHECK(std::abs(chi_square_mixture_upper(q1, 2) - .1240) < 5e-5);
}

TEST_CASE("a ratio with equal coefficients is F") {
  for (const double d : {1.0, 3.5, 14.0, 145.6, 5000.0, 1e6}) {
    for (const double f : {.05, 1.0, 4.0, 30.0}) {
      CAPTURE(d);
      CAPTURE(f);
      check_close(chi_square_mixture_ratio_upper({.7, .7, .7}, 3 * .7 * f, d), f_upper(f, 3, d),
                  1e-11);
    }
  }
  check_close(chi_square_mixture_ratio_upper({.7, .7}, 2, infinity),
              chi_square_mixture_upper({{.7, 1}, {.7, 1}}, 2), 1e-14);
}

TEST_CASE("what is no question has no answer, and what is certain is certain") {
  CHECK(std::isnan(chi_square_mixture_upper({{1, 1}}, std::nan(""))));
  CHECK(std::isnan(chi_square_mixture_upper({{infinity, 1}}, 1)));
  CHECK(std::isnan(chi_square_mixture_upper({{1, 0}}, 1)));
  CHECK(chi_square_mixture_upper({}, 1) == 0);
  CHECK(chi_square_mixture_upper({{0, 3}}, -1) == 1);
  CHECK(chi_square_mixture_upper({{2, 1}}, infinity) == 0);
  CHECK(chi_square_mixture_upper({{2, 1}}, -1) == 1);
  CHECK(chi_square_mixture_upper({{-2, 1}}, 1) == 0);
}

}  // namespace
}  // namespace sondeo
