// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace sondeo {
namespace {

// Bytes of the well-formed sequence at the front of the `left` > 0 bytes at `p`; 0 if there is
// none. Table 3-7 of the Unicode standard: only the second byte has bounds that depend on the
// first.
unsigned sequence_size(const unsigned char* p, std::size_t left) {
  const auto tail = [&](std::size_t i) { return (p[i] & 0xC0) == 0x80; };
  const unsigned lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || left < 2 || !tail(1)) return 0;
  if (lead < 0xE0) return 2;
  if (left < 3 || !tail(2)) return 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && p[1] < 0xA0;
    const bool surrogate = lead == 0xED && p[1] >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  if (left < 4 || !tail(3)) return 0;
  const bool overlong = lead == 0xF0 && p[1] < 0x90;
  const bool too_large = lead > 0xF4 || (lead == 0xF4 && p[1] >= 0x90);
  return overlong || too_large ? 0 : 4;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Character decode_utf8(std::string_view text, std::size_t at) {
  if (at == text.size()) return {};
  const unsigned char* p = bytes_of(text) + at;
  const unsigned size = sequence_size(p, text.size() - at);
  if (size <= 1) return {p[0], 1, size == 1};
  char32_t code_point = p[0] & (0x7Fu >> size);
  for (unsigned i = 1; i < size; ++i) code_point = code_point << 6 | (p[i] & 0x3Fu);
  return {code_point, size, true};
}

std::size_t find_invalid_utf8(std::string_view bytes) {
  const unsigned char* data = bytes_of(bytes);
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::uint64_t word = 0;
    while (bytes.size() - at >= sizeof word) {
      std::memcpy(&word, data + at, sizeof word);
      if ((word & 0x8080808080808080u) != 0) break;
      at += sizeof word;
    }
    while (at < bytes.size() && data[at] < 0x80) ++at;
    while (at < bytes.size() && data[at] >= 0x80) {
      const unsigned size = sequence_size(data + at, bytes.size() - at);
      if (size == 0) return at;
      at += size;
    }
  }
  return std::string_view::npos;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  const auto put_tail = [&](int shift) { put(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put_tail(0);
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put_tail(6);
    put_tail(0);
  } else {
    put(0xF0 | code_point >> 18);
    put_tail(12);
    put_tail(6);
    put_tail(0);
  }
}

}  // namespace sondeo
