// SPDX-License-Identifier: MIT
// Weights read four at once, where the processor can.
#pragma once

#include <cstdint>

namespace sondeo {

// True and the weights of four cells if each is a plain decimal of one to eight signs: bit for bit
// what read_plain_weight() gives. Cell i stands from one past befores[i] to ends[i] in `bytes`;
// eight bytes after each start must be readable.
using FourWeights = bool (*)(const char* bytes, const std::uint32_t* befores,
                             const std::uint32_t* ends, char decimal, double* weights);

// The function for this processor; nullptr if it has no such instructions.
FourWeights four_weights();

}  // namespace sondeo
