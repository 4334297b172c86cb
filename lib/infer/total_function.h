// SPDX-License-Identifier: MIT
// Functions of the weighted totals of one domain, and their covariance under any design.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "infer/estimator.h"
#include "infer/group_sums.h"
#include "infer/variance.h"

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

// The degrees of freedom of the rows of the domain with a positive weight.
double domain_df(const DomainSums& sums, const SumPlan& plan, const SampleUnits& units);

}  // namespace sondeo
