// SPDX-License-Identifier: MIT
// Against R 4.2: pt, pf, pchisq, qnorm, qbeta, qt, printed with 17 digits.
#include "infer/distribution.h"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <limits>

namespace sondeo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void check_close(double found, double expected, double relative = 1e-13) {
  CHECK(std::abs(found - expected) <= relative * std::abs(expected));
}

TEST_CASE("two-sided p-values of t are exact far in the tail") {
  check_close(t_two_sided(-2.5, 7), 4.0992218585752874e-02);
  check_close(t_two_sided(2.5, 3.7), 7.1822022911826752e-02);
  check_close(t_two_sided(40, 14), 7.7687908002285042e-16);
  check_close(t_two_sided(.001, 5), 9.9924078677219763e-01);
  check_close(t_two_sided(300, 21.5), 1.9733834125874152e-40, 1e-12);
  CHECK(t_two_sided(infinity, 3) == 0);
  CHECK(t_two_sided(0, 3) == 1);
  CHECK(std::isnan(t_two_sided(1, 0)));
}

TEST_CASE("F has real degrees of freedom, an infinite denominator too") {
  check_close(f_upper(5.19336954147488, 1.49463977770746, 20.9249568879044),
              2.1747462370796784e-02);
  check_close(f_upper(236.894703487095, 1, 14), 3.6179265533353730e-10, 1e-12);
  check_close(f_upper(.4, 6.93342144487879, 145.601850342455), 8.9971725010819459e-01);
  check_close(f_upper(3, 2.5, infinity), 3.8169088215206814e-02);
  CHECK(f_upper(0, 2, 5) == 1);
  CHECK(std::isnan(f_upper(1, 2, -1)));
}

TEST_CASE("t squared is F on one degree of freedom") {
  for (const double df : {.5, 3.0, 17.25, 400.0})
    check_close(t_two_sided(1.7, df), f_upper(1.7 * 1.7, 1, df), 1e-12);
  check_close(t_two_sided(1.7, infinity), chi_square_upper(1.7 * 1.7, 1), 1e-12);
}

TEST_CASE("chi-square, normal and beta") {
  check_close(chi_square_upper(69.974625, 1), 6.0072275362384598e-17, 1e-12);
  check_close(chi_square_upper(11.94, 2), 2.5542414189929983e-03);
  check_close(chi_square_upper(3.3, 1.7), 1.5057958819297587e-01);
  check_close(chi_square_upper(700, 3), 2.0991308534204087e-151, 1e-12);
  check_close(normal_quantile(.975), 1.95996398454005361);
  check_close(normal_quantile(1e-10), -6.36134090240405570);
  check_close(normal_quantile(.3), -0.52440051270804067);
  check_close(normal_two_sided(1.95996398454005361), .05, 1e-13);
  check_close(beta_quantile(.025, 196.2, 29.2), 0.8237245711107895607, 1e-12);
  check_close(beta_quantile(.975, .5, 577), 0.0043458694639776719, 1e-12);
  check_close(beta_quantile(.025, 7.52, 570.3), 0.0054663796527051507, 1e-12);
  check_close(beta_quantile(.5, 2, 3.5), 0.3460860502478703138, 1e-12);
  CHECK(beta_quantile(.975, 0, 5) == 0);
  CHECK(beta_quantile(.025, 5, 0) == 1);
}

TEST_CASE("t of an interval") {
  check_close(t_quantile(95, 14), 2.1447866879178039);
  check_close(t_quantile(95, .5), 164.5576734804944579, 1e-12);
  check_close(t_quantile(90, 197), 1.6526252192655044);
  check_close(t_quantile(99.9, 3.25), 11.3656035053808093, 1e-12);
  check_close(t_quantile(95, infinity), 1.95996398454005361);
  CHECK(std::isnan(t_quantile(95, 0)));
  CHECK(std::isnan(t_quantile(100, 5)));
}

}  // namespace
}  // namespace sondeo
