// SPDX-License-Identifier: MIT
// Sums of products of weights with powers of a number, without any rounding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabulate/exact_sum.h"

namespace sondeo {

// A finite double or its square, exactly: (high * 2^64 + low) * 2^exponent, or less that.
struct PowerTerm {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  int exponent = 0;
  bool negative = false;

  static PowerTerm of(double y);
  static PowerTerm square_of(double y);
};

// A weight (or its square) as a factor: mantissa * 2^exponent.
struct PowerFactor {
  std::uint64_t mantissa = 1;
  int exponent = 0;

  // Of a finite value >= 0.
  static PowerFactor of(double value);
};

// Sums of w y and w y^2 are wanted so that y of 1e9 with a standard deviation of 10 keeps its
// digits: sum w y^2 - (sum w y)^2 / sum w loses all that a double has. The usual remedy, an origin
// near the mean that is subtracted first, has to be agreed on before the first row and by all parts
// of a survey. An exact sum needs none: this one has as many bits as its terms take, so it commutes
// and associates exactly, and whoever wants it about an origin moves it there without rounding
// (add_product). Some 40 bytes for numbers of like size, up to 600 for doubles of all sizes.
class PowerSum {
 public:
  // Adds factor * power.
  void add(const PowerFactor& factor, const PowerTerm& power);
  void add(const ExactSum& factor, const PowerTerm& power);
  void add(const PowerSum& other) { add_signed(other, 1); }
  // Takes away the sum of some of the terms.
  void subtract(const PowerSum& part) { add_signed(part, -1); }
  // Adds factor * power.
  void add_product(const PowerSum& factor, const PowerTerm& power);

  // The nearest double; infinite beyond their range.
  double value() const;
  bool operator==(const PowerSum& other) const { return text() == other.text(); }

  // The sum as text, the same for the same number: "-1f@-3" is -0x1f * 16^-3; "0". And back:
  // nothing for a text that is none, or of more digits or powers than sums of doubles can have.
  std::string text() const;
  static std::optional<PowerSum> from_text(std::string_view text);

 private:
  void add_words(const std::uint64_t (&words)[3], int exponent, bool negative);
  void add_signed(const PowerSum& other, std::int64_t sign);
  // Room for `count` limbs from limb `from` on, counted from 2^0.
  std::int64_t* room(int from, int count);
  void settle();
  // Its absolute value, each limb from 0 to below 2^32.
  PowerSum magnitude(bool& negative) const;

  // 32 bits a limb, lowest first; between settlings limbs may be negative and larger.
  std::vector<std::int64_t> limbs_;
  int first_ = 0;  // limbs_[i] counts 2^(32 * (first_ + i))
  std::uint32_t terms_ = 0;
};

}  // namespace sondeo
