// SPDX-License-Identifier: MIT
// What weighting did and what it cost, as numbers: margins before and after, the weights, Kish.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "weight/distribution.h"
#include "weight/solve.h"
#include "weight/write.h"

namespace sondeo {

// A cell of a margin: sums of weights, and shares of all weights (of 1).
struct ReportCell {
  std::string category;  // "" for people without an answer
  std::uint64_t n = 0;
  double target = 0;
  double sample = 0;  // with the old weights
  double weighted = 0;
  std::optional<double> target_share;  // not for totals of numbers
  std::optional<double> sample_share;
  std::optional<double> weighted_share;
  bool under_sampled = false;  // the target is a quarter above the sample, or more
};

struct ReportMargin {
  std::string name;
  bool number = false;
  std::vector<ReportCell> cells;
};

struct ReportSegment {
  std::string name;  // "" without segments
  std::vector<ReportMargin> margins;
  unsigned iterations = 0;
  bool converged = true;
  double gap = 0;         // largest relative error
  double gap_points = 0;  // the same in percentage points
  std::string worst;      // where: "age × 18-34"
  std::string advice;
};

// People with the same answers, whose weight lies furthest from the mean.
struct ReportProfile {
  std::string name;
  std::uint64_t n = 0;
  double weight = 0;  // mean
  double share = 0;   // of all weights
};

struct ReportClass {
  std::string name;
  std::uint64_t n = 0;
  double eligible = 0;
  double respondents = 0;
  double factor = 0;
};

struct ReportWeights {
  std::uint64_t n = 0;     // with a positive weight
  std::uint64_t zero = 0;  // with weight 0
  double sum = 0, mean = 0, cv = 0;
  double least = 0, p5 = 0, median = 0, p95 = 0, largest = 0;
  double deff = 0, effective_n = 0;
  std::optional<ValueSums> ratios;  // new / old
};

struct WeightReport {
  std::string language = "en";  // of the fixed words and number marks
  std::string method;           // "Raking to 3 margins (9 cells)"; "" if nothing was done
  bool converged = true;
  double tolerance = 0;
  std::vector<ReportSegment> segments;
  std::vector<ReportClass> classes;
  std::optional<Trimming> trimming;
  std::vector<ReportProfile> extremes;
  std::optional<ReportWeights> weights;  // absent if none were made
  std::size_t replicates = 0;
  double replicate_scale = 0;             // of replicates that were made here, and
  std::vector<double> replicate_rscales;  // one for each; empty if none were
  std::vector<std::string> notes;
  std::vector<std::string> closing;  // what was written, what comes next
};

// The part that is known before weights are written.
WeightReport report_weighting(const WeightingPlan& plan, const Profiles& profiles,
                              const Weighting& weighting, const std::string& language);
ReportWeights report_weights(const WeightDistribution& distribution, const ValueSums& ratios);

}  // namespace sondeo
