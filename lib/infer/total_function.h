// SPDX-License-Identifier: MIT
// Functions of the weighted totals of one domain, and their covariance under any design.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "infer/estimator.h"
#include "infer/group_sums.h"
#include "infer/variance.h"
#include "tabulate/pass.h"
#include "tabulate/replicate_sketch.h"

namespace sondeo {

// Several smooth functions of the totals of features, as LinearEstimator::covariance() has its own:
// by linearisation their influence is the gradient, under replicate weights they are worked out for
// each replicate.
struct TotalFunction {
  std::vector<std::vector<Feature>> gradients;  // by function: derivatives at the totals
  // All functions at the totals [features].
  std::function<std::vector<double>(std::span<const double> totals)> values;
};

// The covariance matrix of the functions. Throws Error [lonely-psu] as covariance() does.
Matrix covariance_of(const TotalFunction& function, const DomainSums& sums, const SumPlan& plan,
                     const SampleUnits& units, const DesignRules& rules);

// One thread's sums by domain.
class DesignSums {
 public:
  explicit DesignSums(const SumPlan& plan) : sums_(plan), replicates_(plan.replicates) {}

  // As GroupSums::add(); `row` is a row of `rows`.
  void add(std::size_t domain, const Rows& rows, std::size_t row,
           const std::vector<Feature>& features);

 private:
  friend struct UnitedSums;
  GroupSums sums_;
  std::size_t replicates_;
};

// The sums of all threads, by domain. Degrees of freedom are those of the rows with a positive
// weight: units less strata, or the rank of their replicate weights less 1.
struct UnitedSums {
  std::vector<DomainSums> sums;
  std::vector<double> df;

  UnitedSums() = default;
  UnitedSums(const SumPlan& plan, std::size_t domains, const std::vector<const DesignSums*>& parts,
             const PassResult& pass);
};

}  // namespace sondeo
