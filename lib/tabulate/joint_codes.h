// SPDX-License-Identifier: MIT
// Joint codes: several questions of a respondent as one index.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sondeo {

// codes[i] += patterns[i] * stride, for `count` respondents; below 2^32.
void add_multiples(std::uint32_t* codes, const std::uint32_t* patterns, std::uint32_t stride,
                   std::size_t count);

}  // namespace sondeo
