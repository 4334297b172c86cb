// SPDX-License-Identifier: MIT
// Cells: sums that add. Nothing to the right of them ever sees a respondent.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "data/answers.h"
#include "tabulate/exact_sum.h"
#include "tabulate/power_sum.h"

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
  // Of a number y whose values are not told apart: for each sum s of rows above, sum s y and
  // sum s y^2, in the order of powers_of. All cells of a number have them, or none; missing ones
  // are zeros.
  std::vector<PowerSum> powers = {};

  void add(const Sums& other);
  bool operator==(const Sums& other) const = default;
};

// Where in Sums::powers the two of a sum stand.
enum PowersOf : std::size_t { powers_of_rows = 0, powers_of_w = 2, powers_of_w2 = 4 };
constexpr std::size_t powers_of_further(std::size_t i) { return 6 + 2 * i; }

// The same number's two powers.
struct ValuePowers {
  PowerTerm y;
  PowerTerm y2;
  static ValuePowers of(double y) { return {PowerTerm::of(y), PowerTerm::square_of(y)}; }
};

// Adds the sums of rows that all have the value y to those of rows with any value.
void add_value(const Sums& sums, const ValuePowers& y, Sums& to);

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

// Whether the rows are a number whose values are not told apart: there is one row of the kind
// `number` for all of them, whose sums have powers.
bool is_summed(const Cells& cells);
// The cells of a number with such a row in the place of those of its values. It does not matter for
// the bits whether that is done before cells are merged or after it.
Cells sum_values(const Cells& cells);

// The cells of both: keys united, sums added. Where the values of one are summed, so are those of
// the other. Commutative and associative; Cells{} is the identity.
Cells merge(const Cells& a, const Cells& b);

// Cells whose keys may be in any order and may repeat, in order and each key once.
Cells canonical(const Cells& cells);

}  // namespace sondeo
