// SPDX-License-Identifier: MIT
// UTF-8: code points out of bytes and back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sondeo {

struct Character {
  char32_t code_point = 0;  // of an invalid byte, the byte
  unsigned size = 0;        // in bytes; 0 at the end of the text
  bool valid = false;
};

// The character that starts at `at` (<= size); an invalid byte is one of its own. Never throws.
Character decode_utf8(std::string_view utf8, std::size_t at);

// Offset of the first byte that is not part of a valid UTF-8 sequence (RFC 3629: no overlong
// forms, no surrogates, nothing above U+10FFFF), or npos.
std::size_t find_invalid_utf8(std::string_view bytes);

// Appends the UTF-8 of a code point (< 0x110000, not a surrogate) to `out`.
void append_utf8(std::string& out, char32_t code_point);

}  // namespace sondeo
