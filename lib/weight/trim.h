// SPDX-License-Identifier: MIT
// Trimming: extreme weights cut, and what was cut given to the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace sondeo {

struct TrimOptions {
  double lower = 0;
  double upper = std::numeric_limits<double>::infinity();
  bool strict = false;  // again until nobody is outside
};

// What becomes of a weight: `lower` or `upper` if it lay outside, else the weight and `shift`, but
// not more than `upper` (nor less than `lower`) if `strict`.
struct Trimming {
  TrimOptions options;
  double shift = 0;
  std::uint64_t below = 0;  // respondents who had less than `lower`
  std::uint64_t above = 0;

  double operator()(double weight) const;
};

// Weights below `lower` are raised, those above `upper` cut; the difference is shared equally among
// those who lay inside, so that the sum stays (Lumley's trimWeights). That may push some of them
// out again: `strict` cuts these too, and shares again, until nobody is outside. `weights` are > 0
// and in rising order. Weights of 0 take no part. Throws Error [trim] if the sum cannot be kept
// inside the limits.
Trimming trim_weights(const std::vector<double>& weights, const TrimOptions& options);

}  // namespace sondeo
