// SPDX-License-Identifier: MIT
#include "infer/imputation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace sondeo {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

void check_close(double found, double expected, double relative = 1e-12) {
  CHECK(std::abs(found - expected) <= relative * std::abs(expected));
}

TEST_CASE("five completed files, against mitools and the formulas worked in R") {
  const std::vector<ImputedEstimate> estimates = {{27745.828494719, 1441113.34198092},
                                                  {27631.1539839361, 1256798.50381926},
                                                  {27727.4381906844, 1347215.53197712},
                                                  {27745.1116025653, 1315719.26334671},
                                                  {27502.6568163675, 1505244.11431839}};
  const auto combined = combine_imputed(estimates, 21);
  check_close(combined.value, 27670.4378176545);
  check_close(combined.within, 1373218.15108848);
  check_close(combined.between, 11050.6637127948);
  check_close(combined.variance, 1386478.94754383);
  check_close(combined.increase, 0.00965672966443289);
  check_close(combined.missing, 0.00956436913726349);
  check_close(combined.df_rubin, 43726.7633959091, 1e-11);
  check_close(combined.df, 19.0575763475544);
  check_close(combine_imputed(estimates, infinity).df, 43726.7633959091, 1e-11);
}

TEST_CASE("imputations that agree add nothing") {
  const auto combined = combine_imputed({{3, .5}, {3, .5}}, 10);
  CHECK(combined.variance == .5);
  CHECK(combined.between == 0);
  CHECK(std::isinf(combined.df_rubin));
  check_close(combined.df, 10 * 11 / 13.);
}

TEST_CASE("values of 1e9 keep the digits of their differences") {
  const auto combined = combine_imputed({{1e9 + .1, 1}, {1e9 + .3, 1}}, infinity);
  CHECK(std::abs(combined.between - .02) < 1e-7);
}

}  // namespace
}  // namespace sondeo
