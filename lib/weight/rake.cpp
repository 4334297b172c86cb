// SPDX-License-Identifier: MIT
#include "weight/rake.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sondeo {

std::vector<double> cell_sums(const std::vector<double>& weights, const MarginCells& margin) {
  std::vector<double> sums(margin.target.size(), 0);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (margin.cell[i] >= 0) sums[static_cast<std::size_t>(margin.cell[i])] += weights[i];
  }
  return sums;
}

std::vector<double> cell_targets(const std::vector<double>& sums, const MarginCells& margin) {
  const bool complete = std::none_of(margin.cell.begin(), margin.cell.end(),
                                     [](std::int32_t cell) { return cell < 0; });
  if (complete) return margin.target;
  // Those without a cell keep their weight; the others share what is left in the same proportions.
  const auto scale = std::accumulate(sums.begin(), sums.end(), 0.0) /
                     std::accumulate(margin.target.begin(), margin.target.end(), 0.0);
  auto targets = margin.target;
  for (auto& target : targets) target *= scale;
  return targets;
}

Gap margin_gap(const std::vector<double>& weights, const std::vector<MarginCells>& margins) {
  Gap gap;
  for (std::size_t m = 0; m < margins.size(); ++m) {
    const auto sums = cell_sums(weights, margins[m]);
    const auto targets = cell_targets(sums, margins[m]);
    for (std::size_t cell = 0; cell < targets.size(); ++cell) {
      if (targets[cell] == 0) continue;
      const auto error = std::fabs(sums[cell] - targets[cell]) / targets[cell];
      // What is no number is worse than any number.
      if (!(error <= gap.relative)) gap = {error, m, cell};
    }
  }
  return gap;
}

Raking rake(const std::vector<double>& base, const std::vector<MarginCells>& margins,
            const Stopping& stopping) {
  Raking raking;
  raking.factor.assign(base.size(), 1);
  auto weights = base;
  raking.gap = margin_gap(weights, margins);
  while (!(raking.gap.relative <= stopping.tolerance) && raking.iterations < stopping.iterations) {
    for (const auto& margin : margins) {
      const auto sums = cell_sums(weights, margin);
      auto ratios = cell_targets(sums, margin);
      for (std::size_t cell = 0; cell < ratios.size(); ++cell)
        ratios[cell] = sums[cell] > 0 ? ratios[cell] / sums[cell] : 1;
      for (std::size_t i = 0; i < base.size(); ++i) {
        if (margin.cell[i] < 0 || base[i] == 0) continue;
        const auto ratio = ratios[static_cast<std::size_t>(margin.cell[i])];
        raking.factor[i] *= ratio;
        weights[i] = base[i] * raking.factor[i];
      }
    }
    ++raking.iterations;
    raking.gap = margin_gap(weights, margins);
  }
  raking.converged = raking.gap.relative <= stopping.tolerance;
  return raking;
}

}  // namespace sondeo
