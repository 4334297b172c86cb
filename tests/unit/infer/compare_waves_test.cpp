// SPDX-License-Identifier: MIT
// Waves that share respondents: the respondent is the cluster, and the difference of two waves is
// that of paired answers.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "infer/compare_design.h"
#include "infer/distribution.h"

namespace sondeo {
namespace {

// What one respondent answers in two waves, and with which weight.
struct Answers {
  std::optional<double> before, after;
  std::uint64_t weight_before = 1, weight_after = 1;
};

SampleDesign respondents_as_clusters(std::size_t count) {
  SampleDesign design;
  SampleUnits units;
  units.rows_are_units = false;
  auto& stage = units.stages[0];
  stage.strata.push_back({"", 0, 0, count, {}, {}});
  for (std::size_t i = 0; i < count; ++i) stage.units.push_back({std::to_string(i), 0, 2});
  units.rows = 2 * count;
  design.units = units;
  return design;
}

void add(Sums& sums, std::size_t unit, std::uint64_t weight, std::size_t units) {
  ++sums.n;
  ++sums.n_positive;
  sums.w.add_ones(weight);
  sums.w2.add_ones(weight * weight);
  sums.further.resize(units);
  sums.further[unit].add_ones(weight);
}

void add(std::vector<ValueSums>& values, double value, std::size_t unit, std::uint64_t weight,
         std::size_t units) {
  auto at = values.begin();
  while (at != values.end() && at->value < value) ++at;
  if (at == values.end() || at->value != value) at = values.insert(at, {value, {}});
  add(at->sums, unit, weight, units);
}

DesignSides sides_of(const std::vector<Answers>& panel) {
  DesignSides sides;
  for (std::size_t i = 0; i < panel.size(); ++i) {
    const auto& each = panel[i];
    if (each.after) {
      add(sides.a.values, *each.after, i, each.weight_after, panel.size());
      add(sides.domain, i, each.weight_after, panel.size());
    }
    if (each.before) {
      add(sides.b.values, *each.before, i, each.weight_before, panel.size());
      add(sides.domain, i, each.weight_before, panel.size());
    }
  }
  return sides;
}

Precision precision_of(const std::vector<Answers>& panel) {
  const auto design = respondents_as_clusters(panel.size());
  Inference inference;
  inference.design = &design;
  return difference_precision(sides_of(panel), 2 * panel.size(), true, inference);
}

TEST_CASE("waves: a full panel of equal weights is the paired t test") {
  // d = 2, 0, 3, 1, 0, 2: mean 8/6, sum of squares 18, so s^2 = (18 - 64/6) / 5 = 22/15.
  const std::vector<Answers> panel{{3, 5}, {5, 5}, {4, 7}, {2, 3}, {6, 6}, {4, 6}};
  const auto precision = precision_of(panel);
  REQUIRE(precision.variance);
  CHECK(*precision.variance == doctest::Approx(22.0 / 15 / 6).epsilon(1e-14));
  CHECK(precision.df == 5);
  const double t = (8.0 / 6) / std::sqrt(*precision.variance);
  CHECK(t == doctest::Approx(2.6967994498529686).epsilon(1e-14));
  CHECK(t_two_sided(t, precision.df) == doctest::Approx(0.042948031332).epsilon(1e-10));
}

TEST_CASE("waves: shares of a full panel, by those who changed alone") {
  // 3 from no to yes, 0 back, 1 stays yes, 2 stay no: d = 1, 1, 1, 0, 0, 0.
  const std::vector<Answers> panel{{0, 1}, {0, 1}, {0, 1}, {1, 1}, {0, 0}, {0, 0}};
  const auto precision = precision_of(panel);
  REQUIRE(precision.variance);
  CHECK(*precision.variance == doctest::Approx(0.3 / 6).epsilon(1e-14));
}

TEST_CASE("waves: some answer once, and weights differ, respondent by respondent") {
  const std::vector<Answers> panel{
      {3, 5, 1, 2}, {5, std::nullopt, 2, 1}, {std::nullopt, 7, 1, 3}, {2, 3, 4, 4},
      {6, 1, 1, 1}, {std::nullopt, 4, 1, 1}, {1, std::nullopt, 3, 1}};
  double weight[2] = {0, 0}, sum[2] = {0, 0};
  for (const auto& each : panel) {
    if (each.before) {
      weight[0] += static_cast<double>(each.weight_before);
      sum[0] += static_cast<double>(each.weight_before) * *each.before;
    }
    if (each.after) {
      weight[1] += static_cast<double>(each.weight_after);
      sum[1] += static_cast<double>(each.weight_after) * *each.after;
    }
  }
  // z of a respondent: his influence in the later wave less that in the earlier one.
  double squares = 0;
  for (const auto& each : panel) {
    double z = 0;
    if (each.after)
      z += static_cast<double>(each.weight_after) * (*each.after - sum[1] / weight[1]) / weight[1];
    if (each.before)
      z -=
          static_cast<double>(each.weight_before) * (*each.before - sum[0] / weight[0]) / weight[0];
    squares += z * z;
  }
  const auto precision = precision_of(panel);
  REQUIRE(precision.variance);
  CHECK(*precision.variance == doctest::Approx(7.0 / 6 * squares).epsilon(1e-13));
  CHECK(precision.df == 6);
}

TEST_CASE("waves: without anybody in common, the variances of both add up") {
  std::vector<Answers> panel{{3, {}}, {5, {}}, {4, {}}, {{}, 7}, {{}, 6}, {{}, 2}, {{}, 5}};
  // Influences of one wave: squares 2/9; of the other: (2^2 + 1 + 3^2 + 0) / 16 = 14/16.
  const auto precision = precision_of(panel);
  REQUIRE(precision.variance);
  CHECK(*precision.variance == doctest::Approx(7.0 / 6 * (2.0 / 9 + 14.0 / 16)).epsilon(1e-14));
}

}  // namespace
}  // namespace sondeo
