// SPDX-License-Identifier: MIT
#include "tabulate/limbs.h"

#include <bit>
#include <cmath>
#include <cstddef>

namespace sondeo {

double nearest_double(std::span<const std::int64_t> limbs, int exponent) {
  auto top = static_cast<int>(limbs.size()) - 1;
  const auto limb = [&](int i) {
    return i < 0 ? 0 : static_cast<std::uint64_t>(limbs[static_cast<std::size_t>(i)]);
  };
  while (top >= 0 && limb(top) == 0) --top;
  if (top < 0) return 0;
  // The leading 64 bits, the lowest sticky for all below: rounding them rounds the whole.
  const int zeros = std::countl_zero(static_cast<std::uint32_t>(limb(top)));
  std::uint64_t lead = limb(top) << 32 | limb(top - 1);
  lead = zeros == 0 ? lead : lead << zeros | limb(top - 2) >> (32 - zeros);
  std::uint64_t rest = zeros == 0 ? limb(top - 2) : limb(top - 2) << zeros & 0xffffffff;
  for (int i = top - 3; i >= 0; --i) rest |= limb(i);
  lead |= rest != 0;
  return std::ldexp(static_cast<double>(lead), 32 * (top - 1) - zeros + exponent);
}

}  // namespace sondeo
