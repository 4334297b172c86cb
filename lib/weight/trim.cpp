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

namespace {

// Calls visit(weight, first, end) for each run of equal weights [first, end).
template <class Visit>
void each_run(const std::vector<double>& weights, const Visit& visit) {
  for (std::size_t first = 0; first < weights.size();) {
    auto end = first + 1;
    while (end < weights.size() && weights[end] == weights[first]) ++end;
    visit(weights[first], first, end);
    first = end;
  }
}

}  // namespace

Trimming trim_weights(const std::vector<double>& weights, const TrimOptions& options) {
  Trimming trimming{options, 0, 0, 0};
  double sum = 0;
  each_run(weights, [&](double weight, std::size_t first, std::size_t end) {
    sum += weight * static_cast<double>(end - first);
    if (weight < options.lower) trimming.below += end - first;
    if (weight > options.upper) trimming.above += end - first;
  });
  const auto mean = sum / static_cast<double>(weights.size());
  if (options.strict && (mean > options.upper || mean < options.lower)) {
    throw Error("trim", "the mean weight is " + rounded(mean, 4) + ", outside the limits",
                "no weights inside them have the same sum");
  }
  if (trimming.below + trimming.above == 0) return trimming;
  // Who has been cut: those before `raised`, and those from `lowered` on. Every pass cuts at least
  // one more respondent, so that this ends.
  std::size_t raised = 0;
  auto lowered = weights.size();
  while (true) {
    double excess = 0;
    std::uint64_t inside = 0;
    auto now_lowered = lowered;
    each_run(weights, [&](double weight, std::size_t first, std::size_t end) {
      const auto count = static_cast<double>(end - first);
      const bool cut = first < raised || first >= lowered;
      const auto moved = cut ? trimming(weight) : weight + trimming.shift;
      if (!cut && moved < options.lower) raised = end;
      if (!cut && moved > options.upper) now_lowered = std::min(now_lowered, first);
      if (cut || moved < options.lower || moved > options.upper) {
        excess += (weight - std::clamp(moved, options.lower, options.upper)) * count;
      } else {
        inside += end - first;
      }
    });
    lowered = now_lowered;
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
