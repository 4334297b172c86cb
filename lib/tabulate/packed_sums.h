// SPDX-License-Identifier: MIT
// Sums of many rows in 32 bytes a cell: exact too, for weights of like size and so many rows.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tabulate/cells.h"

namespace sondeo {

// n, n_positive, w and w2 of Sums as fields of four words. Adding word by word adds all four, since
// no field can run over as long as no more rows are added than the scale says.
struct alignas(32) PackedSums {
  std::uint64_t words[4] = {0, 0, 0, 0};

  // Rows that are in it or were added to it.
  bool empty() const { return words[1] == 0; }
  void add(const PackedSums& other) {
    for (int i = 0; i < 4; ++i) words[i] += other.words[i];
  }
};

// What the fields mean: whole multiples of one unit, chosen so that every bit of the weights and of
// their squares is kept.
//
// A weight is a whole number of 53 + span bits times the unit of the smallest weight held, a square
// one of 54 + 2 span bits. Each is cut in two at bit 64 - r, so that 2^r of the lower parts fill a
// word. The upper parts of 2^r rows leave the r highest bits of their words to n and n_positive,
// since span + 3 r <= 75 and 2 span + 3 r <= 74.
class PackedScale {
 public:
  // Of weights from 2^-38 to below 2^50; others are never held.
  static constexpr int least_exponent = -38;
  static constexpr int greatest_exponent = 49;
  static constexpr int widest_span = 16;

  PackedScale() : PackedScale(-2, 2) {}
  // Holds 0 and weights from 2^smallest to below 2^(largest + 1), within the bounds above. Where
  // that spans too much, the largest are held.
  PackedScale(int smallest, int largest);

  // How many rows may be added together.
  std::uint64_t most_rows() const { return (std::uint64_t{1} << row_bits_) - 1; }
  int smallest() const { return static_cast<int>(base_) - 1023; }
  int largest() const { return smallest() + static_cast<int>(span_); }

  bool holds(double weight) const { return weight == 0 || exponent_of(weight) <= span_; }

  // One row of this weight, which the scale holds.
  PackedSums pack(double weight) const {
    const std::uint64_t row = std::uint64_t{1} << cut_;
    if (weight == 0) return {{0, row, 0, 0}};
    const auto w = split(mantissa_of(weight), exponent_of(weight));
    const double square = weight * weight;
    const auto w2 = split(mantissa_of(square), exponent_bits(square) - square_base_);
    return {{w.low, w.high | row, w2.low, w2.high | row}};
  }

  // So many rows without weights.
  PackedSums pack_count(std::uint64_t rows) const { return {{0, rows << cut_, 0, 0}}; }

  // Adds what is packed to exact sums.
  void unpack(const PackedSums& packed, Sums& sums) const;

 private:
  struct Parts {
    std::uint64_t low;
    std::uint64_t high;
  };
  static std::uint64_t exponent_bits(double value) {
    return std::bit_cast<std::uint64_t>(value) >> 52;  // no sign: never negative
  }
  static std::uint64_t mantissa_of(double value) {
    constexpr std::uint64_t one = std::uint64_t{1} << 52;
    return (std::bit_cast<std::uint64_t>(value) & (one - 1)) | one;
  }
  // Beyond the span for weights smaller than the smallest, too.
  std::uint64_t exponent_of(double weight) const { return exponent_bits(weight) - base_; }
  // The two parts of mantissa * 2^shift, shift < cut.
  Parts split(std::uint64_t mantissa, std::uint64_t shift) const {
    return {(mantissa << shift) & ((std::uint64_t{1} << cut_) - 1), mantissa >> (cut_ - shift)};
  }

  std::uint64_t base_;         // exponents of the smallest weight and of its square, as the bits of
  std::uint64_t square_base_;  // a double have them
  std::uint64_t span_;
  std::uint64_t row_bits_;
  std::uint64_t cut_;
};

}  // namespace sondeo
