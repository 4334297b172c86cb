// SPDX-License-Identifier: MIT
// What each respondent stands for, read from a column or joined from a file by id.
#pragma once

#include <cstddef>
#include <cstdint>
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

// The same for speed: true and the weight if the cell is a plain decimal of at most 15 digits.
inline bool read_plain_weight(std::string_view cell, char decimal, double& weight) {
  static constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  if (cell.empty() || cell.size() > 16) return false;
  std::uint64_t digits = 0;
  std::size_t count = 0;
  std::size_t after_mark = 0;
  bool marked = false;
  for (const char c : cell) {
    const auto digit = static_cast<unsigned char>(c - '0');
    if (digit <= 9) {
      digits = digits * 10 + digit;
      ++count;
      after_mark += marked;
    } else if (c == decimal && !marked) {
      marked = true;
    } else {
      return false;
    }
  }
  if (count == 0 || count > 15) return false;
  // Both are exact as doubles, so the quotient is the nearest double to the decimal number.
  weight = static_cast<double>(digits) / powers[after_mark];
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
