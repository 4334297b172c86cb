// SPDX-License-Identifier: MIT
#include "infer/rank_estimator.h"

#include <algorithm>
#include <cmath>

#include "infer/total_function.h"

namespace sondeo {

// Features 1 + 2g and 2 + 2g: being in group g, and the score there.
class RankEstimator::Second : public RowWorker {
 public:
  Second(const RankEstimator& owner, const RowDecoder& decoder)
      : sums(owner.sum_plan_), owner_(owner), visitor_(owner.request_.rows, decoder) {}

  void take(const Rows& rows) override {
    const auto replicates = owner_.sum_plan_.replicates;
    visitor_.visit(rows, [&](std::size_t row, std::uint32_t by) {
      const auto domain = domains_.of(by, visitor_.by(), owner_.values_->domains);
      if (domain == CodePositions::none) throw_file_changed();
      auto group = CodePositions::none;
      visitor_.levels(rows, row, 0, [&](std::uint32_t code) {
        group = groups_.of(code, visitor_.category(0), owner_.groups());
      });
      if (group == CodePositions::none) throw_file_changed();
      features_.assign(1, {0, 1});
      // Rows without a weight have no rank.
      if (rows.weights[row] > 0) {
        const double score = score_of(domain, rows.numbers[owner_.request_.rows.numbers[0]][row]);
        features_.push_back({1 + 2 * group, 1});
        features_.push_back({2 + 2 * group, score});
      }
      sums.add(domain, rows.units[row], rows.weights[row],
               replicates > 0 ? rows.replicates + row * replicates : nullptr, features_.data(),
               features_.size());
    });
  }

  GroupSums sums;

 private:
  double score_of(std::size_t domain, double y) const {
    const auto& values = owner_.values_->values[domain];
    const auto found = std::lower_bound(values.begin(), values.end(), y,
                                        [](const auto& a, double b) { return a.value < b; });
    if (found == values.end() || found->value != y) throw_file_changed();
    return owner_.scores_[domain][static_cast<std::size_t>(found - values.begin())];
  }

  const RankEstimator& owner_;
  LinearRows visitor_;
  CodePositions domains_;
  CodePositions groups_;
  std::vector<Feature> features_;
};

RankEstimator::RankEstimator(const PassPlan& plan, RankRequest request, DesignRules rules)
    : plan_(plan), request_(std::move(request)), rules_(std::move(rules)) {}

RankEstimator::~RankEstimator() = default;

std::unique_ptr<RowWorker> RankEstimator::worker(const RowDecoder& decoder) {
  if (second_) return std::make_unique<Second>(*this, decoder);
  return std::make_unique<ValueWorker>(request_.rows, plan_.replicates.columns.size(), decoder);
}

bool RankEstimator::finish(const PassResult& pass, std::size_t job) {
  if (!second_) {
    second_ = true;
    const bool whole = plan_.axes[request_.rows.by].questions.empty();
    values_ = std::make_unique<DomainValues>(pass, job, whole, 1);
    double largest = 1;
    for (const auto& values : values_->values) {
      scores_.push_back(rank_scores(values, request_.test));
      for (const double score : scores_.back()) largest = std::max(largest, std::fabs(score));
    }
    sum_plan_.features = 1 + 2 * groups().size();
    sum_plan_.bounds.assign(sum_plan_.features, largest);
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
  for (const auto& sums : sums_) {
    domain_df_.push_back(domain_df(sums, sum_plan_, pass.units));
    auto& present = present_.emplace_back();
    TotalFunction function;
    for (std::size_t g = 0; g < groups().size(); ++g) {
      const auto one = static_cast<std::uint32_t>(1 + 2 * g);
      const double weight = sums.totals[one];
      if (!(weight > 0)) continue;
      present.push_back(g);
      function.gradients.push_back(
          {{one + 1, 1 / weight}, {one, -sums.totals[one + 1] / weight / weight}});
    }
    function.values = [&present](std::span<const double> totals) {
      std::vector<double> means;
      for (const auto g : present) means.push_back(totals[2 + 2 * g] / totals[1 + 2 * g]);
      return means;
    };
    covariance_.push_back(covariance_of(function, sums, sum_plan_, pass.units, rules_));
  }
  return false;
}

RankResult RankEstimator::result(std::size_t domain, double level, double df) const {
  RankResult result;
  const auto& totals = sums_[domain].totals;
  for (std::size_t g = 0; g < groups().size(); ++g)
    result.means.push_back(totals[2 + 2 * g] / totals[1 + 2 * g]);
  std::vector<double> means;
  for (const auto g : present_[domain]) means.push_back(result.means[g]);
  const auto& spread = covariance_[domain];
  if (means.size() == 2) {
    result.difference =
        compare_means(means[1] - means[0], spread.at(0, 0) + spread.at(1, 1) - 2 * spread.at(0, 1),
                      df - 1, level);
    result.test = result.difference->test;
    return result;
  }
  result.test = equal_means(means, spread.values, df);
  return result;
}

}  // namespace sondeo
