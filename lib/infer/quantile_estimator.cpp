// SPDX-License-Identifier: MIT
#include "infer/quantile_estimator.h"

#include <algorithm>
#include <cmath>

#include "infer/distribution.h"
#include "infer/total_function.h"

namespace sondeo {

// Sums 1{y <= q}; for limits by replicates, the replicates of each value too.
class QuantileEstimator::Second : public RowWorker {
 public:
  Second(const QuantileEstimator& owner, const RowDecoder& decoder)
      : sums(owner.sum_plan_),
        owner_(owner),
        visitor_(owner.request_.rows, decoder),
        replicates_(owner.sum_plan_.replicates),
        scale_(FixedScale::of(owner.sum_plan_.largest_replicate)) {
    if (!owner.request_.by_replicates) return;
    for (const auto& values : owner.values_->values)
      by_value.emplace_back(values.size() * replicates_);
  }

  void take(const Rows& rows) override {
    visitor_.visit(rows, [&](std::size_t row, std::uint32_t by) {
      const auto domain = positions_.of(by, visitor_.by(), owner_.values_->domains);
      if (domain == CodePositions::none) throw_file_changed();
      const double y = rows.numbers[owner_.request_.rows.numbers[0]][row];
      features_.assign(1, {0, 1});
      const auto& quantiles = owner_.quantiles_[domain];
      for (std::uint32_t i = 0; i < quantiles.size(); ++i) {
        if (y <= quantiles[i]) features_.push_back({i + 1, 1});
      }
      const auto* replicates = rows.replicates + row * replicates_;
      sums.add(domain, rows.units[row], rows.weights[row], replicates_ > 0 ? replicates : nullptr,
               features_.data(), features_.size());
      if (owner_.request_.by_replicates && rows.weights[row] > 0) add_value(domain, y, replicates);
    });
  }

  GroupSums sums;
  std::vector<std::vector<FixedSum>> by_value;  // by domain: [values * replicates]

 private:
  void add_value(std::size_t domain, double y, const double* replicates) {
    const auto& values = owner_.values_->values[domain];
    const auto found = std::lower_bound(values.begin(), values.end(), y,
                                        [](const auto& a, double b) { return a.value < b; });
    if (found == values.end() || found->value != y) throw_file_changed();
    auto* sum =
        by_value[domain].data() + static_cast<std::size_t>(found - values.begin()) * replicates_;
    for (std::size_t r = 0; r < replicates_; ++r) sum[r].add(replicates[r], scale_);
  }

  const QuantileEstimator& owner_;
  LinearRows visitor_;
  CodePositions positions_;
  std::size_t replicates_;
  FixedScale scale_;
  std::vector<Feature> features_;
};

QuantileEstimator::QuantileEstimator(const PassPlan& plan, QuantileRequest request,
                                     DesignRules rules)
    : plan_(plan), request_(std::move(request)), rules_(std::move(rules)) {}

QuantileEstimator::~QuantileEstimator() = default;

std::unique_ptr<RowWorker> QuantileEstimator::worker(const RowDecoder& decoder) {
  if (second_) return std::make_unique<Second>(*this, decoder);
  return std::make_unique<ValueWorker>(request_.rows, plan_.replicates.columns.size(), decoder);
}

bool QuantileEstimator::finish(const PassResult& pass, std::size_t job) {
  const auto shares = request_.shares.size();
  if (!second_) {
    second_ = true;
    const bool whole = plan_.axes[request_.rows.by].questions.empty();
    values_ = std::make_unique<DomainValues>(pass, job, whole, 0);
    for (const auto& values : values_->values) {
      auto& quantiles = quantiles_.emplace_back(shares, std::nan(""));
      for (std::size_t i = 0; i < shares && !values.empty(); ++i)
        quantiles[i] = quantile(values, request_.shares[i], request_.rule);
    }
    sum_plan_.features = 1 + shares;
    sum_plan_.bounds.assign(1 + shares, 1);
    sum_plan_.largest_weight = std::max(1.0, values_->largest_weight);
    sum_plan_.largest_replicate = values_->largest_replicate;
    sum_plan_.replicates = rules_.replicates ? plan_.replicates.columns.size() : 0;
    sum_plan_.rows_are_units = pass.units.rows_are_units;
    return true;
  }
  std::vector<const GroupSums*> parts;
  for (const auto& thread : pass.threads)
    parts.push_back(&static_cast<const Second&>(*thread.workers[job]).sums);
  sums_ = unite_sums(sum_plan_, values_->domains.size(), parts, pass.threads);
  for (std::size_t d = 0; d < sums_.size(); ++d) {
    domain_df_.push_back(domain_df(sums_[d], sum_plan_, pass.units));
    TotalFunction function;
    const auto& totals = sums_[d].totals;
    for (std::uint32_t i = 1; i <= shares; ++i)
      function.gradients.push_back({{i, 1 / totals[0]}, {0, -totals[i] / totals[0] / totals[0]}});
    function.values = [shares](std::span<const double> at) {
      std::vector<double> result;
      for (std::size_t i = 1; i <= shares; ++i) result.push_back(at[i] / at[0]);
      return result;
    };
    const bool anybody = totals[0] > 0;
    reached_.push_back(anybody ? covariance_of(function, sums_[d], sum_plan_, pass.units, rules_)
                               : Matrix(shares, shares));
  }
  for (std::size_t d = 0; request_.by_replicates && d < sums_.size(); ++d) {
    const auto& values = values_->values[d];
    const auto count = sum_plan_.replicates;
    std::vector<FixedSum> all(values.size() * count);
    for (const auto& thread : pass.threads) {
      const auto& part = static_cast<const Second&>(*thread.workers[job]).by_value[d];
      for (std::size_t i = 0; i < all.size(); ++i) all[i].add(part[i]);
    }
    const auto scale = FixedScale::of(sum_plan_.largest_replicate);
    auto& quantiles = replicate_values_.emplace_back();
    for (std::size_t r = 0; r < count; ++r) {
      std::vector<WeightedValue> weighted;
      for (std::size_t v = 0; v < values.size(); ++v) {
        const double weight = all[v * count + r].value(scale);
        if (weight > 0) weighted.push_back({values[v].value, weight, 1, weight, weight});
      }
      for (const double share : request_.shares) {
        quantiles.push_back(weighted.empty() ? std::nan("")
                                             : quantile(weighted, share, request_.rule));
      }
    }
  }
  return false;
}

QuantileResult QuantileEstimator::result(std::size_t domain, std::size_t i,
                                         ProportionInterval interval, double level,
                                         double df) const {
  QuantileResult result;
  const auto& values = values_->values[domain];
  if (values.empty()) {
    result.reason = "zero_base";
    return result;
  }
  if (request_.by_replicates) return by_replicates(domain, i, level, df);
  const auto& sums = sums_[domain];
  result.value = quantiles_[domain][i];
  result.reached = sums.totals[i + 1] / sums.totals[0];
  result.reached_variance = reached_[domain].at(i, i);
  ProportionSample sample;
  sample.p = result.reached;
  sample.variance = result.reached_variance;
  sample.df = df;
  sample.n = static_cast<double>(sums.positive_rows);
  sample.effective_n = sums.totals[0] * sums.totals[0] / sums.weight_squares;
  const auto limits = proportion_limits(sample, interval, level);
  result.reason = limits.reason;
  if (!limits.low) return result;
  result.reached_low = limits.low;
  result.reached_high = limits.high;
  const auto turned =
      woodruff_limits(values, request_.rule, *limits.low, *limits.high, t_quantile(level, df));
  result.low = turned.low;
  result.high = turned.high;
  result.se = turned.se;
  if (!turned.reason.empty()) result.reason = turned.reason;
  return result;
}

QuantileResult QuantileEstimator::by_replicates(std::size_t domain, std::size_t i, double level,
                                                double df) const {
  QuantileResult result;
  result.value = quantiles_[domain][i];
  const auto shares = request_.shares.size();
  Matrix theta(sum_plan_.replicates + 1, 1);
  theta.at(0, 0) = *result.value;
  for (std::size_t r = 0; r < sum_plan_.replicates; ++r)
    theta.at(r + 1, 0) = replicate_values_[domain][r * shares + i];
  const double variance = replicate_covariance(theta, *rules_.replicates).at(0, 0);
  if (std::isnan(variance)) {
    result.reason = "zero_base";
    return result;
  }
  result.se = std::sqrt(variance);
  if (!(df > 0)) {
    result.reason = "no_df";
    return result;
  }
  const double margin = t_quantile(level, df) * *result.se;
  result.low = *result.value - margin;
  result.high = *result.value + margin;
  return result;
}

}  // namespace sondeo
