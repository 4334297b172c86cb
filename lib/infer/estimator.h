// SPDX-License-Identifier: MIT
// An estimator is a list of passes: sums give parameters, and these the next pass's columns.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "infer/variance.h"
#include "tabulate/pass.h"

namespace sondeo {

// What the weights were calibrated to: the columns of x, in every row of the file.
struct Calibration {
  std::vector<std::size_t> axes;     // positions in PassPlan::axes: an indicator of each category
  std::vector<std::size_t> numbers;  // positions in PassPlan::numbers
  bool constant = false;             // the number of people too
  bool raking = false;               // residuals of unweighted least squares
};

// The design as the variance sees it, beside the units that PassPlan reads.
struct DesignRules {
  LonelyPsu lonely = LonelyPsu::fail;
  std::optional<ReplicateDesign> replicates;
  std::optional<Calibration> calibration;  // PassPlan::base_weight_column is there then
};

// Degrees of freedom of intervals: those of the domain, of the whole design, or so many (may be
// infinite).
struct FreedomRule {
  bool of_design = false;
  std::optional<double> fixed;
};

class Estimator {
 public:
  virtual ~Estimator() = default;
  // One thread's worker of the next pass; `decoder` outlives it.
  virtual std::unique_ptr<RowWorker> worker(const RowDecoder& decoder) = 0;
  // The pass is over: this estimator's workers are workers[job] of the result's threads. Says
  // whether another pass is wanted.
  virtual bool finish(const PassResult& pass, std::size_t job) = 0;
};

// The whole file, filtered or not.
struct DesignInfo {
  SampleUnits units;
  std::uint64_t rows = 0;
  std::uint64_t positive_rows = 0;  // with a positive weight
  double weights = 0;               // the sum of all
  double weight_squares = 0;
  double df = 0;            // of these rows
  std::uint64_t bytes = 0;  // of text
};

// Reads the file as often as the estimators want (once, if there is none), all of them together;
// `open` opens it anew each time.
DesignInfo estimate(const std::function<std::unique_ptr<CsvFile>()>& open, const PassPlan& plan,
                    const std::vector<Estimator*>& estimators, Issues& issues);

}  // namespace sondeo
