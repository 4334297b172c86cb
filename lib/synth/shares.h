// SPDX-License-Identifier: MIT
// From percentages that were published for some answers to the weighted sum of every answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace sondeo {

// Percentages are whole numbers of millionths of a percent: decimal digits without rounding.
constexpr std::int64_t percent_unit = 1000000;
constexpr std::int64_t whole = 100 * percent_unit;

// A percentage that has to come out: of one answer or of several together.
struct Aim {
  std::vector<std::size_t> answers;  // positions, rising
  std::int64_t percent = 0;          // 0..whole
  int digits = 0;                    // decimals that were printed, 0..6
  std::string what;                  // for messages: "owner = 6"
  Place at;

  // Half a unit of the last printed digit.
  std::int64_t tolerance() const;
};

// The share of every answer, `available` (usually `whole`) in all: every aim within its tolerance,
// exactly where it can be; the rest of an aim (and of the whole) goes to its answers that have no
// aim of their own, in proportion to `usual` (0: never without an aim). Where published figures
// leave no rest but do not add up, they are shifted inside what rounding explains. Aims lie inside
// each other or apart. Throws Error [target-duplicate], [target-overlap], [target-sum] at the aim's
// place.
std::vector<std::int64_t> complete_shares(const std::vector<Aim>& aims,
                                          const std::vector<std::int64_t>& usual,
                                          std::int64_t available, const std::string& question);

// `total` in parts proportional to `shares`, whole numbers that add up to it (largest remainders).
std::vector<std::int64_t> apportion(std::int64_t total, const std::vector<std::int64_t>& shares);

// Whether `part` of `total` is printed as the aim's percentage, rounded half up.
bool printed_as(const Aim& aim, std::int64_t part, std::int64_t total);

}  // namespace sondeo
