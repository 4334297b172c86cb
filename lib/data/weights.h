// SPDX-License-Identifier: MIT
// What each respondent stands for, read from a column or joined from a file by id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "data/block.h"

namespace sondeo {

// The number that a weight cell holds. Throws Error at `place`: [weight-missing] (empty),
// [weight-number] (not a number, with a hint for decimal commas), [weight-range] (negative).
double read_weight(std::string_view cell, const NumberFormat& format, const Place& place,
                   std::string_view name);

// The same for speed: true and the weight if the cell is a plain decimal of at most 15 digits, of
// up to eight signs here and of more below. Eight bytes after its start must be readable.
bool read_longer_weight(std::string_view cell, char decimal, double& weight);

inline bool read_plain_weight(std::string_view cell, char decimal, double& weight) {
  static constexpr double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  const auto size = cell.size();
  if (size - 1 >= 8) return size != 0 && read_longer_weight(cell, decimal, weight);
  // All signs at once, the last in the highest byte, less '0'; zeros before the first.
  std::uint64_t signs;
  std::memcpy(&signs, cell.data(), 8);
  signs = (signs ^ ('0' * ones)) << (8 * (8 - size));
  const std::uint64_t marks = signs ^ (static_cast<unsigned char>(decimal ^ '0') * ones);
  const std::uint64_t low7 = ~(ones << 7);
  const std::uint64_t mark =
      ~(((marks & low7) + low7) | marks | low7);  // 0x80 where the mark stands
  std::size_t after_mark = 0;
  if (mark != 0) {
    // The digits before the mark take its place.
    const auto at = static_cast<unsigned>(__builtin_ctzll(mark)) - 7;
    const std::uint64_t whole = signs & ((std::uint64_t{1} << at) - 1);
    signs = ((signs ^ whole) & ~(std::uint64_t{0xff} << at)) | (whole << 8);
    after_mark = 7 - at / 8;
    if (size == 1) return false;
  }
  if (((signs + 0x76 * ones) | signs) & (ones << 7)) return false;  // a byte above 9
  // Neighbours joined: digits to pairs, pairs to fours, fours to the number.
  signs = signs * 10 + (signs >> 8);
  signs = ((signs & 0x000000ff000000ffULL) * 0x000f424000000064ULL +
           (signs >> 16 & 0x000000ff000000ffULL) * 0x0000271000000001ULL) >>
          32;
  // Both are exact as doubles, so the quotient is the nearest double to the decimal number.
  weight = static_cast<double>(static_cast<std::uint32_t>(signs)) / powers[after_mark];
  return true;
}

// Weights of a file of ids: joined by the id's text, every mismatch refused.
class WeightTable {
 public:
  // Adds an id with its weight. Throws Error [duplicate-id] naming both lines, [missing-id].
  void add(std::string id, double weight, const Place& place);
  // The weight of a respondent, who must not come twice. Throws Error [id-without-weight],
  // [duplicate-id], [missing-id] at `place`. One thread only.
  double take(const std::string& id, const Place& place);
  // Throws Error [weight-without-id] for the first id of the file that no respondent had.
  void check_all_taken() const;

 private:
  struct Entry {
    double weight = 0;
    std::uint64_t line = 0;
    std::uint64_t taken_at = 0;
  };
  std::string file_;
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace sondeo
