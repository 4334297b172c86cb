// SPDX-License-Identifier: MIT
// Is it all UTF-8? Fast, because every byte of every file is asked.
#pragma once

#include <cstddef>
#include <string_view>

namespace sondeo {

// Whether all bytes are valid UTF-8 (RFC 3629): the same answer as find_invalid_utf8() == npos,
// by vector code where the processor has it.
bool is_valid_utf8(std::string_view bytes);

}  // namespace sondeo
