// SPDX-License-Identifier: MIT
#include "weight/trim.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"

namespace sondeo {

double Trimming::operator()(double weight) const {
  if (weight == 0) return 0;
  if (weight < options.lower) return options.lower;
  if (weight > options.upper) return options.upper;
  const auto moved = weight + shift;
  return options.strict ? std::clamp(moved, options.lower, options.upper) : moved;
}

Trimming trim_weights(const std::vector<double>& weights, const std::vector<std::uint64_t>& counts,
                      const TrimOptions& options) {
  Trimming trimming{options, 0, 0, 0};
  double sum = 0;
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    n += counts[i];
    sum += weights[i] * static_cast<double>(counts[i]);
    if (weights[i] < options.lower) trimming.below += counts[i];
    if (weights[i] > options.upper) trimming.above += counts[i];
  }
  const auto mean = sum / static_cast<double>(n);
  if (options.strict && (mean > options.upper || mean < options.lower)) {
    throw Error("trim", "the mean weight is " + rounded(mean, 4) + ", outside the limits",
                "no weights inside them have the same sum");
  }
  if (trimming.below + trimming.above == 0) return trimming;
  // Every pass cuts at least one more respondent, so that this ends.
  std::vector<bool> cut(weights.size(), false);
  while (true) {
    double excess = 0;
    std::uint64_t inside = 0;
    double outside_sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const auto moved = cut[i] ? trimming(weights[i]) : weights[i] + trimming.shift;
      cut[i] = cut[i] || moved < options.lower || moved > options.upper;
      const auto count = static_cast<double>(counts[i]);
      if (cut[i]) {
        outside_sum += std::clamp(moved, options.lower, options.upper) * count;
      } else {
        inside += counts[i];
        excess -= weights[i] * count;
      }
    }
    excess += sum - outside_sum;
    if (inside == 0) {
      throw Error("trim", "every weight lies outside the limits: nobody is left to take the rest",
                  "wider limits, or --trim-strictly");
    }
    const auto shift = excess / static_cast<double>(inside);
    if (shift == trimming.shift) return trimming;
    trimming.shift = shift;
    if (!options.strict) return trimming;
  }
}

}  // namespace sondeo
