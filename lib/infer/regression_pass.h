// SPDX-License-Identifier: MIT
// The passes of RegressionEstimator, one thread each; nobody else needs this header.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "infer/regression_estimator.h"

namespace sondeo {

struct RegressionEstimator::Model {
  ModelScale scale;
  std::vector<ModelFit> fits;             // of the weights, then of each replicate
  std::vector<std::vector<double>> sums;  // by fit: at its last step
  std::string reason;
};

// What is known of the numbers and levels of a domain.
struct DomainRanges {
  std::uint64_t rows = 0;
  WideSum weights;
  std::vector<WideSum> sums;    // of w x, by number
  std::vector<double> least;    // by number
  std::vector<double> largest;  // by number
  struct Level {
    Key key;
    std::uint64_t rows = 0;
    WideSum weights;
  };
  std::vector<std::vector<Level>> levels;  // by category; by code in one thread
};

class RegressionEstimator::Ranges : public RowWorker {
 public:
  Ranges(const RegressionRequest& request, std::size_t replicates, const RowDecoder& decoder);
  void take(const Rows& rows) override;

  LinearRows visitor;
  std::vector<DomainRanges> domains;                  // by code of `by`
  std::vector<std::vector<std::uint8_t>> met_levels;  // by category and code
  double largest_weight = 0;
  double largest_replicate = 0;
  double largest_outcome = 0;
  bool outcome_is_share = true;  // all of them within 0..1

 private:
  const RegressionRequest& request_;
  std::size_t replicates_;
};

// The ranges of a domain in all threads together.
DomainRanges united_ranges(const std::vector<const RegressionEstimator::Ranges*>& parts,
                           const Key& domain);
// The range of a term's predictor, `weight` the sum of all.
PredictorRange range_of(const DomainRanges& domain, const RegressionTerm& term, double weight);

// Makes scaled predictors and the outcome of rows.
class ModelRows {
 public:
  ModelRows(const RegressionEstimator& owner, const RowDecoder& decoder);

  // Calls each(row, domain, x, y) for every complete row.
  template <class Each>
  void visit(const Rows& rows, const Each& each) {
    visitor_.visit(rows, [&](std::size_t row, std::uint32_t by) {
      const auto domain = domain_of(by);
      prepare(rows, row, domain);
      each(row, domain, x_, y_);
    });
  }

 private:
  std::size_t domain_of(std::uint32_t by);
  void prepare(const Rows& rows, std::size_t row, std::size_t domain);

  const RegressionEstimator& owner_;
  LinearRows visitor_;
  CodePositions domains_;
  std::vector<CodePositions> levels_;
  std::vector<std::uint32_t> row_levels_;
  std::vector<double> x_;
  double y_ = 0;
};

class RegressionEstimator::Steps : public RowWorker {
 public:
  Steps(const RegressionEstimator& owner, const RowDecoder& decoder);
  void take(const Rows& rows) override;

  std::vector<std::vector<std::vector<FixedSum>>> sums;  // by domain, fit and term

 private:
  const RegressionEstimator& owner_;
  ModelRows rows_;
  std::vector<std::vector<std::vector<FixedScale>>> scales_;
  std::vector<double> terms_;
};

class RegressionEstimator::Scores : public RowWorker {
 public:
  Scores(const RegressionEstimator& owner, const RowDecoder& decoder);
  void take(const Rows& rows) override;

  GroupSums sums;

 private:
  const RegressionEstimator& owner_;
  ModelRows rows_;
  std::vector<double> score_;
  std::vector<Feature> features_;
};

}  // namespace sondeo
