// SPDX-License-Identifier: MIT
// Weights as they are written.
#pragma once

#include <cstddef>

namespace sondeo {

// Bytes that write_weight() may write at, the text and what it leaves behind it.
constexpr std::size_t weight_text_room = 48;

// Writes the value, finite and not negative, with fifteen significant digits, which a double holds
// for sure: those after them are the noise of the arithmetic, and nobody wants to read
// 1.0999999999999999. Halves are rounded up; zeros at the end are left out. Returns the end.
char* write_weight(char* at, double value, char decimal);

}  // namespace sondeo
