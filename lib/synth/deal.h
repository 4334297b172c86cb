// SPDX-License-Identifier: MIT
// Answers dealt out so that the weighted sum of every answer is a given whole number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sondeo {

// One answer each for some respondents.
struct Deal {
  std::vector<std::int64_t> weights;  // [member] > 0
  std::vector<std::size_t> answers;   // [member] position in `wanted`
  std::vector<char> fixed;            // [member] keeps its answer; empty: nobody does
};

// Cuts the members, sorted by `scores` (ties by position), into runs of about the wanted weights:
// answer 0 to the lowest scores. `wanted` is not negative and adds up to the sum of the weights.
// `level` says which answers a score tells apart: neighbours with the same level are dealt by
// `luck` among themselves. Misses each sum by about half a weight at most.
std::vector<std::size_t> deal_by_score(const std::vector<std::int64_t>& weights,
                                       const std::vector<std::int64_t>& scores,
                                       const std::vector<std::uint64_t>& luck,
                                       const std::vector<std::int64_t>& wanted,
                                       const std::vector<int>& level);

// Makes the sums of `deal` equal to `wanted` (the same total) by moving and exchanging as few
// members as it can. Returns the sum of what is still missing and in excess: 0 nearly always, a few
// units where an answer has only a few members to choose from.
std::int64_t settle(Deal& deal, const std::vector<std::int64_t>& wanted);

}  // namespace sondeo
