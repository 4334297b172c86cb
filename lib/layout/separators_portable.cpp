// SPDX-License-Identifier: MIT
#include "layout/separators_kernel.h"

namespace sondeo {
namespace {

struct Portable {
  // Bit i of the result: byte i of the eight bytes is zero. Exact (no carries between bytes).
  static std::uint64_t zero_bytes(std::uint64_t x) {
    constexpr std::uint64_t low7 = 0x7f7f7f7f7f7f7f7fULL;
    const std::uint64_t zero = ~(((x & low7) + low7) | x | low7);  // 0x80 in each zero byte
    return ((zero >> 7) * 0x0102040810204080ULL) >> 56;
  }

  static Masks masks(const char* p, char delimiter) {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    Masks m{0, 0, 0, 0, false, false};
    std::uint64_t high = 0;
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
      high |= word & (ones << 7);
    }
    m.high = high != 0;
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
