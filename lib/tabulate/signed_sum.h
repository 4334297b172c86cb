// SPDX-License-Identifier: MIT
// Sums of numbers of either sign that do not depend on the order of the rows.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace sondeo {

// A sum of finite doubles without any rounding. Half a kilobyte: for totals, not for every group.
class WideSum {
 public:
  void add(double value);
  void add(const WideSum& other);
  // The nearest double of the exact sum; infinite beyond their range.
  double value() const;

 private:
  void settle();
  // In units of 2^-1074, 32 bits a limb, with room above for 2^30 terms; limbs may be negative.
  std::array<std::int64_t, 68> limbs_{};
  std::uint32_t terms_ = 0;
};

__extension__ typedef __int128 Int128;

// The scale of a FixedSum: a power of two that brings terms of up to `bound` below 2^86.
struct FixedScale {
  int exponent = 0;   // terms are multiplied by 2^(exponent + 32)
  double factor = 1;  // 2^exponent

  static FixedScale of(double bound);
};

// A sum of up to 2^40 terms within the scale's bound, each rounded to 2^-86 of it by itself.
struct FixedSum {
  Int128 units = 0;

  // |term| <= bound of the scale.
  void add(double term, const FixedScale& scale) {
    const double scaled = term * scale.factor;  // below 2^54
    const auto high = static_cast<std::int64_t>(scaled);
    const double rest = (scaled - static_cast<double>(high)) * 0x1p32;
    units += static_cast<Int128>(high) * (std::int64_t{1} << 32) + std::llrint(rest);
  }
  void add(const FixedSum& other) { units += other.units; }
  double value(const FixedScale& scale) const {
    return std::ldexp(static_cast<double>(units), -scale.exponent - 32);
  }
};

}  // namespace sondeo
