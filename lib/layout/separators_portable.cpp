// SPDX-License-Identifier: MIT
#include "layout/separators_kernel.h"

namespace sondeo {
namespace {

struct Portable {
  // Bit i of the result: byte i of the eight bytes is zero. Exact (no carries between bytes).
  static std::uint64_t zero_bytes(std::uint64_t x) {
    constexpr std::uint64_t low7 = 0x7f7f7f7f7f7f7f7fULL;
    const std::uint64_t zero = ~(((x & low7) + low7) | x | low7);  // 0x80 in each zero byte
    return top_bits(zero);
  }

  // Bit i of the result: the highest bit of byte i.
  static std::uint64_t top_bits(std::uint64_t x) {
    return (((x >> 7) & 0x0101010101010101ULL) * 0x0102040810204080ULL) >> 56;
  }

  static Leads leads(const char* p) {
    Leads leads{0, 0, 0};
    for (int i = 0; i < 64; ++i) {
      const auto byte = static_cast<unsigned char>(p[i]);
      const std::uint64_t bit = std::uint64_t{1} << i;
      if (byte < 0xc0) continue;
      leads.two_or_more |= bit;
      if (byte >= 0xe0) leads.three_or_more |= bit;
      if (byte < 0xc2 || byte == 0xe0 || byte == 0xed || byte >= 0xf0) leads.rare |= bit;
    }
    return leads;
  }

  static Masks masks(const char* p, char delimiter) {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    Masks m{0, 0, 0, 0, 0, false};
    std::uint64_t nul = 0;
    for (int i = 0; i < 8; ++i) {
      std::uint64_t word;
      __builtin_memcpy(&word, p + 8 * i, 8);
      const int shift = 8 * i;
      m.delimiter |= zero_bytes(word ^ (ones * static_cast<unsigned char>(delimiter))) << shift;
      m.lf |= zero_bytes(word ^ (ones * '\n')) << shift;
      m.cr |= zero_bytes(word ^ (ones * '\r')) << shift;
      m.quote |= zero_bytes(word ^ (ones * '"')) << shift;
      nul |= zero_bytes(word);
      m.high |= top_bits(word) << shift;
    }
    m.nul = nul != 0;
    return m;
  }

  static std::uint64_t prefix_xor(std::uint64_t x) {
    x ^= x << 1;
    x ^= x << 2;
    x ^= x << 4;
    x ^= x << 8;
    x ^= x << 16;
    x ^= x << 32;
    return x;
  }

  static std::uint32_t* emit(std::uint32_t* out, std::uint32_t base, std::uint64_t mask) {
    while (mask != 0) {
      *out++ = base + static_cast<std::uint32_t>(__builtin_ctzll(mask));
      mask &= mask - 1;
    }
    return out;
  }
};

}  // namespace

std::uint32_t* scan_separators_portable(const char* bytes, std::size_t from, std::size_t to,
                                        char delimiter, SeparatorState& state, std::uint32_t* out) {
  return scan_separators<Portable>(bytes, from, to, delimiter, state, out);
}

}  // namespace sondeo
