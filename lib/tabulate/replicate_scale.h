// SPDX-License-Identifier: MIT
// Many weights a respondent in fixed point: vectors of whole numbers, added without rounding.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tabulate/exact_sum.h"

namespace sondeo {

// Weights as whole multiples of one unit, chosen so that every bit of theirs is kept: 53 + span
// bits. Each is two words, high * 2^40 + low, the low one from -2^39 to 2^39, so that the words of
// 2^23 rows can be added without running over.
class ReplicateScale {
 public:
  static constexpr int span = 26;
  static constexpr std::size_t lanes = 4;
  static constexpr std::uint64_t most_rows = std::uint64_t{1} << 23;

  ReplicateScale() : ReplicateScale(0, 0) {}
  // Holds 0 and weights from 2^smallest to below 2^(largest + 1), with the room that is left on
  // both sides. Where that spans too much, the largest are held.
  ReplicateScale(int smallest, int largest);

  // Writes 2 * count words: the low ones, then the high ones; count is a multiple of `lanes`.
  // False, and words of no meaning, if one of the weights is not held.
  bool pack(const double* weights, std::size_t count, std::int64_t* words) const;

  // Adds the words of at most most_rows rows together to `count` exact sums; there are `stride` low
  // words before the high ones.
  void unpack(const std::int64_t* words, std::size_t stride, std::size_t count,
              ExactSum* sums) const;

 private:
  int unit_;  // its exponent
  double per_unit_;
  double least_;
  double bound_;
};

// cell[i] += words[i]; count is a multiple of ReplicateScale::lanes.
void add_words(std::int64_t* cell, const std::int64_t* words, std::size_t count);

}  // namespace sondeo
