// SPDX-License-Identifier: MIT
// Against R's survey: svyranktest, regTermTest, and the published two-sample cases worked there.
#include "infer/group_test.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

namespace sondeo {
namespace {

void check_close(double found, double expected, double relative = 1e-12) {
  CHECK(std::abs(found - expected) <= relative * std::abs(expected));
}

const double x[] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
const char* const groups = "abcabcabca";

std::vector<WeightedValue> values_of(const char* among) {
  std::map<double, WeightedValue> values;
  for (int i = 0; i < 10; ++i) {
    if (std::string_view(among).find(groups[i]) == std::string_view::npos) continue;
    auto& each = values[x[i]];
    each.value = x[i];
    each.weight += 1;
  }
  std::vector<WeightedValue> result;
  for (const auto& each : values) result.push_back(each.second);
  return result;
}

struct Means {
  std::vector<double> means;
  std::vector<double> covariance;
};

// Domain means of the scores and their covariance, rows as sampling units, 10 in the design.
Means means_of(const std::vector<WeightedValue>& values, const std::vector<double>& scores,
               const char* among) {
  const std::size_t k = std::string_view(among).size();
  const auto score = [&](int row) {
    std::size_t i = 0;
    while (values[i].value != x[row]) ++i;
    return scores[i];
  };
  Means result{std::vector<double>(k), std::vector<double>(k * k)};
  for (std::size_t j = 0; j < k; ++j) {
    double n = 0;
    double sum = 0;
    for (int i = 0; i < 10; ++i) {
      if (groups[i] != among[j]) continue;
      n += 1;
      sum += score(i);
    }
    result.means[j] = sum / n;
    for (int i = 0; i < 10; ++i) {
      if (groups[i] != among[j]) continue;
      const double distance = (score(i) - result.means[j]) / n;
      result.covariance[j * k + j] += 10 / 9. * distance * distance;
    }
  }
  return result;
}

TEST_CASE("two means of a two-stage sample") {
  const auto found = compare_means(-225.73705856081, 78.1573810084548 * 78.1573810084548, 36, 95);
  check_close(*found.test.statistic, -2.88823724193612);
  check_close(*found.test.p, 0.00651822835734618);
  check_close(*found.low, -384.247574116401);
  check_close(*found.high, -67.2265430052195, 1e-11);
  const auto design = compare_means(-225.73705856081, 78.1573810084548 * 78.1573810084548, 37, 95);
  check_close(*design.test.p, 0.0064381907378886);
}

TEST_CASE("what cannot be tested says why") {
  const auto none = compare_means(1, 0, 5, 95);
  CHECK(none.test.reason == "no_variance");
  CHECK(!none.se);
  const auto few = compare_means(1, 4, 0, 95);
  CHECK(few.test.reason == "no_df");
  CHECK(few.se == 2);
  CHECK(few.test.statistic == .5);
  CHECK(!few.low);
  CHECK(equal_means({1}, {2}, 5).reason == "one_category");
  CHECK(equal_means({1, 2}, {1, 1, 1, 1}, 5).reason == "no_variance");
  CHECK(equal_means({1, 2, 3}, {1, 0, 0, 0, 1, 1, 0, 1, 1}, 9).reason == "singular");
  CHECK(equal_means({1, 2}, {1, 0, 0, 1}, 1).reason == "no_df");
}

TEST_CASE("means of three groups") {
  const auto values = values_of("abc");
  std::vector<double> plain;
  for (const auto& each : values) plain.push_back(each.value);
  const auto sample = means_of(values, plain, "abc");
  const auto found = equal_means(sample.means, sample.covariance, 9);
  check_close(*found.statistic, 4.16211804648733263);
  CHECK(found.df == 2);
  CHECK(found.denominator == 7);
  check_close(*found.p, 0.06441948075388819);
}

TEST_CASE("rank tests of three groups") {
  const auto values = values_of("abc");
  const auto kruskal = means_of(values, rank_scores(values, RankTest::wilcoxon), "abc");
  const auto ranks = equal_means(kruskal.means, kruskal.covariance, 9);
  check_close(*ranks.statistic * 2, 14.22210372632140540);
  check_close(*ranks.p, 0.02061026733114108);
  const auto normal = means_of(values, rank_scores(values, RankTest::normal), "abc");
  check_close(*equal_means(normal.means, normal.covariance, 9).statistic * 2, 9.76032429530786061);
}

TEST_CASE("van der Waerden's test of two groups, as t") {
  const auto values = values_of("ab");
  const auto sample = means_of(values, rank_scores(values, RankTest::normal), "ab");
  const auto found = compare_means(sample.means[1] - sample.means[0],
                                   sample.covariance[0] + sample.covariance[3], 5, 95);
  check_close(found.difference, 0.664847, 1e-5);
  check_close(*found.test.statistic, 0.9422548569239704);
  check_close(*found.test.p, 0.3893251995212165);
}

TEST_CASE("scores") {
  const std::vector<WeightedValue> values = {{1, 1, 1, 1, 1}, {2, 2, 1, 2, 2}, {5, 1, 1, 1, 1}};
  CHECK(rank_scores(values, RankTest::wilcoxon) == std::vector<double>{.125, .5, .875});
  CHECK(rank_scores(values, RankTest::median) == std::vector<double>{0, 0, 1});
  const auto normal = rank_scores(values, RankTest::normal);
  check_close(normal[0], -1.150349380376008);
  CHECK(normal[1] == 0);
}

TEST_CASE("names of rank tests") {
  CHECK(rank_test_named("kruskal-wallis") == RankTest::wilcoxon);
  CHECK(!rank_test_named("sign"));
}

}  // namespace
}  // namespace sondeo
