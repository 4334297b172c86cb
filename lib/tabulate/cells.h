// SPDX-License-Identifier: MIT
// Cells: sums that add. Nothing to the right of them ever sees a respondent.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "data/answers.h"
#include "tabulate/exact_sum.h"

namespace sondeo {

// What is known of the respondents in a cell. Unweighted, w and w2 stay empty and n stands for
// both.
struct Sums {
  std::uint64_t n = 0;           // rows
  std::uint64_t n_positive = 0;  // rows with a positive weight
  ExactSum w;                    // sum of weights
  ExactSum w2;                   // sum of squared weights, each square rounded to a double first
  // What a sampling design needs besides: sums of w by replicate, or by sampling unit. All cells of
  // a count have as many; none stand for zeros.
  std::vector<ExactSum> further = {};

  void add(const Sums& other);
  bool operator==(const Sums& other) const = default;
};

// The sums of those who are in the whole and not in a part of it, exactly.
Sums without(const Sums& whole, const Sums& part);

// What a row or a column of cells stands for.
struct Key {
  AnswerKind kind = AnswerKind::category;
  // One text per variable of a nested axis; none for the total. If `overlap`, the texts of two
  // columns of a select-all question, one after the other: who is in both.
  std::vector<std::string> path;
  bool overlap = false;
  // The following are carried, not compared. Labels that differ give way to the text of the path.
  std::string label;
  double number = 0;
  bool operator==(const Key& other) const {
    return kind == other.kind && overlap == other.overlap && path == other.path;
  }
};

// Order for people: categories first, numbers in order of size, other texts as natural_compare.
bool key_less(const Key& a, const Key& b);

// One table's sums: rows x columns, both in key_less order, each key once.
struct Cells {
  std::vector<Key> rows;
  std::vector<Key> columns;
  std::vector<Sums> sums;

  const Sums& at(std::size_t row, std::size_t column) const {
    return sums[row * columns.size() + column];
  }
  bool operator==(const Cells& other) const = default;
};

// The cells of both: keys united, sums added. Commutative and associative; Cells{} is the identity.
Cells merge(const Cells& a, const Cells& b);

// Cells whose keys may be in any order and may repeat, in order and each key once.
Cells canonical(const Cells& cells);

}  // namespace sondeo
