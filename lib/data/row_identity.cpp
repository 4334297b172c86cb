// SPDX-License-Identifier: MIT
#include "data/row_identity.h"

#include <charconv>
#include <cstring>

namespace sondeo {
namespace {

__extension__ using Product = unsigned __int128;

// Both halves of a product, so that every bit of the factors moves every bit of the result.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<Product>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t hash_of(const char* text, std::size_t size, std::uint64_t seed) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  std::uint64_t hash = seed ^ (size * factor);
  for (std::size_t at = 0; at < size; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text + at, size - at < 8 ? size - at : 8);
    hash = mixed(hash ^ word, factor) + seed;
  }
  return mixed(hash ^ seed, 0xd6e8feb86659fd93ULL);
}

void append_hex(std::uint64_t value, std::string& text) {
  static constexpr char signs[] = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4) text += signs[value >> shift & 15];
}

}  // namespace

void RowIdentity::add(const Block& block) {
  for (std::size_t row = 0; row < block.rows; ++row) {
    const auto start = block.starts[row];
    const auto size = block.ends[(row + 1) * block.columns - 1] - start;
    low += hash_of(block.bytes + start, size, 0x2545f4914f6cdd1dULL);
    high += hash_of(block.bytes + start, size, 0xa0761d6478bd642fULL);
  }
}

void RowIdentity::add(const RowIdentity& other) {
  low += other.low;
  high += other.high;
}

std::string RowIdentity::hex() const {
  std::string text;
  append_hex(high, text);
  append_hex(low, text);
  return text;
}

std::optional<RowIdentity> RowIdentity::from_hex(std::string_view text) {
  if (text.size() != 32) return std::nullopt;
  RowIdentity identity;
  const char* middle = text.data() + 16;
  const auto high = std::from_chars(text.data(), middle, identity.high, 16);
  const auto low = std::from_chars(middle, middle + 16, identity.low, 16);
  if (high.ec != std::errc() || high.ptr != middle || low.ec != std::errc() ||
      low.ptr != middle + 16 || identity.hex() != text) {
    return std::nullopt;
  }
  return identity;
}

}  // namespace sondeo
