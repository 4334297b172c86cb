// SPDX-License-Identifier: MIT
// Against R's survey (svychisq, svygofchisq) on its cluster sample of schools: totals and their
// covariance from svytotal; lincom by Imhof's integral in R.
#include "infer/rao_scott.h"

#include <doctest/doctest.h>

#include <cmath>

#include "infer/distribution.h"
#include "infer/goodness_of_fit.h"

namespace sondeo {
namespace {

void check_close(double found, double expected, double relative = 1e-10) {
  CHECK(std::abs(found - expected) <= relative * std::abs(expected));
}

void check_test(const TestResult& test, double statistic, double df, double p,
                double relative = 1e-9) {
  REQUIRE(test.p);
  check_close(*test.statistic, statistic);
  check_close(*test.df, df);
  check_close(*test.p, p, relative);
}

const TableTotals schools = {3,
                             2,
                             {406.1639556884766, 4467.8035125732422, 101.5409889221191,
                              372.3169593811035, 270.7759704589844, 575.3989372253418}};
const std::vector<double> covariance = {
    34168.8102676476265, 182153.4462859806081, -481.2508488401071,   12271.8966454227339,
    -4090.6322151409117, 16121.9034361435970,  182153.4462859806081, 1379264.9327757477295,
    -7700.0135814417181, 27912.5492327262255,  -14918.7763140433253, 89512.6578842599702,
    -481.2508488401071,  -7700.0135814417181,  2887.5050930406442,   2165.6288197804834,
    481.2508488401073,   -481.2508488401073,   12271.8966454227339,  27912.5492327262255,
    2165.6288197804834,  17966.6983566973431,  -4652.0915387877039,  11469.8118973558940,
    -4090.6322151409117, -14918.7763140433253, 481.2508488401073,    -4652.0915387877039,
    9304.1830775754115,  -3689.5898411074900,  16121.9034361435970,  89512.6578842599702,
    -481.2508488401073,  11469.8118973558940,  -3689.5898411074900,  26147.9627869791730};

TEST_CASE("a table of three by two in a cluster sample") {
  const auto found = rao_scott(schools, table_covariance(schools, covariance), 183, 14);
  check_close(found.pearson, 11.9408920807453);
  check_close(found.likelihood_ratio, 9.88310563794452);
  REQUIRE(found.deffs.size() == 2);
  check_close(found.deffs[0], 1.81811072075147);
  check_close(found.deffs[1], 0.481146435009145);
  check_close(found.d0, 1.49463977770746);
  check_test(found.second_order, 5.19336954147488, 1.49463977770746, 0.0217474623707969);
  check_close(*found.second_order.denominator, 20.9249568879044);
  check_test(found.second_order_likelihood, 4.29839072727604, 1.49463977770746, 0.0368330800695728);
  check_test(found.first_order, 11.9408920807453 / 1.14962857788031, 2, 0.00555326330311322);
  check_test(found.wald, 2.40105860060268, 2, 0.126896300602351);
  check_test(found.adjusted_wald, 2.22955441484535, 2, 0.147057886901248);
  CHECK(found.adjusted_wald.denominator == 13);
  check_close(*found.mixture.denominator, 20.9249568879044);
  CHECK(std::abs(*found.mixture.p - 0.0220010247537868) < 1e-9);
}

TEST_CASE("rows and columns in another order give the same tests") {
  const std::size_t order[] = {5, 4, 1, 0, 3, 2};
  auto turned = schools;
  auto turned_covariance = covariance;
  for (std::size_t i = 0; i < 6; ++i) {
    turned.totals[i] = schools.totals[order[i]];
    for (std::size_t j = 0; j < 6; ++j) {
      turned_covariance[i * 6 + j] = covariance[order[i] * 6 + order[j]];
    }
  }
  const auto found = rao_scott(turned, table_covariance(turned, turned_covariance), 183, 14);
  check_close(*found.second_order.p, 0.0217474623707969, 1e-9);
  check_close(*found.wald.p, 0.126896300602351, 1e-9);
}

TEST_CASE("simple random sampling: design effects of 1 and Pearson's own test") {
  TableTotals table{2, 3, {20, 30, 10, 25, 5, 10}};
  std::vector<double> multinomial;
  // The covariance of the totals under independence of rows and columns, n = 100.
  const double row[] = {.6, .4};
  const double column[] = {.45, .35, .2};
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < 6; ++j) {
      const double p = row[i / 3] * column[i % 3];
      const double q = row[j / 3] * column[j % 3];
      multinomial.push_back(100 * ((i == j ? p : 0) - p * q));
    }
  }
  // At independence itself, where the formula of the design effects is exact.
  table.totals = {27, 21, 12, 18, 14, 8};
  const auto even = rao_scott(table, table_covariance(table, multinomial), 100, 1e9);
  for (const double each : even.deffs) check_close(each, 1, 1e-9);
  CHECK(std::abs(even.pearson) < 1e-20);
  CHECK(std::abs(*even.wald.statistic) < 1e-20);
}

TEST_CASE("an answer that nobody gave leaves the table") {
  const TableTotals table{3, 3, {1, 0, 2, 0, 0, 0, 3, 0, 0}};
  const auto occupied = occupied_cells(table);
  CHECK(occupied.rows == 2);
  CHECK(occupied.columns == 2);
  CHECK(occupied.cells == std::vector<std::size_t>{0, 2, 6, 8});
}

TEST_CASE("what cannot be tested says why") {
  CHECK(rao_scott({1, 2, {3, 4}}, {}, 7, 5).second_order.reason == "one_category");
  CHECK(rao_scott({0, 0, {}}, {}, 0, 0).wald.reason == "zero_base");
  // Only the diagonal is occupied: contrasts outnumber cells.
  const TableTotals diagonal{3, 3, {4, 0, 0, 0, 5, 0, 0, 0, 6}};
  std::vector<double> variances(81);
  for (const std::size_t i : {0, 4, 8}) variances[i * 10] = 1;
  const auto found = rao_scott(diagonal, table_covariance(diagonal, variances), 15, 10);
  CHECK(found.second_order.reason == "singular");
  CHECK(!found.second_order.p);
  const auto none = rao_scott(schools, table_covariance(schools, std::vector<double>(36)), 183, 14);
  CHECK(none.second_order.reason == "no_variance");
  CHECK(none.wald.reason == "no_variance");
  const auto few = rao_scott(schools, table_covariance(schools, covariance), 183, 0);
  CHECK(few.second_order.reason == "no_df");
  CHECK(few.second_order.statistic);
  CHECK(!few.second_order.p);
}

TEST_CASE("goodness of fit") {
  const std::vector<double> totals = {4873.9674682617188, 473.8579483032227, 846.1749076843262};
  const std::vector<double> variances = {
      1777740.635615356732, 32003.181447867144, 86625.152791219312,
      32003.181447867144,   25185.461089298948, 6817.720358568186,
      86625.152791219312,   6817.720358568186,  28072.966182339602};
  const auto found = goodness_of_fit(totals, variances, {70, 10, 20}, 183, 14);
  const double scale = 183 / 6194.000324249268;
  check_close(found.pearson, 225.4352634617542890 * scale);
  check_close(found.deffs[0], 8.678897672627089e+01 * scale);
  check_close(found.deffs[1], 2.413659323827165e+01 * scale);
  CHECK(found.deffs[2] == 0);
  check_test(found.satterthwaite, 225.4352634617542890 / 73.1562760230747529, 1.5162823477995897,
             0.1432706091075309);
  check_close(*found.second_order.denominator, 14 * 1.5162823477995897);
  check_close(*found.second_order.p,
              f_upper(225.4352634617542890 / (8.678897672627089e+01 + 2.413659323827165e+01),
                      1.5162823477995897, 14 * 1.5162823477995897),
              1e-9);
  CHECK(goodness_of_fit({0, 0}, {0, 0, 0, 0}, {1, 1}, 0, 3).second_order.reason == "zero_base");
  CHECK(goodness_of_fit({1, 2}, {0, 0, 0, 0}, {1, 1}, 3, 3).mixture.reason == "no_variance");
}

}  // namespace
}  // namespace sondeo
