// SPDX-License-Identifier: MIT
// The variance of linear statistics under calibrated weights: their influences are replaced by what
// is left of them after regression on what the weights were calibrated to.
//
// With d the weight before calibration, w = d g after it, and z the influence of a row (0 outside
// the domain), U = w (z - x'B), B = (sum v x x')^-1 sum v x z over all rows of the file, v = d
// (regression; Deville & Saerndal 1992) or 1 (raking: R's rake() at convergence). x may be
// collinear: margins of the same total always are.
//
// Two more passes than LinearEstimator's: one for B, one for U by unit.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "infer/linear.h"

namespace sondeo {

class Residuals {
 public:
  // The estimator has its sums by domain, and outlives this.
  explicit Residuals(const LinearEstimator& estimator);
  ~Residuals();

  std::unique_ptr<RowWorker> worker(const RowDecoder& decoder) const;
  // Whether another pass is wanted. Throws Error [calibration-size] if sums of products of all
  // statistics would be too many.
  bool finish(const PassResult& pass, std::size_t job);

  // Of two statistics {domain, position}; NaN where one is not defined.
  double covariance(const std::pair<std::size_t, std::size_t>& a,
                    const std::pair<std::size_t, std::size_t>& b) const;

 private:
  struct Regression;  // one thread of the first pass
  struct Sums;        // one thread of the second
  // The columns of x that a thread has met, and their values in a row.
  class Columns;
  // For each row the influences that are not 0, by statistic of all domains.
  void add_influences(LinearEstimator::Second& features, const Rows& rows,
                      std::vector<std::vector<Feature>>& influences) const;
  std::size_t place(const std::pair<std::size_t, std::size_t>& statistic) const;
  void solve(const PassResult& pass, std::size_t job);
  void add_up(const PassResult& pass, std::size_t job);

  const LinearEstimator& owner_;
  const Calibration& rule_;
  std::size_t statistics_;                          // of all domains
  std::vector<std::vector<double>> gradients_;      // [statistics_][features]
  std::vector<std::pair<std::size_t, Key>> names_;  // of the columns of x: axis and category
  std::vector<std::vector<double>> coefficients_;   // B: [columns][statistics_]
  std::vector<double> bounds_;                      // of |U|, by statistic
  bool solved_ = false;
  Matrix covariance_;
};

}  // namespace sondeo
