// SPDX-License-Identifier: MIT
// The tests that a table carries: which columns were held against which, how, and what came of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "infer/adjust.h"
#include "infer/compare.h"

namespace sondeo {

// With what a column is compared: with every other of its group, with the whole base, with the rest
// of the base, or with the column before it; of waves, with the one before it and with the first.
enum class Against { pairs, total, rest, previous, waves };

// How a table is tested.
struct Testing {
  std::string dialect = "effective";  // of shares: a name of infer/compare.h
  std::string mean_dialect;           // of means; "": the same
  std::vector<double> levels = {95};  // percent, falling: the first prints upper case
  Against against = Against::pairs;
  Adjustment adjustment = Adjustment::none;
  double min_difference = 0;     // smaller ones get no letter: percentage points
  double not_tested_below = 30;  // effective base
  bool keep_traces = false;      // fill Table::traces, to explain a test
  bool letter_at_lower = false;  // the smaller of two values carries the letter

  const std::string& of_means() const { return mean_dialect.empty() ? dialect : mean_dialect; }
  bool operator==(const Testing& other) const = default;
};

// Instead of a column: the base, and what of it is not in the column.
constexpr std::size_t against_total = static_cast<std::size_t>(-1);
constexpr std::size_t against_rest = static_cast<std::size_t>(-2);

// One comparison: `row` and `a` are places in a table's rows and columns, `b` too, or one of the
// two above. Differences are value of a - value of b, in percentage points or the unit of the
// answers. What was not tested has its reason (ColumnTest in infer/compare.h; "min_base",
// "min_cell" ... where a number is withheld) and no se; "min_difference" is said of a test that
// gives no letter.
struct Comparison {
  std::size_t row = 0, a = 0, b = 0;
  bool mean = false;  // of the row's mean, not its column_percent
  std::optional<double> difference, se, statistic;
  std::optional<double> df;  // absent: the normal distribution
  std::optional<double> p;
  std::optional<double> p_adjusted;  // where there is an adjustment
  std::optional<double> level;       // percent: the strictest that is reached
  std::string reason;
};

// A comparison in every intermediate: the sums that went in, and the test in shares 0..1 or the
// unit of the answers.
struct TestTrace {
  TestSide a, b;
  TestOverlap both;
  ColumnTest test;
};

}  // namespace sondeo
