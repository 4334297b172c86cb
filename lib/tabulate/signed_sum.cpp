// SPDX-License-Identifier: MIT
#include "tabulate/signed_sum.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "tabulate/limbs.h"

namespace sondeo {
namespace {

constexpr std::uint32_t most_terms = 1U << 30;

}  // namespace

void WideSum::add(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto exponent = static_cast<unsigned>(bits >> 52 & 0x7ff);
  auto mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  if (exponent != 0) mantissa |= std::uint64_t{1} << 52;
  const unsigned shift = exponent == 0 ? 0 : exponent - 1;
  const auto inside = shift % 32;
  auto* limb = limbs_.data() + shift / 32;
  // At most 53 + 31 bits: three limbs.
  const auto low = static_cast<std::int64_t>((mantissa << inside) & 0xffffffff);
  const auto middle = static_cast<std::int64_t>((mantissa >> (32 - inside)) & 0xffffffff);
  const auto high = static_cast<std::int64_t>(inside == 0 ? 0 : mantissa >> (64 - inside));
  const std::int64_t sign = bits >> 63 != 0 ? -1 : 1;
  limb[0] += sign * low;
  limb[1] += sign * middle;
  limb[2] += sign * high;
  if (++terms_ == most_terms) settle();
}

void WideSum::add(const WideSum& other) {
  auto settled = other;
  settled.settle();
  settle();
  for (std::size_t i = 0; i < limbs_.size(); ++i) limbs_[i] += settled.limbs_[i];
  settle();
}

// Carries, so that every limb but the last is in [0, 2^32).
void WideSum::settle() {
  std::int64_t carry = 0;
  for (std::size_t i = 0; i + 1 < limbs_.size(); ++i) {
    const auto sum = limbs_[i] + carry;
    carry = sum >> 32;
    limbs_[i] = sum & 0xffffffff;
  }
  limbs_.back() += carry;
  terms_ = 0;
}

double WideSum::value() const {
  auto sum = *this;
  sum.settle();
  const bool negative = sum.limbs_.back() < 0;
  if (negative) {
    for (auto& limb : sum.limbs_) limb = -limb;
    sum.settle();
  }
  // Below the normal range doubles have fewer bits, and this sum none beyond them: exact there.
  const double value = nearest_double(sum.limbs_, -1074);
  return negative ? -value : value;
}

FixedScale FixedScale::of(double bound) {
  FixedScale scale;
  int exponent = 0;
  if (bound > 0) std::frexp(bound, &exponent);
  // bound < 2^exponent; beyond these limits the factor would be none.
  scale.exponent = bound > 0 ? std::clamp(53 - exponent, -1000, 1000) : 0;
  scale.factor = std::ldexp(1.0, scale.exponent);
  return scale;
}

}  // namespace sondeo
