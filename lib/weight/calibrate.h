// SPDX-License-Identifier: MIT
// Calibration to margins and to totals of numbers, with bounds: Deville & Sarndal (JASA 1992).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "weight/rake.h"

namespace sondeo {

// How far from the old weights new ones may be, and at what price: g = new / old = F(u).
//   linear: F = 1 + u (the regression estimator); raking: F = exp(u);
//   logit:  F = (L (U-1) + U (1-L) e^(Au)) / (U-1 + (1-L) e^(Au)), A = (U-L) / ((U-1)(1-L))
enum class Distance { linear, raking, logit };

struct WeightBounds {
  double least_ratio = 0;  // of g; negative weights are never made unless it is -infinity
  double largest_ratio = std::numeric_limits<double>::infinity();
  double least = 0;  // of the new weight
  double largest = std::numeric_limits<double>::infinity();
};

// The new weight at the linear predictor u. Linear and raking are cut off at the bounds of g, logit
// stays inside them by itself; all are cut off at the bounds of the weight. Weight 0 stays 0.
double calibrated_weight(double base, double u, Distance distance, const WeightBounds& bounds);

// Distinct combinations of profile, old weight and numbers, with how often they occur.
struct CalibrationUnits {
  std::vector<std::uint32_t> profile;
  std::vector<double> base;     // > 0
  std::vector<double> count;    // empty: each once
  std::vector<double> numbers;  // [units * totals]
  std::size_t size() const { return profile.size(); }
};

struct Calibration {
  std::vector<double> predictor;  // by profile: the part of u that its cells give
  std::vector<double> slopes;     // by number: u = predictor + sum of slope * number
  unsigned iterations = 0;
  bool converged = false;
  Gap gap;
};

// Solves sum of F(u) * base = target for every cell and every total of a number by Newton's method
// from u = 0, halving steps that do not bring the sums closer. `profiles` is their number; no
// margin may have cells of -1. Not converged: the bounds, or the targets, leave no solution.
Calibration calibrate(const CalibrationUnits& units, std::size_t profiles,
                      const std::vector<MarginCells>& margins, const std::vector<double>& totals,
                      Distance distance, const WeightBounds& bounds, const Stopping& stopping);

}  // namespace sondeo
