// SPDX-License-Identifier: MIT
// Texts as keys of a hash table, without a branch on their length.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sondeo {

// A text of up to sixteen bytes is its own key; of longer ones it is a hash.
struct TextKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::uint64_t size = 0;  // 0: no text

  // Of 1 to 16 bytes; sixteen bytes after its start must be readable.
  static TextKey whole(const char* text, std::size_t size) {
    return {load(text) & masks[size + 8], load(text + 8) & masks[size], size};
  }
  // Of 8 bytes and more.
  static TextKey hashed(const char* text, std::size_t size) {
    std::uint64_t hash = size;
    for (std::size_t at = 0; at + 8 <= size; at += 8) {
      hash = mix(hash ^ load(text + at)) + 0x2545f4914f6cdd1dULL;
    }
    return {mix(hash ^ load(text + size - 8)), 0, size};
  }

  bool operator==(const TextKey& other) const {
    return ((first ^ other.first) | (second ^ other.second) | (size ^ other.size)) == 0;
  }
  std::uint64_t hash() const { return mix(first + second * 0x2545f4914f6cdd1dULL + size); }

 private:
  static std::uint64_t load(const char* text) {
    std::uint64_t word;
    std::memcpy(&word, text, 8);
    return word;
  }
  static std::uint64_t mix(std::uint64_t x) {
    x *= 0x9e3779b97f4a7c15ULL;
    return x ^ (x >> 32);
  }

  // What is the text's of its first eight bytes, at its size + 8, and of the second eight, at its
  // size.
  static constexpr auto masks = [] {
    std::array<std::uint64_t, 25> result{};
    for (std::size_t i = 9; i < 25; ++i)
      result[i] = i >= 16 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * (i - 8))) - 1;
    return result;
  }();
};

}  // namespace sondeo
