// SPDX-License-Identifier: MIT
// Rank tests of a number between groups, in every domain (Lumley & Scott, Biometrika 2013).
//
// Two passes: the first collects distinct values with their weights, which give each value its rank
// in the population and its score; the second compares mean scores of the groups.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "infer/domain_values.h"
#include "infer/estimator.h"
#include "infer/group_test.h"

namespace sondeo {

struct RankRequest {
  LinearRequest rows;  // numbers[0] is ranked between the levels of categories[0], in `by`
  RankTest test = RankTest::wilcoxon;
};

struct RankResult {
  std::vector<double> means;  // mean score, by group; NaN for groups without a weight
  // Two groups: second less first, t on df - 1; more: F as equal_means(), on groups that are there.
  std::optional<ComparedMeans> difference;
  TestResult test;
};

class RankEstimator : public Estimator {
 public:
  // The plan must outlive this, and have got all its numbers and axes before the first pass.
  RankEstimator(const PassPlan& plan, RankRequest request, DesignRules rules);
  ~RankEstimator() override;

  std::unique_ptr<RowWorker> worker(const RowDecoder& decoder) override;
  bool finish(const PassResult& pass, std::size_t job) override;

  // After the passes.
  const std::vector<Key>& domains() const { return values_->domains; }
  const std::vector<Key>& groups() const { return values_->levels[0]; }
  const DomainSums& sums(std::size_t domain) const { return sums_[domain]; }
  // Degrees of freedom of the rows of the domain, by units.
  double df(std::size_t domain) const { return domain_df_[domain]; }
  // The test on the domain's degrees of freedom `df` of the design, limits at `level` percent.
  RankResult result(std::size_t domain, double level, double df) const;

 private:
  class Second;

  const PassPlan& plan_;
  RankRequest request_;
  DesignRules rules_;
  bool second_ = false;
  std::unique_ptr<DomainValues> values_;
  std::vector<std::vector<double>> scores_;  // by domain and value
  SumPlan sum_plan_;
  std::vector<DomainSums> sums_;
  std::vector<double> domain_df_;
  std::vector<std::vector<std::size_t>> present_;  // by domain: the groups with a weight
  std::vector<Matrix> covariance_;                 // by domain: of their mean scores
};

}  // namespace sondeo
