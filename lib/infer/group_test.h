// SPDX-License-Identifier: MIT
// Means against a number, against each other, and the scores that make means rank tests.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "infer/quantile.h"
#include "infer/test_result.h"

namespace sondeo {

struct ComparedMeans {
  double difference = 0;
  std::optional<double> se;
  std::optional<double> low;
  std::optional<double> high;
  TestResult test;  // t = difference / se, two-sided
};

// A difference of domain means, or of a mean and a number, with its variance (that of the
// difference: the means share sampling units, so their covariance belongs into it). Limits at
// `level` percent. A variance of 0 or df <= 0 leaves no test: "no_variance", "no_df".
ComparedMeans compare_means(double difference, double variance, double df, double level);

// Are the means of k >= 2 groups equal? F = d' V(d)^-1 d / (k-1) on (k-1, df - (k-1)), d the
// differences from the first group, as a regression on the group would test it; `covariance` of the
// means is [k * k]. k F is Wald's chi-square. Reasons "singular", "no_variance", "no_df".
TestResult equal_means(const std::vector<double>& means, const std::vector<double>& covariance,
                       double df);

// Rank tests of complex samples (Lumley & Scott, Biometrika 2013): groups are compared by means of
// g(r), r the estimated share of the population below a value plus half of that at it.
//   wilcoxon  g(r) = r (Wilcoxon's and, for more than two groups, Kruskal & Wallis' test)
//   normal    g(r) = normal quantile of r (van der Waerden)
//   median    g(r) = 1 if r > 1/2 (Mood)
enum class RankTest { wilcoxon, normal, median };

// The test of a name: "wilcoxon", "kruskal-wallis", "van-der-waerden", "median".
std::optional<RankTest> rank_test_named(std::string_view name);

// g(r) of each value; `values` rise and are distinct.
std::vector<double> rank_scores(const std::vector<WeightedValue>& values, RankTest test);

}  // namespace sondeo
