// SPDX-License-Identifier: MIT
// Sums of weights without rounding: the same bits in whatever order the rows come.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sondeo {

// A weight (or its square) as the sum takes it: mantissa * 2^(64 * limb - 128), two limbs wide.
struct ExactTerm {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::uint32_t limb = 0;
};

// A sum of doubles >= 0 in 256-bit fixed point: a binary scale of 2^-128, up to 2^127. Every double
// from 2^-75 to 2^100 is held exactly; smaller ones are rounded to the scale, each by itself.
// Adding commutes and associates exactly; the empty sum is the identity.
class ExactSum {
 public:
  // The term of a finite value >= 0; nothing if it is 2^100 or more, so that 2^27 such terms fit.
  static std::optional<ExactTerm> term(double value) {
    // value = mantissa * 2^(exponent - 1075), mantissa a whole number below 2^53.
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const auto exponent = static_cast<int>(bits >> 52);
    if (exponent >= 1023 + 100) return std::nullopt;
    const int shift = exponent - 1075 + 128;
    if (shift < 0) return small_term(value);
    const auto mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | (std::uint64_t{1} << 52);
    const int inside = shift % 64;
    // Shifted in two steps, since a shift by 64 is none.
    return ExactTerm{mantissa << inside, (mantissa >> 1) >> (63 - inside),
                     static_cast<std::uint32_t>(shift / 64)};
  }

  void add(const ExactTerm& term) {
    std::uint64_t* limb = limbs_ + term.limb;
    std::uint64_t carry = __builtin_add_overflow(limb[0], term.low, limb);
    std::uint64_t high;
    carry = __builtin_add_overflow(term.high, carry, &high);
    carry += __builtin_add_overflow(limb[1], high, limb + 1);
    for (auto i = term.limb + 2; carry != 0 && i < 4; ++i) {
      carry = __builtin_add_overflow(limbs_[i], carry, limbs_ + i);
    }
  }
  void add(const ExactSum& other);
  // Adds (high * 2^64 + low) * 2^exponent, exponent >= -128; the sum must stay below 2^127.
  void add(std::uint64_t low, std::uint64_t high, int exponent);
  // Takes away the sum of some of the terms.
  void subtract(const ExactSum& part);
  // The sum of `count` ones.
  void add_ones(std::uint64_t count);

  // The sum in units of 2^-128 as a hexadecimal number, without leading zeros; and back: nothing
  // for a text that is not one of at most 64 digits (0-9, a-f).
  std::string hex() const;
  static std::optional<ExactSum> from_hex(std::string_view text);

  // The nearest double (ties to even).
  double value() const;
  // The sum of limb(i) * 2^(64 i + lowest_exponent).
  static constexpr int limb_count = 4;
  static constexpr int lowest_exponent = -128;
  std::uint64_t limb(int i) const { return limbs_[i]; }
  bool operator==(const ExactSum& other) const = default;

 private:
  static ExactTerm small_term(double value);

  std::uint64_t limbs_[4] = {0, 0, 0, 0};  // least significant first
};

}  // namespace sondeo
