// SPDX-License-Identifier: MIT
// Raking: weights multiplied until they meet every margin, on distinct profiles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sondeo {

// A margin as numbers: the cell that every profile lies in, and the sum of weights of every cell.
struct MarginCells {
  std::vector<std::int32_t> cell;  // by profile; -1: no answer, and the margin leaves it alone
  std::vector<double> target;  // by cell; the cell's share of those with a cell if some have none
};

// How well weights meet their targets: the largest relative error |sum - target| / target.
struct Gap {
  double relative = 0;
  std::size_t margin = 0;  // where it is; after the margins come the totals of numbers
  std::size_t cell = 0;
};

struct Raking {
  std::vector<double> factor;  // by profile: new weight / old weight
  unsigned iterations = 0;     // cycles through all margins
  bool converged = false;
  Gap gap;
};

struct Stopping {
  double tolerance = 1e-10;  // of Gap::relative, after a full cycle
  unsigned iterations = 1000;
};

// Iterative proportional fitting (Deming & Stephan 1940): cycles through the margins, multiplying
// the weights of each cell by target / sum, until the largest relative error of any margin after a
// full cycle is at most the tolerance. `base` is the sum of weights by profile; profiles of sum 0
// keep the factor 1. Every cell with a target above 0 must have a profile with base > 0.
Raking rake(const std::vector<double>& base, const std::vector<MarginCells>& margins,
            const Stopping& stopping);

// The gap of the sums of weights by profile.
Gap margin_gap(const std::vector<double>& weights, const std::vector<MarginCells>& margins);

// Sums of weights by cell, and of the targets as they stand for those with a cell.
std::vector<double> cell_sums(const std::vector<double>& weights, const MarginCells& margin);
std::vector<double> cell_targets(const std::vector<double>& sums, const MarginCells& margin);

}  // namespace sondeo
