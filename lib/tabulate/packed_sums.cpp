// SPDX-License-Identifier: MIT
#include "tabulate/packed_sums.h"

#include <algorithm>

namespace sondeo {
namespace {

constexpr int bias = 1023;
constexpr int mantissa_bits = 52;

// high * 2^cut + low units of 2^exponent.
void add_parts(std::uint64_t low, std::uint64_t high, std::uint64_t cut, int exponent,
               ExactSum& sum) {
  sum.add(low, 0, exponent);
  sum.add(high, 0, exponent + static_cast<int>(cut));
}

}  // namespace

PackedScale::PackedScale(int smallest, int largest) {
  largest = std::clamp(largest, least_exponent, greatest_exponent);
  smallest = std::clamp(smallest, std::max(least_exponent, largest - widest_span), largest);
  base_ = static_cast<std::uint64_t>(smallest + bias);
  square_base_ = static_cast<std::uint64_t>(2 * smallest + bias);
  span_ = static_cast<std::uint64_t>(largest - smallest);
  row_bits_ = (74 - 2 * span_) / 3;
  cut_ = 64 - row_bits_;
}

void PackedScale::unpack(const PackedSums& packed, Sums& sums) const {
  const auto* words = packed.words;
  const std::uint64_t upper = (std::uint64_t{1} << cut_) - 1;
  sums.n += words[1] >> cut_;
  sums.n_positive += words[3] >> cut_;
  add_parts(words[0], words[1] & upper, cut_, smallest() - mantissa_bits, sums.w);
  add_parts(words[2], words[3] & upper, cut_, 2 * smallest() - mantissa_bits, sums.w2);
}

}  // namespace sondeo
