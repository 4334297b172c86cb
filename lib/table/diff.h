// SPDX-License-Identifier: MIT
// Did a published number move? Two table files, number by number, by id and not by position.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "table/numbers.h"

namespace sondeo {

// How far a number may move: the limit of its statistic, else of its unit, else `any`.
struct Tolerance {
  double any = 0;
  std::map<std::string, double, std::less<>> named;  // by statistic ("mean") or unit ("percent")

  double of(const TableNumber& number) const;
};

// moved: by more than the tolerance. appeared, vanished: present in one file only (an absent number
// is none). letters: the letters of a cell are others.
enum class ChangeKind { moved, appeared, vanished, letters };
std::string_view change_name(ChangeKind kind);  // "moved", "appeared", "vanished", "letters"

// What the other file lacks altogether, where a number appeared or vanished.
enum class ChangeScope { number, row, column, table };

// Pointers into the files compared; nullptr where a file has no such line.
struct Change {
  ChangeKind kind = ChangeKind::moved;
  ChangeScope scope = ChangeScope::number;
  const TableNumber* before = nullptr;
  const TableNumber* after = nullptr;

  const TableNumber& any() const { return after != nullptr ? *after : *before; }
};

struct Diff {
  std::string before_name;
  std::string after_name;
  Tolerance tolerance;
  std::size_t compared = 0;  // numbers that both files have
  std::size_t moved = 0, appeared = 0, vanished = 0, letters = 0;
  std::vector<std::string_view> tables;  // ids in the order of the old file, new ones last
  std::vector<Change> changes;           // in the order of `tables`, within one as in the files
  std::vector<std::string> reweighted;   // tables whose weight has another name
};

// Compares. Lines with the same ids (a table made twice, say with and without a filter) are paired
// in their order. The weight is part of a number's id only where a file has the table with several
// weights. With `only` (statistics), others are left out.
Diff diff_numbers(const TableNumbers& before, const TableNumbers& after, const Tolerance& tolerance,
                  const std::vector<std::string>& only);

}  // namespace sondeo
