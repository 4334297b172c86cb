// SPDX-License-Identifier: MIT
// Quantiles of a number in every domain, with intervals that know the design.
//
// Two passes: the first collects distinct values with their weights, which give the quantiles q;
// the second sums 1{y <= q} by domain and unit, for the variance of F(q) (Woodruff 1952), or the
// values' weights under every replicate.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "infer/domain_values.h"
#include "infer/estimator.h"
#include "infer/proportion_interval.h"

namespace sondeo {

struct QuantileRequest {
  LinearRequest rows;          // numbers[0] is the one; all are complete; `by` are the domains
  std::vector<double> shares;  // 0..1
  QuantileRule rule = QuantileRule::math;
  // Limits from the quantiles of the replicates, not from F: q -+ t se. Of the rules that step
  // (math, school, hf3) alone.
  bool by_replicates = false;
};

struct QuantileResult {
  std::optional<double> value;
  std::optional<double> se;
  std::optional<double> low;
  std::optional<double> high;
  double reached = 0;           // F(q)
  double reached_variance = 0;  // of F(q)
  std::optional<double> reached_low;
  std::optional<double> reached_high;
  std::string reason;  // "zero_base", or of proportion_limits() or woodruff_limits()
};

class QuantileEstimator : public Estimator {
 public:
  // The plan must outlive this, and have got all its numbers and axes before the first pass.
  QuantileEstimator(const PassPlan& plan, QuantileRequest request, DesignRules rules);
  ~QuantileEstimator() override;

  std::unique_ptr<RowWorker> worker(const RowDecoder& decoder) override;
  bool finish(const PassResult& pass, std::size_t job) override;

  // After the passes.
  const std::vector<Key>& domains() const { return values_->domains; }
  const DomainSums& sums(std::size_t domain) const { return sums_[domain]; }
  // Degrees of freedom of the rows of the domain, by units.
  double df(std::size_t domain) const { return domain_df_[domain]; }
  // The quantile at shares[i], with limits at `level` percent: those of F(q) by `interval` on `df`
  // degrees of freedom, turned back into values by the rule.
  QuantileResult result(std::size_t domain, std::size_t i, ProportionInterval interval,
                        double level, double df) const;

 private:
  class Second;
  QuantileResult by_replicates(std::size_t domain, std::size_t i, double level, double df) const;

  const PassPlan& plan_;
  QuantileRequest request_;
  DesignRules rules_;
  bool second_ = false;
  std::unique_ptr<DomainValues> values_;
  std::vector<std::vector<double>> quantiles_;  // by domain and share
  SumPlan sum_plan_;
  std::vector<DomainSums> sums_;
  std::vector<Matrix> reached_;  // by domain: the covariance of F(q)
  std::vector<double> domain_df_;
  std::vector<std::vector<double>> replicate_values_;  // by domain: quantiles [replicates * shares]
};

}  // namespace sondeo
