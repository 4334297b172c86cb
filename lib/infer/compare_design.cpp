// SPDX-License-Identifier: MIT
#include "infer/compare_design.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "infer/calibrated.h"
#include "infer/distribution.h"

namespace sondeo {
namespace {

// One column's mean, for the influences of its values.
struct Centre {
  double total = 0;   // of the weights
  double origin = 0;  // the first value: distances from it keep their digits
  long double about = 0;

  Centre(const std::vector<ValueSums>& values, bool weighted) {
    if (values.empty()) return;
    Sums base;
    for (const auto& each : values) base.add(each.sums);
    total = weight_of(base, weighted);
    origin = values.front().value;
    long double sum = 0;
    for (const auto& each : values)
      sum += static_cast<long double>(weight_of(each.sums, weighted)) * (each.value - origin);
    about = sum / total;
  }

  double distance(double value) const { return static_cast<double>((value - origin) - about); }
  double influence(double value) const { return distance(value) / total; }
};

Precision of_rows(const DesignSides& sides, const Centre& a, const Centre& b, std::uint64_t units,
                  bool weighted, const Inference& inference) {
  const auto n = static_cast<double>(units);
  const double rows = static_cast<double>(weighted ? sides.domain.n_positive : sides.domain.n);
  const double df = (inference.freedom == Freedom::design ? n : rows) - 1;
  if (units < 2 || df < 1) return {std::nullopt, df, "one_respondent"};
  long double sum = 0;
  const auto add = [&](const std::vector<ValueSums>& values, const auto& factor) {
    for (const auto& each : values)
      sum += static_cast<long double>(squares_of(each.sums, weighted)) * factor(each.value);
  };
  add(sides.a, [&](double value) { return a.influence(value) * a.influence(value); });
  add(sides.b, [&](double value) { return b.influence(value) * b.influence(value); });
  add(sides.both, [&](double value) { return -2 * a.influence(value) * b.influence(value); });
  return {n / (n - 1) * static_cast<double>(sum), df, ""};
}

Precision of_replicates(const DesignSides& sides, const Centre& a, const Centre& b,
                        const ReplicateDesign& rule) {
  std::vector<double> differences(rule.size);
  const auto add = [&](const std::vector<ValueSums>& values, const Centre& centre, double sign) {
    std::vector<double> sums(rule.size);
    std::vector<double> totals(rule.size);
    for (const auto& each : values) {
      const auto weights = further_of(each.sums, rule.size);
      for (std::size_t r = 0; r < rule.size; ++r) {
        sums[r] += weights[r] * centre.distance(each.value);
        totals[r] += weights[r];
      }
    }
    for (std::size_t r = 0; r < rule.size; ++r) differences[r] += sign * sums[r] / totals[r];
  };
  add(sides.a, a, 1);
  add(sides.b, b, -1);
  // Each is the replicate's distance from the whole sample's difference.
  return replicated(rule, 0, differences);
}

}  // namespace

std::vector<ValueSums> share_values(const Sums& part, const Sums& base) {
  return {{0, without(base, part)}, {1, part}};
}

Precision difference_precision(const DesignSides& sides, std::uint64_t units, bool weighted,
                               const Inference& inference) {
  const Centre a(sides.a, weighted);
  const Centre b(sides.b, weighted);
  if (inference.design == nullptr) return of_rows(sides, a, b, units, weighted, inference);
  const auto& design = *inference.design;
  if (design.replicates) return of_replicates(sides, a, b, *design.replicates);
  const auto leaves = design.units->leaves();
  std::vector<double> totals(leaves);
  std::vector<double> squares(leaves);
  const auto add = [&](const std::vector<ValueSums>& values, const auto& influence,
                       const auto& square) {
    for (const auto& each : values) {
      const auto sums = further_of(each.sums, 2 * leaves);
      for (std::size_t i = 0; i < leaves; ++i) {
        totals[i] += sums[i] * influence(each.value);
        squares[i] += sums[leaves + i] * square(each.value);
      }
    }
  };
  const auto of_a = [&](double value) { return a.influence(value); };
  const auto of_b = [&](double value) { return -b.influence(value); };
  add(sides.a, of_a, [&](double value) { return of_a(value) * of_a(value); });
  add(sides.b, of_b, [&](double value) { return of_b(value) * of_b(value); });
  // Who is in both has both influences: their totals are added already, their product is not.
  add(
      sides.both, [](double) { return 0.0; },
      [&](double value) { return 2 * of_a(value) * of_b(value); });
  if (design.calibrated) {
    CalibratedWeights::Influence influence;
    for (const auto& each : sides.a) influence.emplace_back(&each.sums, of_a(each.value));
    for (const auto& each : sides.b) influence.emplace_back(&each.sums, of_b(each.value));
    design.calibrated->adjust({influence}, totals, squares);
  }
  return linearised(design, totals, squares, sides.domain, weighted,
                    inference.freedom == Freedom::design);
}

void finish_by_design(ColumnTest& test, const DesignSides& sides, std::uint64_t units,
                      bool weighted, const Inference& inference) {
  const auto precision = difference_precision(sides, units, weighted, inference);
  if (!precision.variance) {
    test.reason = precision.reason;
    return;
  }
  if (!(*precision.variance > 0)) {
    test.reason = "zero_variance";
    return;
  }
  test.se = std::sqrt(*precision.variance);
  test.statistic = (*test.a - *test.b) / *test.se;
  test.df = precision.df;
  test.p = t_two_sided(*test.statistic, *test.df);
}

}  // namespace sondeo
