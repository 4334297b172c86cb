// SPDX-License-Identifier: MIT
// Long sums as limbs of 32 bits.
#pragma once

#include <cstdint>
#include <span>

namespace sondeo {

// The double nearest to the sum of limbs[i] * 2^(32 i + exponent); each limb is from 0 to below
// 2^32. It is rounded once, unless it is below the normal range.
double nearest_double(std::span<const std::int64_t> limbs, int exponent);

}  // namespace sondeo
