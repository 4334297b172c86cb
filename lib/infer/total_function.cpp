// SPDX-License-Identifier: MIT
#include "infer/total_function.h"

#include <cstddef>

namespace sondeo {
namespace {

Matrix by_replicates(const TotalFunction& function, const DomainSums& sums, const SumPlan& plan,
                     const ReplicateDesign& rule) {
  const auto estimates = function.values(sums.totals);
  Matrix theta(plan.replicates + 1, estimates.size());
  std::vector<double> totals(plan.features);
  for (std::size_t r = 0; r <= plan.replicates; ++r) {
    for (std::size_t i = 0; r > 0 && i < plan.features; ++i)
      totals[i] = sums.replicates[i * plan.replicates + r - 1];
    const auto values = r == 0 ? estimates : function.values(totals);
    for (std::size_t c = 0; c < values.size(); ++c) theta.at(r, c) = values[c];
  }
  return replicate_covariance(theta, rule);
}

}  // namespace

Matrix covariance_of(const TotalFunction& function, const DomainSums& sums, const SumPlan& plan,
                     const SampleUnits& units, const DesignRules& rules) {
  if (rules.replicates) return by_replicates(function, sums, plan, *rules.replicates);
  const auto count = function.gradients.size();
  const auto features = plan.features;
  UnitTotals totals(units.leaves(), count, units.rows_are_units);
  for (std::size_t i = 0; i < sums.leaves.size(); ++i) {
    const auto leaf = sums.leaves[i];
    totals.present[leaf] = 1;
    for (std::size_t c = 0; c < count; ++c) {
      double u = 0;
      for (const auto& [feature, factor] : function.gradients[c])
        u += factor * sums.leaf_sums[i * features + feature];
      totals.sums[leaf * count + c] = u;
      for (std::size_t other = 0; units.rows_are_units && other < count; ++other) {
        double product = 0;
        for (const auto& [a, x] : function.gradients[c]) {
          for (const auto& [b, y] : function.gradients[other])
            product += x * y * sums.leaf_products[(i * features + a) * features + b];
        }
        totals.products[(leaf * count + c) * count + other] = product;
      }
    }
  }
  return covariance(totals, units, rules.lonely);
}

void DesignSums::add(std::size_t domain, const Rows& rows, std::size_t row,
                     const std::vector<Feature>& features) {
  const auto* replicates = replicates_ > 0 ? rows.replicates + row * replicates_ : nullptr;
  sums_.add(domain, rows.units[row], rows.weights[row], replicates, features.data(),
            features.size());
}

UnitedSums::UnitedSums(const SumPlan& plan, std::size_t domains,
                       const std::vector<const DesignSums*>& parts, const PassResult& pass) {
  std::vector<const GroupSums*> groups;
  for (const auto* part : parts) groups.push_back(&part->sums_);
  sums = unite_sums(plan, domains, groups, pass.threads);
  for (const auto& each : sums) df.push_back(domain_df(each, plan, pass.units));
}

}  // namespace sondeo
