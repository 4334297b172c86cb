// SPDX-License-Identifier: MIT
// Targets laid out over the profiles of a file: who lies in which cell; what cannot be met refused.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "weight/rake.h"
#include "weight/solve.h"

namespace sondeo {

// The margins of one segment (or of everybody) as numbers.
struct SegmentMargins {
  std::string name;
  std::vector<std::size_t> profiles;  // positions in Profiles, of those with a positive weight
  std::vector<MarginCells> margins;   // by position in `profiles`
  std::vector<std::string> names;     // of margins
  std::vector<std::vector<std::string>> categories;  // by margin and cell; "" for no answer
  std::vector<std::size_t> numbers;                  // positions in RowPlan::numbers
  std::vector<double> totals;
  double total = 0;  // the sum of weights
};

// `weights` are sums by profile: of the weight if `base` is 0, else of replicate `base` - 1. Throws
// Error as solve() says; `notes` gets those of settle_totals.
std::vector<SegmentMargins> lay_out_margins(const WeightingPlan& plan, const Profiles& profiles,
                                            const std::vector<double>& weights, std::size_t base,
                                            std::vector<std::string>& notes);

}  // namespace sondeo
