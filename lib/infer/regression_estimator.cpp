// SPDX-License-Identifier: MIT
#include "infer/regression_estimator.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "infer/regression_pass.h"
#include "infer/total_function.h"

namespace sondeo {
namespace {

// Bounds are above what rounding may make of a sum.
constexpr double slack = 1 + 1e-9;

std::vector<Key> in_order(std::vector<Key> keys) {
  std::stable_sort(keys.begin(), keys.end(), key_less);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

RegressionEstimator::RegressionEstimator(const PassPlan& plan, RegressionRequest request,
                                         DesignRules rules, ListedLevels listed)
    : plan_(plan),
      request_(std::move(request)),
      rules_(std::move(rules)),
      listed_(std::move(listed)) {}

RegressionEstimator::~RegressionEstimator() = default;

std::unique_ptr<RowWorker> RegressionEstimator::worker(const RowDecoder& decoder) {
  switch (stage_) {
    case Stage::ranges:
      return std::make_unique<Ranges>(request_, plan_.replicates.columns.size(), decoder);
    case Stage::steps:
      return std::make_unique<Steps>(*this, decoder);
    default:
      return std::make_unique<Scores>(*this, decoder);
  }
}

bool RegressionEstimator::finish(const PassResult& pass, std::size_t job) {
  switch (stage_) {
    case Stage::ranges:
      finish_ranges(pass, job);
      stage_ = Stage::steps;
      return true;
    case Stage::steps:
      if (finish_steps(pass, job)) return true;
      plan_scores(pass);
      stage_ = Stage::scores;
      return true;
    default:
      finish_scores(pass, job);
      return false;
  }
}

void RegressionEstimator::finish_ranges(const PassResult& pass, std::size_t job) {
  std::vector<const Ranges*> parts;
  for (const auto& thread : pass.threads)
    parts.push_back(&static_cast<const Ranges&>(*thread.workers[job]));
  const auto categories = request_.rows.categories.size();
  levels_.resize(categories);
  if (plan_.axes[request_.rows.by].questions.empty()) domains_.push_back({});
  for (const auto* part : parts) {
    for (std::uint32_t code = 0; code < part->domains.size(); ++code) {
      if (part->domains[code].rows == 0) continue;
      domains_.push_back(part->visitor.by().key(code));
    }
    sum_plan_.largest_weight = std::max(sum_plan_.largest_weight, part->largest_weight);
    sum_plan_.largest_replicate = std::max(sum_plan_.largest_replicate, part->largest_replicate);
    largest_outcome_ = std::max(largest_outcome_, part->largest_outcome);
    if (request_.link == Link::logit && !part->outcome_is_share) {
      throw Error("logistic-outcome", "the outcome of a logistic regression is not within 0 and 1",
                  "name the answer that counts: 'question = answer ~ ...'");
    }
  }
  domains_ = in_order(std::move(domains_));
  for (std::size_t c = 0; c < categories; ++c) {
    auto levels = c < listed_.size() ? listed_[c] : std::vector<Key>{};
    std::vector<Key> met;
    for (const auto* part : parts) {
      for (std::uint32_t code = 0; code < part->met_levels[c].size(); ++code) {
        if (part->met_levels[c][code] != 0) met.push_back(part->visitor.category(c).key(code));
      }
    }
    const auto known = levels;
    for (auto& key : in_order(std::move(met))) {
      if (std::find(known.begin(), known.end(), key) == known.end())
        levels.push_back(std::move(key));
    }
    levels_[c] = std::move(levels);
  }
  if (request_.outcome) {
    const auto found = std::find(levels_[0].begin(), levels_[0].end(), *request_.outcome);
    outcome_level_ = static_cast<std::size_t>(found - levels_[0].begin());
  }
  if (request_.intercept) terms_.push_back({});
  for (const auto& predictor : request_.predictors) {
    if (!predictor.category) {
      terms_.push_back({predictor, {}, 0});
      continue;
    }
    const auto& levels = levels_[predictor.position];
    for (std::size_t level = 1; level < levels.size(); ++level)
      terms_.push_back({predictor, levels[level], level});
  }
  sum_plan_.replicates = rules_.replicates ? plan_.replicates.columns.size() : 0;
  for (const auto& key : domains_) {
    const auto all = united_ranges(parts, key);
    auto& model = models_.emplace_back();
    const double weight = all.weights.value();
    std::vector<PredictorRange> ranges;
    for (const auto& term : terms_) {
      if (term.predictor) ranges.push_back(range_of(all, term, weight));
    }
    model.scale = model_scale(ranges, request_.intercept);
    model.fits.assign(1 + sum_plan_.replicates, model_start(request_.link, terms_.size()));
    model.sums.resize(model.fits.size());
    if (!(weight > 0)) model.reason = "zero_base";
  }
}

const ModelScale& RegressionEstimator::scale(std::size_t domain) const {
  return models_[domain].scale;
}

// Of |y - mu| and of |x (y - mu)|, since |x| <= 1.
double RegressionEstimator::residual_bound(const ModelFit& fit) const {
  if (request_.link == Link::logit) return 1;
  double sum = largest_outcome_;
  for (const double each : fit.coefficients) sum += std::fabs(each);
  return std::max(sum, 1e-300) * slack;
}

// Bounds of model_terms() at a fit.
std::vector<double> RegressionEstimator::term_bounds(const ModelFit& fit) const {
  const auto k = terms_.size();
  std::vector<double> bounds(model_sum_count(k), slack);
  const double residual = residual_bound(fit);
  std::fill(bounds.begin(), bounds.begin() + static_cast<std::ptrdiff_t>(k), residual);
  if (request_.link == Link::identity) {
    bounds.back() = residual * residual;
  } else {
    for (const double each : fit.coefficients) bounds.back() += std::fabs(each) * slack;
  }
  return bounds;
}

bool RegressionEstimator::finish_steps(const PassResult& pass, std::size_t job) {
  bool again = false;
  for (std::size_t d = 0; d < models_.size(); ++d) {
    auto& model = models_[d];
    for (std::size_t f = 0; f < model.fits.size() && model.reason.empty(); ++f) {
      auto& fit = model.fits[f];
      if (fit.converged) continue;
      const auto bounds = term_bounds(fit);
      const double weight = f == 0 ? sum_plan_.largest_weight : sum_plan_.largest_replicate;
      std::vector<double> sums;
      for (std::size_t i = 0; i < bounds.size(); ++i) {
        FixedSum sum;
        for (const auto& thread : pass.threads) {
          const auto& part = static_cast<const Steps&>(*thread.workers[job]);
          sum.add(part.sums[d][f][i]);
        }
        sums.push_back(sum.value(FixedScale::of(weight * bounds[i])));
      }
      model_step(fit, sums);
      model.sums[f] = std::move(sums);
      if (!fit.converged && fit.steps >= model_steps) model.reason = "no_convergence";
      again = again || (!fit.converged && model.reason.empty());
    }
  }
  return again;
}

void RegressionEstimator::plan_scores(const PassResult& pass) {
  const auto k = sum_plan_.replicates > 0 ? 0 : terms_.size();
  double bound = 1;
  for (const auto& model : models_) bound = std::max(bound, residual_bound(model.fits[0]));
  sum_plan_.features = 1 + k;
  sum_plan_.bounds.assign(1 + k, bound);
  sum_plan_.rows_are_units = pass.units.rows_are_units;
}

void RegressionEstimator::finish_scores(const PassResult& pass, std::size_t job) {
  std::vector<const GroupSums*> parts;
  for (const auto& thread : pass.threads)
    parts.push_back(&static_cast<const Scores&>(*thread.workers[job]).sums);
  sums_ = unite_sums(sum_plan_, domains_.size(), parts, pass.threads);
  const auto k = terms_.size();
  for (std::size_t d = 0; d < domains_.size(); ++d) {
    domain_df_.push_back(domain_df(sums_[d], sum_plan_, pass.units));
    const auto& model = models_[d];
    auto& result = results_.emplace_back();
    result.reason = model.reason;
    if (!result.reason.empty()) continue;
    const auto& fit = model.fits[0];
    result.aliased = fit.aliased;
    result.coefficients = model_coefficients(fit, model.scale);
    if (rules_.replicates) {
      Matrix theta(model.fits.size(), k);
      for (std::size_t r = 0; r < model.fits.size(); ++r) {
        const auto coefficients = model_coefficients(model.fits[r], model.scale);
        for (std::size_t i = 0; i < k; ++i) theta.at(r, i) = coefficients[i];
      }
      result.covariance = replicate_covariance(theta, *rules_.replicates);
      continue;
    }
    TotalFunction scores;
    for (std::uint32_t i = 1; i <= k; ++i) scores.gradients.push_back({{i, 1}});
    const auto meat = covariance_of(scores, sums_[d], sum_plan_, pass.units, rules_);
    result.covariance = Matrix(k, k);
    result.covariance.values = model_covariance(fit, model.sums[0], meat.values, model.scale);
  }
}

}  // namespace sondeo
