// SPDX-License-Identifier: MIT
#include "infer/variance.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/error.h"

namespace sondeo {
namespace {

// Strata of clusters: sizes of strata, and populations (0: none).
SampleUnits clusters(const std::vector<std::uint64_t>& sizes,
                     const std::vector<double>& populations = {}) {
  SampleUnits units;
  units.rows_are_units = false;
  auto& stage = units.stages[0];
  for (std::size_t h = 0; h < sizes.size(); ++h) {
    SampleUnits::Stratum stratum;
    stratum.label = std::string(1, static_cast<char>('a' + h));
    stratum.first = static_cast<std::uint32_t>(stage.units.size());
    stratum.size = sizes[h];
    if (!populations.empty()) stratum.population = populations[h];
    stage.strata.push_back(stratum);
    for (std::uint64_t j = 0; j < sizes[h]; ++j)
      stage.units.push_back({std::to_string(j), static_cast<std::uint32_t>(h), 1});
  }
  return units;
}

UnitTotals totals(const SampleUnits& units, const std::vector<double>& sums) {
  UnitTotals result(units.leaves(), 1, false);
  result.sums = sums;
  result.present.assign(units.leaves(), 1);
  return result;
}

double variance(const SampleUnits& units, const std::vector<double>& sums,
                LonelyPsu lonely = LonelyPsu::fail) {
  return covariance(totals(units, sums), units, lonely).at(0, 0);
}

}  // namespace

TEST_CASE("variance: strata of clusters by hand") {
  // 3/2 * ((1-2)^2 + 0 + (3-2)^2) = 3 and 2/1 * (1 + 1) = 4.
  CHECK(variance(clusters({3, 2}), {1, 2, 3, 10, 12}) == doctest::Approx(7));
  // Of 6 and 4 in the population: half of each.
  CHECK(variance(clusters({3, 2}, {6, 4}), {1, 2, 3, 10, 12}) == doctest::Approx(3.5));
  // All of the first stratum.
  CHECK(variance(clusters({3, 2}, {3, 4}), {1, 2, 3, 10, 12}) == doctest::Approx(2));
}

TEST_CASE("variance: two statistics and their covariance") {
  const auto units = clusters({3});
  UnitTotals both(3, 2, false);
  both.sums = {1, 3, 2, 2, 3, 1};
  both.present.assign(3, 1);
  const auto matrix = covariance(both, units, LonelyPsu::fail);
  CHECK(matrix.at(0, 0) == doctest::Approx(3));
  CHECK(matrix.at(0, 1) == doctest::Approx(-3));
  CHECK(matrix.at(1, 0) == matrix.at(0, 1));
}

TEST_CASE("variance: rows as units are the same as clusters of one row") {
  SampleUnits rows;
  rows.stages[0].strata.push_back({"a", 0, 0, 4, 10.0, {}});
  UnitTotals by_row(1, 1, true);
  const std::vector<double> u{1, 4, -2, 7};
  for (const double each : u) {
    by_row.sums[0] += each;
    by_row.products[0] += each * each;
  }
  by_row.present = {1};
  CHECK(covariance(by_row, rows, LonelyPsu::fail).at(0, 0) ==
        doctest::Approx(variance(clusters({4}, {10}), u)).epsilon(1e-14));
}

TEST_CASE("variance: the stages below count by the fraction drawn above") {
  SampleUnits units;
  units.rows_are_units = false;
  units.stages.resize(2);
  units.stages[0].strata.push_back({"", 0, 0, 2, 8.0, {}});
  units.stages[0].units = {{"p", 0, 2}, {"q", 0, 2}};
  units.stages[1].strata = {{"", 0, 0, 2, 4.0, {}}, {"", 1, 2, 2, std::nullopt, {}}};
  units.stages[1].units = {{"1", 0, 1}, {"2", 0, 1}, {"1", 1, 1}, {"2", 1, 1}};
  // Stage 1: (1 - 1/4) * 2 * ((3-6)^2 + (9-6)^2) = 27; below p: 1/4 * (1/2 * 2 * 0.5) = 0.125;
  // below q, drawn with replacement: 1/4 * (2 * 0.5) = 0.25.
  CHECK(variance(units, {1, 2, 4, 5}) == doctest::Approx(27.375));
  CHECK(units.psu_of(3) == 1);
}

TEST_CASE("variance: strata with a single unit") {
  const auto units = clusters({2, 1, 1});
  const std::vector<double> u{1, 3, 6, 2};
  CHECK(variance(units, u, LonelyPsu::certainty) == doctest::Approx(4));
  // The mean of all four is 3: 9 and 1.
  CHECK(variance(units, u, LonelyPsu::centered) == doctest::Approx(14));
  CHECK(variance(units, u, LonelyPsu::scaled) == doctest::Approx(12));
  CHECK(std::isnan(variance(clusters({1, 1}), {1, 2}, LonelyPsu::scaled)));
  std::string message;
  try {
    variance(units, u);
  } catch (const Error& error) {
    message = error.id() + ": " + error.message();
  }
  CHECK(message ==
        "lonely-psu: strata 'b', 'c' have only one sampling unit; its variance cannot be "
        "estimated");
  // A stratum without members of the domain is no reason to refuse, and a census has no variance.
  auto domain = totals(units, {1, 3, 0, 0});
  domain.present = {1, 1, 0, 0};
  CHECK(covariance(domain, units, LonelyPsu::fail).at(0, 0) == doctest::Approx(4));
  CHECK(variance(clusters({2, 1}, {1e9, 1}), {1, 3, 6}) == doctest::Approx(4));
}

TEST_CASE("variance: strata in which a domain has a single unit") {
  const auto units = clusters({2, 3});
  auto domain = totals(units, {1, 3, 6, 0, 0});
  domain.present = {1, 1, 1, 0, 0};
  // The second stratum is 3/2 of 24, the squares about its mean of 2; or 3/2 of 36, about 0.
  CHECK(covariance(domain, units, LonelyPsu::centered).at(0, 0) == doctest::Approx(4 + 36));
  CHECK(covariance(domain, units, LonelyPsu::centered_domain).at(0, 0) == doctest::Approx(4 + 54));
  CHECK(covariance(domain, units, LonelyPsu::scaled_domain).at(0, 0) == doctest::Approx(8));
  // Somebody in another unit, whose total is 0, makes it two.
  domain.present = {1, 1, 1, 1, 0};
  CHECK(covariance(domain, units, LonelyPsu::centered_domain).at(0, 0) == doctest::Approx(4 + 36));
}

TEST_CASE("variance: replicates about their mean and about the estimate") {
  Matrix theta(4, 1);
  theta.values = {10, 11, 13, 12};
  ReplicateDesign rule;
  rule.size = 3;
  rule.scale = 0.5;
  rule.rscales = {1, 1, 2};
  CHECK(replicate_covariance(theta, rule).at(0, 0) == doctest::Approx(0.5 * (1 + 1 + 0)));
  rule.mse = true;
  CHECK(replicate_covariance(theta, rule).at(0, 0) == doctest::Approx(0.5 * (1 + 9 + 2 * 4)));
}

TEST_CASE("variance: degrees of freedom count units with somebody of the domain") {
  CHECK(degrees_of_freedom({1, 0, 5, 2, 0}, clusters({3, 2})) == 1);
  SampleUnits rows;
  rows.stages[0].strata = {{"a", 0, 0, 5, std::nullopt, {}}, {"b", 0, 0, 5, std::nullopt, {}}};
  CHECK(degrees_of_freedom({4, 3}, rows) == 5);
  CHECK(degrees_of_freedom({4, 0}, rows) == 3);
}

}  // namespace sondeo
