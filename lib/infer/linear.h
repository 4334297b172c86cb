// SPDX-License-Identifier: MIT
// Statistics that are smooth functions of weighted totals: means, totals, shares, ratios,
// variances and cross-tabulations, in every domain at once, with their covariance.
//
// Two passes. The first finds domains, categories, means and bounds. The second sums features that
// are centred at those means, by domain and unit: a mean of 1e9 with a standard deviation of 10
// keeps its digits. Influences follow from the sums by the gradient (Särndal, Swensson & Wretman
// 1992, ch. 5), estimates of replicates by the statistic itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "infer/estimator.h"
#include "infer/group_sums.h"
#include "tabulate/cells.h"
#include "tabulate/replicate_sketch.h"

namespace sondeo {

enum class LinearKind {
  means,     // of numbers, and shares of categories
  totals,    // of numbers, and of respondents in categories
  ratio,     // of the totals of the first number and the second
  variance,  // variances and covariances of numbers
  crosstab,  // of the two categories
};

struct LinearRequest {
  LinearKind kind = LinearKind::means;
  std::vector<std::size_t> numbers;     // positions in PassPlan::numbers
  std::vector<std::size_t> categories;  // positions in PassPlan::axes, of one question each
  std::size_t by = 0;                   // position in PassPlan::axes: the domains
};

// Categories that are there whether somebody is in them or not, by category of the request.
using ListedLevels = std::vector<std::vector<Key>>;

enum class Measure {
  mean,   // of number `a`
  total,  // of number `a`
  share,  // of level `a` of category `variable`; crosstab: of a margin
  count,  // the weighted count of that
  ratio,
  variance,    // of number `a`, or its covariance with `b`
  cell_share,  // crosstab: of row `a` and column `b` in the whole table
  cell_count,
  row_share,     // of column `b` in row `a`
  column_share,  // of row `a` in column `b`
};

struct Statistic {
  Measure measure = Measure::mean;
  std::size_t variable = 0;
  std::size_t a = 0;
  std::size_t b = 0;
  // The value is origin + T[top] / T[bottom], or (totals) T[top] + origin T[0]; variances:
  // n / (n - 1) (T[top] / T[0] - T[da] T[db] / T[0]^2).
  enum class Form { ratio, total, variance } form = Form::ratio;
  std::uint32_t top = 0;
  std::uint32_t bottom = 0;
  std::uint32_t da = 0;
  std::uint32_t db = 0;
};

class Residuals;

class LinearEstimator : public Estimator {
 public:
  // The plan must outlive this, and have got all its numbers and axes before the first pass.
  LinearEstimator(const PassPlan& plan, LinearRequest request, DesignRules rules,
                  ListedLevels listed = {});
  ~LinearEstimator() override;

  std::unique_ptr<RowWorker> worker(const RowDecoder& decoder) override;
  bool finish(const PassResult& pass, std::size_t job) override;

  // After the passes. Domains are in key_less order; of `by` without a question there is one.
  const std::vector<Key>& domains() const { return domains_; }
  const DomainSums& sums(std::size_t domain) const { return sums_[domain]; }
  const std::vector<Key>& levels(std::size_t category) const { return levels_[category]; }
  const std::vector<Statistic>& statistics() const { return statistics_; }
  const SampleUnits& units() const { return units_; }

  // NaN where it is not defined: nobody with a weight, or a denominator of 0.
  double value(std::size_t domain, std::size_t statistic) const;
  // The variances of all statistics of a domain.
  std::vector<double> variances(std::size_t domain) const;
  // The variance of the logit of a share over the replicates; nothing without replicates, or where
  // a replicate has no logit.
  std::optional<double> logit_variance(std::size_t domain, std::size_t statistic) const;
  // Statistics {domain, position}, of any domains. Throws Error [contrast-overlap] for different
  // domains that respondents may both be in.
  Matrix covariance(const std::vector<std::pair<std::size_t, std::size_t>>& which) const;
  // Degrees of freedom of the domains taken together; of a part of one, by the feature that is not
  // 0 there (Statistic::bottom); and how many rows of positive weight that part has.
  double df(const std::vector<std::size_t>& domains) const;
  double df_of_part(std::size_t domain, std::uint32_t feature) const;
  double rows_of_part(std::size_t domain, std::uint32_t feature) const;
  // The variance under simple random sampling of as many (rows of positive weight), s2 / n, times
  // 1 - n/N unless `with_replacement` (NaN where n > N). Nothing for parts of a domain.
  std::optional<double> srs_variance(std::size_t domain, std::size_t statistic,
                                     bool with_replacement) const;

 private:
  struct First;  // what the first pass adds up in one thread
  struct Second;
  friend struct First;
  friend struct Second;
  friend class Residuals;
  void finish_first(const PassResult& pass, std::size_t job);
  void lay_out();
  std::vector<Feature> gradient(std::size_t domain, std::size_t statistic) const;
  double evaluate(const Statistic& statistic, std::size_t domain, const double* totals,
                  std::size_t stride) const;
  double origin(const Statistic& statistic, std::size_t domain) const;
  bool domains_overlap() const;

  const PassPlan& plan_;
  LinearRequest request_;
  DesignRules rules_;
  ListedLevels listed_;
  unsigned passes_ = 0;
  std::vector<Key> domains_;
  std::vector<std::vector<Key>> levels_;
  std::vector<std::vector<double>> centres_;  // by domain, number
  std::vector<double> ratios_;                // by domain
  std::vector<Statistic> statistics_;
  std::vector<std::uint32_t> first_level_;  // by category: the feature of its first level
  std::uint32_t first_cell_ = 0;
  SumPlan sum_plan_;
  std::vector<DomainSums> sums_;
  std::vector<std::vector<ReplicateSketch>> sketches_;  // see Second
  SampleUnits units_;
  std::unique_ptr<Residuals> residuals_;  // of calibrated weights
};

}  // namespace sondeo
