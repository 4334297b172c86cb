// SPDX-License-Identifier: MIT
#include "infer/compare_design.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "infer/calibrated.h"
#include "infer/distribution.h"

namespace sondeo {
namespace {

Precision of_rows(const DesignSides& sides, const Centre& a, const Centre& b, std::uint64_t units,
                  bool weighted, const Inference& inference) {
  const auto n = static_cast<double>(units);
  const double rows = static_cast<double>(weighted ? sides.domain.n_positive : sides.domain.n);
  const double df = (inference.freedom == Freedom::design ? n : rows) - 1;
  if (units < 2 || df < 1) return {std::nullopt, df, "one_respondent"};
  const auto products = [&](const NumberSums& values, const Centre& one, const Centre& other) {
    return products_about(values, one, other, Weighing::squares, weighted) / one.total /
           other.total;
  };
  const auto sum =
      products(sides.a, a, a) + products(sides.b, b, b) - 2 * products(sides.both, a, b);
  return {n / (n - 1) * static_cast<double>(sum), df, ""};
}

Precision of_replicates(const DesignSides& sides, const Centre& a, const Centre& b,
                        const ReplicateDesign& rule) {
  std::vector<double> differences(rule.size);
  const auto add = [&](const NumberSums& values, const Centre& centre, double sign) {
    std::vector<double> sums(rule.size);
    add_distances(values, centre, 1, 0, sums);
    const auto totals = further_of(total_of(values), rule.size);
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
  const Centre a(sides.a, Weighing::weights, weighted);
  const Centre b(sides.b, Weighing::weights, weighted);
  if (inference.design == nullptr) return of_rows(sides, a, b, units, weighted, inference);
  const auto& design = *inference.design;
  if (design.replicates) return of_replicates(sides, a, b, *design.replicates);
  const auto leaves = design.units->leaves();
  std::vector<double> totals(leaves);
  std::vector<double> squares(leaves);
  add_distances(sides.a, a, a.total, 0, totals);
  add_distances(sides.b, b, -b.total, 0, totals);
  add_products(sides.a, a, a.total, a, a.total, leaves, squares);
  add_products(sides.b, b, b.total, b, b.total, leaves, squares);
  // Who is in both has both influences: their totals are added already, their product is not.
  add_products(sides.both, a, a.total, b, -b.total / 2, leaves, squares);
  if (design.calibrated) {
    CalibratedWeights::Influence influence;
    for (const auto& each : sides.a.values)
      influence.emplace_back(&each.sums, a.distance(each.value) / a.total);
    for (const auto& each : sides.b.values)
      influence.emplace_back(&each.sums, -b.distance(each.value) / b.total);
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
