// SPDX-License-Identifier: MIT
// Linear and logistic regression in every domain, with the covariance of the design.
//
// Passes: the ranges of the predictors; then sums at the present coefficients until they stand (see
// regression.h), for the weights and for each replicate; then scores by unit.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "infer/domain_values.h"
#include "infer/estimator.h"
#include "infer/regression.h"

namespace sondeo {

// A predictor: rows.numbers[position], or all levels of rows.categories[position] but the first.
struct Predictor {
  bool category = false;
  std::size_t position = 0;
};

struct RegressionRequest {
  Link link = Link::identity;
  LinearRequest rows;  // outcome and predictors, all complete, of one answer each; `by`: domains
  std::optional<Key> outcome;  // the level of categories[0] that is 1; none: numbers[0] is it
  std::vector<Predictor> predictors;
  bool intercept = true;
};

// A coefficient's predictor; none: the intercept.
struct RegressionTerm {
  std::optional<Predictor> predictor;
  Key level;              // of a category
  std::size_t index = 0;  // of it among the levels
};

struct RegressionResult {
  std::vector<double> coefficients;  // by term
  Matrix covariance;
  std::vector<bool> aliased;  // by term: a combination of those before it; nothing is known of it
  // "zero_base": nobody with a weight; "no_convergence": the predictors separate the outcomes, or
  // nearly; then there are no coefficients.
  std::string reason;
};

class RegressionEstimator : public Estimator {
 public:
  // The plan must outlive this, and have got all its numbers and axes before the first pass.
  // `listed`: levels by category that come first, as of LinearEstimator.
  RegressionEstimator(const PassPlan& plan, RegressionRequest request, DesignRules rules,
                      ListedLevels listed = {});
  ~RegressionEstimator() override;

  std::unique_ptr<RowWorker> worker(const RowDecoder& decoder) override;
  // Throws Error [logistic-outcome] if a number that is the outcome of a logistic model is not
  // within 0..1.
  bool finish(const PassResult& pass, std::size_t job) override;

  // After the passes.
  const std::vector<Key>& domains() const { return domains_; }
  const std::vector<RegressionTerm>& terms() const { return terms_; }
  const DomainSums& sums(std::size_t domain) const { return sums_[domain]; }
  // Degrees of freedom of the rows of the domain, by units. Those of the coefficients are fewer by
  // the terms that are not aliased, and one more (df + 1 - terms).
  double df(std::size_t domain) const { return domain_df_[domain]; }
  const RegressionResult& result(std::size_t domain) const { return results_[domain]; }

  // For the passes.
  class Ranges;
  const RegressionRequest& request() const { return request_; }
  const std::vector<Key>& levels(std::size_t category) const { return levels_[category]; }
  const ModelScale& scale(std::size_t domain) const;
  double largest_outcome() const { return largest_outcome_; }
  std::size_t outcome_level() const { return outcome_level_; }

 private:
  class Steps;
  class Scores;
  struct Model;  // of one domain
  enum class Stage { ranges, steps, scores };

  void finish_ranges(const PassResult& pass, std::size_t job);
  bool finish_steps(const PassResult& pass, std::size_t job);
  void finish_scores(const PassResult& pass, std::size_t job);
  void plan_scores(const PassResult& pass);
  double residual_bound(const ModelFit& fit) const;
  std::vector<double> term_bounds(const ModelFit& fit) const;

  const PassPlan& plan_;
  RegressionRequest request_;
  DesignRules rules_;
  ListedLevels listed_;
  Stage stage_ = Stage::ranges;
  std::vector<Key> domains_;
  std::vector<std::vector<Key>> levels_;
  std::vector<RegressionTerm> terms_;
  std::vector<Model> models_;
  double largest_outcome_ = 0;
  std::size_t outcome_level_ = 0;  // of categories[0]
  SumPlan sum_plan_;
  std::vector<DomainSums> sums_;
  std::vector<double> domain_df_;
  std::vector<RegressionResult> results_;
};

}  // namespace sondeo
