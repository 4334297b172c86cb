// SPDX-License-Identifier: MIT
// Calibration to margins and to totals of numbers, with bounds: Deville & Sarndal (JASA 1992).
#pragma once

#include <algorithm>
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

// The old weights and numbers of the people of each profile: records of `width` numbers, which lie
// elsewhere and must outlive this.
struct CalibrationUnits {
  struct Profile {
    const double* records = nullptr;  // equal ones one after the other
    std::uint64_t size = 0;           // how many
    std::uint64_t times = 1;          // each stands for so many people
    double adjust = 1;                // what old weights are multiplied by first
  };
  std::vector<Profile> profiles;
  std::size_t width = 1;
  std::size_t base = 0;              // where the old weight is in a record; those of 0 do not count
  std::vector<std::size_t> numbers;  // where the numbers are
};

// Calls visit(old weight, how many people, record) for each distinct record of a profile.
template <class Visit>
void each_unit(const CalibrationUnits& units, std::size_t profile, const Visit& visit) {
  const auto& own = units.profiles[profile];
  const auto* end = own.records + own.size * units.width;
  for (const auto* record = own.records; record != end;) {
    const auto* next = record + units.width;
    std::uint64_t count = 1;
    for (; next != end && std::equal(record, record + units.width, next); next += units.width)
      ++count;
    if (record[units.base] != 0)
      visit(record[units.base] * own.adjust, static_cast<double>(count * own.times), record);
    record = next;
  }
}

struct Calibration {
  std::vector<double> predictor;  // by profile: the part of u that its cells give
  std::vector<double> slopes;     // by number: u = predictor + sum of slope * number
  unsigned iterations = 0;
  bool converged = false;
  Gap gap;
};

// Solves sum of F(u) * base = target for every cell and every total of a number (in the order of
// units.numbers) by Newton's method from u = 0, halving steps that do not bring the sums closer. No
// margin may have cells of -1. Not converged: the bounds, or the targets, leave no solution.
Calibration calibrate(const CalibrationUnits& units, const std::vector<MarginCells>& margins,
                      const std::vector<double>& totals, Distance distance,
                      const WeightBounds& bounds, const Stopping& stopping);

}  // namespace sondeo
