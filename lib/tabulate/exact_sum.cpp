// SPDX-License-Identifier: MIT
#include "tabulate/exact_sum.h"

#include <cmath>

namespace sondeo {

ExactTerm ExactSum::small_term(double value) {
  // Below the scale: rounded to it (half up), which depends on this value alone.
  const double scaled = std::ldexp(value, 128);
  const double whole = std::floor(scaled);
  return {static_cast<std::uint64_t>(whole) + (scaled - whole >= 0.5), 0, 0};
}

void ExactSum::add(const ExactSum& other) {
  std::uint64_t carry = 0;
  for (int i = 0; i < 4; ++i) {
    std::uint64_t sum;
    std::uint64_t next = __builtin_add_overflow(limbs_[i], other.limbs_[i], &sum);
    next += __builtin_add_overflow(sum, carry, limbs_ + i);
    carry = next;
  }
}

void ExactSum::add(std::uint64_t low, std::uint64_t high, int exponent) {
  const int shift = exponent + 128;
  const int inside = shift % 64;
  // Shifted in two steps, since a shift by 64 is none.
  const std::uint64_t words[3] = {low << inside, (low >> 1) >> (63 - inside) | high << inside,
                                  (high >> 1) >> (63 - inside)};
  std::uint64_t carry = 0;
  // Words beyond the last limb are 0: the sum stays below 2^127.
  for (int i = 0, limb = shift / 64; limb < 4; ++i, ++limb) {
    std::uint64_t sum;
    std::uint64_t next = __builtin_add_overflow(limbs_[limb], i < 3 ? words[i] : 0, &sum);
    next += __builtin_add_overflow(sum, carry, limbs_ + limb);
    carry = next;
  }
}

void ExactSum::subtract(const ExactSum& part) {
  std::uint64_t borrow = 0;
  for (int i = 0; i < 4; ++i) {
    std::uint64_t rest;
    std::uint64_t next = __builtin_sub_overflow(limbs_[i], part.limbs_[i], &rest);
    next += __builtin_sub_overflow(rest, borrow, limbs_ + i);
    borrow = next;
  }
}

void ExactSum::add_ones(std::uint64_t count) {
  // 1 is 2^128 units of the scale: the lowest bit of limb 2.
  add(ExactTerm{count, 0, 2});
}

std::string ExactSum::hex() const {
  static constexpr char signs[] = "0123456789abcdef";
  std::string text;
  for (int digit = 63; digit >= 0; --digit) {
    const auto value = limbs_[digit / 16] >> (4 * (digit % 16)) & 15;
    if (value != 0 || !text.empty() || digit == 0) text += signs[value];
  }
  return text;
}

std::optional<ExactSum> ExactSum::from_hex(std::string_view text) {
  if (text.empty() || text.size() > 64) return std::nullopt;
  ExactSum sum;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'f')) return std::nullopt;
    const auto value = static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
    const auto place = text.size() - 1 - i;
    sum.limbs_[place / 16] |= value << (4 * (place % 16));
  }
  return sum;
}

double ExactSum::value() const {
  int top = 3;
  while (top >= 0 && limbs_[top] == 0) --top;
  if (top < 0) return 0;
  // The leading 64 bits, with a sticky lowest bit for everything below: rounding that to 53 bits
  // rounds the whole.
  const int zeros = __builtin_clzll(limbs_[top]);
  std::uint64_t lead = limbs_[top] << zeros;
  std::uint64_t rest = 0;
  if (top > 0) {
    if (zeros > 0) lead |= limbs_[top - 1] >> (64 - zeros);
    rest = zeros > 0 ? limbs_[top - 1] << zeros : limbs_[top - 1];
    for (int i = 0; i < top - 1; ++i) rest |= limbs_[i];
  }
  lead |= rest != 0;
  return std::ldexp(static_cast<double>(lead), 64 * top - zeros - 128);
}

}  // namespace sondeo
