// SPDX-License-Identifier: MIT
#include "weight/weight_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace sondeo {
namespace {

static_assert(std::endian::native == std::endian::little);
__extension__ using Wide = unsigned __int128;

constexpr auto powers = [] {
  std::array<std::uint64_t, 18> result{1};
  for (std::size_t i = 1; i < result.size(); ++i) result[i] = 10 * result[i - 1];
  return result;
}();

// The eight digits of a number below 10^8 as bytes 0 to 9, the first in the lowest: halved into
// fours, into pairs, into digits, all parts at once.
[[gnu::always_inline]] inline std::uint64_t eight_digits(std::uint64_t number) {
  std::uint64_t fours = number / 10000;
  fours |= (number - 10000 * fours) << 32;
  std::uint64_t pairs = ((fours * 10486) >> 20) & 0x0000007f0000007fULL;
  pairs |= (fours - 100 * pairs) << 16;
  std::uint64_t digits = ((pairs * 103) >> 10) & 0x000f000f000f000fULL;
  return digits | (pairs - 10 * digits) << 8;
}

// The lower half of high * 2^64 + low, shifted right by less than 64.
std::uint64_t part(std::uint64_t low, std::uint64_t high, unsigned shift) {
  return low >> shift | (high << 1) << (63 - shift);
}

// Zero bytes at the upper end of a number that is not 0. (Zeros are counted faster from below.)
std::size_t zeros_at_top(std::uint64_t bytes) {
  return static_cast<std::size_t>(std::countr_zero(__builtin_bswap64(bytes))) / 8;
}

char* write_unusual(char* at, double value, char decimal) {
  const auto end =
      std::to_chars(at, at + weight_text_room, value, std::chars_format::general, 15).ptr;
  std::replace(at, end, '.', decimal);
  return end;
}

}  // namespace

char* write_weight(char* at, double value, char decimal) {
  if (!(value >= 1e-2 && value < 1e6)) [[unlikely]]
    return write_unusual(at, value, decimal);
  // value = mantissa * 2^-down, down from 33 to 59.
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52;
  const auto down = static_cast<unsigned>(1075 - (bits >> 52));
  // Digits before the mark, less the zeros that follow it: -1 from 0.01, 0 from 0.1, 1 from 1. The
  // power of two below the value has as many, or one less.
  static constexpr double limits[] = {1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  const auto least = ((52 - static_cast<int>(down)) * 1233 >> 12) + 1;
  const auto whole = least + (value >= limits[least + 2] ? 1 : 0);
  const auto places = static_cast<unsigned>(15 - whole);
  // value * 10^places, a number of 15 digits, exact before it is rounded.
  const auto exact = Wide{mantissa} * powers[places] + (std::uint64_t{1} << (down - 1));
  const auto number =
      part(static_cast<std::uint64_t>(exact), static_cast<std::uint64_t>(exact >> 64), down);
  if (number >= powers[15]) [[unlikely]]
    return write_unusual(at, value, decimal);  // 9.999... became a power of ten

  // Sixteen digits, the first in the lowest byte and 0; `places` of them come after the mark.
  const auto upper = eight_digits(number / 100000000);
  const auto lower = eight_digits(number % 100000000);
  constexpr std::uint64_t zeros = 0x3030303030303030ULL;
  const auto first = upper | zeros;
  const auto last = lower | zeros;
  const auto before = static_cast<std::size_t>(std::max(whole, 1));
  // Weights lie on both sides of 1: nothing may branch on that.
  const auto start = part(first, last, 8 * static_cast<unsigned>(whole > 0));
  std::memcpy(at, &start, 8);
  if (whole < 0) *at = '0';
  at[before] = decimal;
  const auto skipped = 8 * (16 - places);
  const auto fraction = part(first, last, skipped);
  const auto rest = last >> skipped;
  std::memcpy(at + before + 1, &fraction, 8);
  std::memcpy(at + before + 9, &rest, 8);
  const auto zeros_at_end = lower != 0 ? zeros_at_top(lower) : 8 + zeros_at_top(upper);
  return at + before + (zeros_at_end < places ? 1 + places - zeros_at_end : 0);
}

}  // namespace sondeo
