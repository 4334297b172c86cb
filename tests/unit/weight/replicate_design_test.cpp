// SPDX-License-Identifier: MIT
#include "weight/replicate_design.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "base/error.h"

namespace sondeo {
namespace {

DesignUnits strata_of(const std::vector<std::size_t>& sizes) {
  DesignUnits units;
  for (std::size_t h = 0; h < sizes.size(); ++h) {
    units.strata.push_back("h" + std::to_string(h));
    for (std::size_t i = 0; i < sizes[h]; ++i)
      units.stratum.push_back(static_cast<std::uint32_t>(h));
  }
  return units;
}

DesignUnits one_stratum(std::size_t n) { return {std::vector<std::uint32_t>(n, 0), {""}}; }

// Of the total of y by replicates, about the total itself.
double variance(const ReplicateFactors& made, const std::vector<double>& y) {
  double total = 0;
  for (const auto each : y) total += each;
  double v = 0;
  for (std::size_t r = 0; r < made.replicates; ++r) {
    double t = 0;
    for (std::size_t i = 0; i < y.size(); ++i) t += made.factor[i * made.replicates + r] * y[i];
    v += made.rscales[r] * (t - total) * (t - total);
  }
  return made.scale * v;
}

// The textbook variance of a total: sum over strata of n / (n-1) * sum (y - mean)^2.
double textbook(const DesignUnits& units, const std::vector<double>& y) {
  double v = 0;
  for (std::uint32_t h = 0; h < units.strata.size(); ++h) {
    double n = 0, sum = 0, squares = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      if (units.stratum[i] != h) continue;
      n += 1;
      sum += y[i];
      squares += y[i] * y[i];
    }
    v += n / (n - 1) * (squares - sum * sum / n);
  }
  return v;
}

std::vector<double> numbers(std::size_t n, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> draw(10, 3);
  std::vector<double> y;
  for (std::size_t i = 0; i < n; ++i) y.push_back(draw(random));
  return y;
}

TEST_CASE("hadamard: rows are orthogonal and the first is all ones, at every order that is made") {
  for (std::size_t least = 1; least <= 130; ++least) {
    std::size_t n = 0;
    const auto h = hadamard(least, n);
    REQUIRE(n >= least);
    CHECK(n <= least + (least > 2 ? 7 : 0));
    for (std::size_t a = 0; a < n; ++a) {
      CHECK(h[a] == 1);
      for (std::size_t b = 0; b <= a; ++b) {
        int product = 0;
        for (std::size_t j = 0; j < n; ++j) product += h[a * n + j] * h[b * n + j];
        REQUIRE(product == (a == b ? static_cast<int>(n) : 0));
      }
    }
  }
}

TEST_CASE("replicates: jackknife and balanced halves give the textbook variance of a total") {
  const auto y = numbers(24, 1);
  const auto simple = one_stratum(24);
  const auto jk1 = make_replicates(simple, {ReplicateMethod::jk1, 0, 0, 1});
  CHECK(jk1.replicates == 24);
  CHECK(jk1.scale == doctest::Approx(23.0 / 24));
  CHECK(variance(jk1, y) == doctest::Approx(textbook(simple, y)).epsilon(1e-12));
  const auto uneven = strata_of({2, 5, 3, 7, 7});
  const auto jkn = make_replicates(uneven, {ReplicateMethod::jkn, 0, 0, 1});
  CHECK(variance(jkn, y) == doctest::Approx(textbook(uneven, y)).epsilon(1e-12));
  CHECK(jkn.rscales[0] == 0.5);
  const auto pairs = strata_of(std::vector<std::size_t>(12, 2));
  const auto brr = make_replicates(pairs, {ReplicateMethod::brr, 0, 0, 1});
  CHECK(brr.replicates == 16);
  CHECK(variance(brr, y) == doctest::Approx(textbook(pairs, y)).epsilon(1e-12));
  const auto fay = make_replicates(pairs, {ReplicateMethod::fay, 0, 0.3, 1});
  for (std::size_t r = 0; r < fay.replicates; ++r) {
    const auto first = fay.factor[r];
    CHECK((first == doctest::Approx(1.7) || first == doctest::Approx(0.3)));
    CHECK(first + fay.factor[fay.replicates + r] == doctest::Approx(2));
  }
  CHECK(variance(fay, y) == doctest::Approx(textbook(pairs, y)).epsilon(1e-12));
}

TEST_CASE("replicates: the bootstrap comes near, is drawn n - 1 times and the same for a seed") {
  const auto units = strata_of({6, 4, 5});
  const auto y = numbers(15, 2);
  const auto made = make_replicates(units, {ReplicateMethod::bootstrap, 4000, 0, 7});
  CHECK(variance(made, y) == doctest::Approx(textbook(units, y)).epsilon(0.1));
  double sum = 0;
  for (std::size_t i = 0; i < 6; ++i) sum += made.factor[i * made.replicates + 11];
  CHECK(sum == doctest::Approx(6));
  CHECK(make_replicates(units, {ReplicateMethod::bootstrap, 20, 0, 7}).factor ==
        make_replicates(units, {ReplicateMethod::bootstrap, 20, 0, 7}).factor);
  CHECK(make_replicates(units, {ReplicateMethod::bootstrap, 20, 0, 7}).factor !=
        make_replicates(units, {ReplicateMethod::bootstrap, 20, 0, 8}).factor);
}

TEST_CASE("replicates: successive differences of neighbours") {
  const auto y = numbers(30, 3);
  const auto made = make_replicates(one_stratum(30), {ReplicateMethod::sdr, 40, 0, 1});
  CHECK(made.replicates == 40);
  CHECK(made.scale == 0.1);
  // With a row of the matrix for every unit: half the sum of squared differences, ends against 0.
  double expected = y.front() * y.front() + y.back() * y.back();
  for (std::size_t i = 1; i < y.size(); ++i) expected += (y[i] - y[i - 1]) * (y[i] - y[i - 1]);
  CHECK(variance(made, y) == doctest::Approx(expected / 2).epsilon(1e-12));
  for (const auto factor : made.factor) CHECK(factor > 0.29);
}

TEST_CASE("replicates: designs that a method cannot take are refused") {
  CHECK_THROWS_AS(make_replicates(strata_of({2, 1}), {ReplicateMethod::jkn, 0, 0, 1}), Error);
  CHECK_THROWS_AS(make_replicates(strata_of({2, 2}), {ReplicateMethod::jk1, 0, 0, 1}), Error);
  CHECK_THROWS_AS(make_replicates(strata_of({2, 3}), {ReplicateMethod::brr, 0, 0, 1}), Error);
  CHECK_THROWS_AS(make_replicates(one_stratum(1), {ReplicateMethod::bootstrap, 9, 0, 1}), Error);
  CHECK_THROWS_AS(make_replicates(one_stratum(20000), {ReplicateMethod::jk1, 0, 0, 1}), Error);
}

}  // namespace
}  // namespace sondeo
