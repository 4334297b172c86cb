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
std::uint64_t eight_digits(std::uint64_t number) {
  std::uint64_t fours = number / 10000;
  fours |= (number - 10000 * fours) << 32;
  std::uint64_t pairs = ((fours * 10486) >> 20) & 0x0000007f0000007fULL;
  pairs |= (fours - 100 * pairs) << 16;
  std::uint64_t digits = ((pairs * 103) >> 10) & 0x000f000f000f000fULL;
  return digits | (pairs - 10 * digits) << 8;
}

char* write_unusual(char* at, double value, char decimal) {
  const auto end =
      std::to_chars(at, at + weight_text_room, value, std::chars_format::general, 15).ptr;
  std::replace(at, end, '.', decimal);
  return end;
}

}  // namespace

char* write_weight(char* at, double value, char decimal) {
  if (!(value >= 1e-2 && value < 1e9)) [[unlikely]]
    return write_unusual(at, value, decimal);
  // value = mantissa * 2^-down, down from 23 to 59.
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52;
  const auto down = static_cast<unsigned>(1075 - (bits >> 52));
  // Digits before the mark, less the zeros that follow it: -1 from 0.01, 0 from 0.1, 1 from 1. The
  // power of two below the value has this many, or one less than the value.
  static constexpr double limits[] = {1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  const auto least = ((52 - static_cast<int>(down)) * 1233 >> 12) + 1;
  const auto whole = least + (value >= limits[least + 2] ? 1 : 0);
  const auto places = static_cast<unsigned>(15 - whole);
  // value * 10^places, a number of 15 digits, exact before it is rounded.
  const auto number = static_cast<std::uint64_t>(
      (Wide{mantissa} * powers[places] + (Wide{1} << (down - 1))) >> down);
  if (number >= powers[15]) [[unlikely]]
    return write_unusual(at, value, decimal);  // 9.999... became a power of ten

  // Sixteen digits, the first in the lowest byte and 0; `places` of them come after the mark.
  const auto upper = eight_digits(number / 100000000);
  const auto lower = eight_digits(number % 100000000);
  constexpr std::uint64_t zeros = 0x3030303030303030ULL;
  const auto digits = Wide{lower | zeros} << 64 | (upper | zeros);
  const auto before = static_cast<std::size_t>(std::max(whole, 1));
  const auto put = [](char* to, Wide bytes) { std::memcpy(to, &bytes, sizeof bytes); };
  put(at, digits >> (whole > 0 ? 8 : 0));
  if (whole < 0) *at = '0';
  at[before] = decimal;
  put(at + before + 1, digits >> (8 * (16 - places)));
  const auto zeros_at_end = static_cast<std::size_t>(lower != 0 ? std::countl_zero(lower)
                                                                : 64 + std::countl_zero(upper)) /
                            8;
  return at + before + (zeros_at_end < places ? 1 + places - zeros_at_end : 0);
}

}  // namespace sondeo
