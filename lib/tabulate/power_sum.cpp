// SPDX-License-Identifier: MIT
#include "tabulate/power_sum.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include "tabulate/limbs.h"

namespace sondeo {
namespace {

__extension__ typedef unsigned __int128 Uint128;

// A term adds less than 2^32 to a limb, which holds 2^63.
constexpr std::uint32_t most_terms = 1U << 30;
// 192 bits shifted by up to 31.
constexpr int limbs_of_term = 7;
constexpr std::string_view digits = "0123456789abcdef";
// Beyond what products of weights with squares of doubles can reach.
constexpr std::size_t most_digits = 2048;
constexpr int most_power = 1024;

// Rounded down, unlike the quotient of the language.
int limb_of(int exponent) { return (exponent - (exponent & 31)) / 32; }

// value = mantissa * 2^exponent, of its absolute value.
std::uint64_t mantissa_of(double value, int& exponent) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto biased = static_cast<int>(bits >> 52 & 0x7ff);
  const auto fraction = bits & ((std::uint64_t{1} << 52) - 1);
  exponent = (biased == 0 ? 1 : biased) - 1075;
  return biased == 0 ? fraction : fraction | std::uint64_t{1} << 52;
}

}  // namespace

PowerTerm PowerTerm::of(double y) {
  PowerTerm term;
  term.low = mantissa_of(y, term.exponent);
  term.negative = std::signbit(y);
  return term;
}

PowerTerm PowerTerm::square_of(double y) {
  PowerTerm term;
  const Uint128 mantissa = mantissa_of(y, term.exponent);
  const auto square = mantissa * mantissa;
  term.low = static_cast<std::uint64_t>(square);
  term.high = static_cast<std::uint64_t>(square >> 64);
  term.exponent *= 2;
  return term;
}

PowerFactor PowerFactor::of(double value) {
  PowerFactor factor;
  factor.mantissa = mantissa_of(value, factor.exponent);
  return factor;
}

void PowerSum::add(const PowerFactor& factor, const PowerTerm& power) {
  const auto low = Uint128{factor.mantissa} * power.low;
  const auto high = Uint128{factor.mantissa} * power.high + static_cast<std::uint64_t>(low >> 64);
  add_words({static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high),
             static_cast<std::uint64_t>(high >> 64)},
            factor.exponent + power.exponent, power.negative);
}

void PowerSum::add(const ExactSum& factor, const PowerTerm& power) {
  for (int limb = 0; limb < ExactSum::limb_count; ++limb) {
    if (factor.limb(limb) != 0)
      add(PowerFactor{factor.limb(limb), 64 * limb + ExactSum::lowest_exponent}, power);
  }
}

void PowerSum::add_product(const PowerSum& factor, const PowerTerm& power) {
  bool negative = false;
  const auto magnitude = factor.magnitude(negative);
  auto term = power;
  term.negative = power.negative != negative;
  for (std::size_t i = 0; i < magnitude.limbs_.size(); ++i) {
    const auto limb = static_cast<std::uint64_t>(magnitude.limbs_[i]);
    if (limb != 0) add({limb, 32 * (magnitude.first_ + static_cast<int>(i))}, term);
  }
}

void PowerSum::add_words(const std::uint64_t (&words)[3], int exponent, bool negative) {
  if ((words[0] | words[1] | words[2]) == 0) return;
  const int from = limb_of(exponent);
  const int inside = exponent - 32 * from;
  auto* limbs = room(from, limbs_of_term);
  const std::int64_t sign = negative ? -1 : 1;
  std::uint64_t carried = 0;
  for (int i = 0; i < 6; ++i) {
    const auto half = (words[i / 2] >> (32 * (i % 2)) & 0xffffffff) << inside;
    limbs[i] += sign * static_cast<std::int64_t>((half & 0xffffffff) | carried);
    carried = half >> 32;
  }
  limbs[6] += sign * static_cast<std::int64_t>(carried);
  if (++terms_ == most_terms) settle();
}

void PowerSum::add_signed(const PowerSum& other, std::int64_t sign) {
  if (other.limbs_.empty()) return;
  auto settled = other;
  settled.settle();
  settle();
  auto* limbs = room(settled.first_, static_cast<int>(settled.limbs_.size()));
  for (std::size_t i = 0; i < settled.limbs_.size(); ++i) limbs[i] += sign * settled.limbs_[i];
  settle();
}

std::int64_t* PowerSum::room(int from, int count) {
  if (limbs_.empty()) first_ = from;
  if (from < first_) {
    limbs_.insert(limbs_.begin(), static_cast<std::size_t>(first_ - from), 0);
    first_ = from;
  }
  const auto needed = static_cast<std::size_t>(from - first_ + count);
  if (limbs_.size() < needed) limbs_.resize(needed);
  return limbs_.data() + (from - first_);
}

// Carries, so that every limb but the last is from 0 to below 2^32, and the last below 2^32 either
// way.
void PowerSum::settle() {
  terms_ = 0;
  std::int64_t carry = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    const auto sum = limbs_[i] + carry;
    const bool last = i + 1 == limbs_.size();
    if (last && sum >= -0xffffffffLL && sum <= 0xffffffffLL) {
      limbs_[i] = sum;
      return;
    }
    carry = sum >> 32;
    limbs_[i] = sum & 0xffffffff;
    if (last) limbs_.push_back(0);
  }
}

PowerSum PowerSum::magnitude(bool& negative) const {
  auto result = *this;
  result.settle();
  negative = !result.limbs_.empty() && result.limbs_.back() < 0;
  // A highest limb of 0 is none, and below it the rest is positive.
  if (negative) {
    for (auto& limb : result.limbs_) limb = -limb;
    result.settle();
  }
  while (!result.limbs_.empty() && result.limbs_.back() == 0) result.limbs_.pop_back();
  return result;
}

double PowerSum::value() const {
  bool negative = false;
  const auto sum = magnitude(negative);
  const double value = nearest_double(sum.limbs_, 32 * sum.first_);
  return negative ? -value : value;
}

std::string PowerSum::text() const {
  bool negative = false;
  const auto sum = magnitude(negative);
  std::string text;
  for (auto limb = sum.limbs_.rbegin(); limb != sum.limbs_.rend(); ++limb) {
    for (int shift = 28; shift >= 0; shift -= 4) {
      const auto digit = static_cast<std::size_t>(*limb >> shift & 15);
      if (digit != 0 || !text.empty()) text += digits[digit];
    }
  }
  if (text.empty()) return "0";
  const auto last = text.find_last_not_of('0');
  const int power = 8 * sum.first_ + static_cast<int>(text.size() - 1 - last);
  text.resize(last + 1);
  return (negative ? "-" : "") + text + "@" + std::to_string(power);
}

std::optional<PowerSum> PowerSum::from_text(std::string_view text) {
  PowerSum sum;
  if (text == "0") return sum;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at > most_digits) return std::nullopt;
  int power = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + at + 1, end, power);
  if (read.ec != std::errc{} || read.ptr != end || std::abs(power) > most_power)
    return std::nullopt;
  for (std::size_t i = 0; i < at; ++i) {
    const auto digit = digits.find(text[at - 1 - i]);
    if (digit == std::string_view::npos) return std::nullopt;
    sum.add_words({digit, 0, 0}, 4 * (power + static_cast<int>(i)), negative);
  }
  sum.settle();
  return sum;
}

}  // namespace sondeo
