// SPDX-License-Identifier: MIT
// Column tests: is a share, or a mean, larger in one column of a table than in another? From sums
// alone, in the dialects of the programs that the field compares its tables with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "infer/estimate.h"

namespace sondeo {

enum class TestMeasure { proportion, mean };

// One column of a test. w, q: sums of weights and of squared weights of its base.
struct TestSide {
  double w = 0;
  double q = 0;
  double r = 0;                // proportion: the weighted count in the row
  double mean = 0;             // mean: sum w x / w
  double squares = 0;          // mean: sum w (x - mean)^2
  double sample_variance = 0;  // mean: unweighted, n - 1, about the unweighted mean
};

// Rows in both columns, whatever their answer.
struct TestOverlap {
  double w = 0;
  double q = 0;
};

// The side of a mean. `values` as for mean() of infer/estimate.h.
TestSide mean_side(const NumberSums& values, bool weighted);
TestSide share_side(const Sums& part, const Sums& base, bool weighted);
TestOverlap overlap_side(const Sums& both, bool weighted);

// A test with all its intermediates; shares are 0..1. What is absent was not reached: `reason` says
// why a test was not made, in this order of precedence:
//   empty_base        a column without rows or weight
//   no_formula        the dialect has none for this measure
//   overlap           the dialect has none for columns that share respondents
//   base_below_2      spss: a weighted base below 2
//   zero_or_one       spss: a share is 0 or 1
//   small_base        an effective base below the least
//   part_of_whole     wincross: a column below 5 % or above 95 % of the total it is held against
//   equal             the values differ by at most 1e-12
//   zero_variance, no_df   no statistic, no distribution
//   expected_below_5  askia: a count expected without a difference is below 5
struct ColumnTest {
  std::optional<double> a, b;  // the two values
  std::optional<double> effective_a, effective_b;
  double effective_both = 0;     // of the overlap
  std::optional<double> pooled;  // the share, or the variance, of both columns together
  std::optional<double> se, statistic, df, p;  // df absent: the normal distribution
  std::string reason;
};

struct TestRules {
  double least_effective = 30;  // columns below are not tested
  bool total = false;           // b is the whole, a part of it
  std::optional<double> group_share =
      {};  // of the row in the group's columns together (askia's rule)
};

// What a formula gives: a variance of the difference, the df of its t (none: normal).
struct Spread {
  double variance = 0;
  std::optional<double> df;
  std::optional<double> pooled;
};

// The measured columns as formulas see them: e = w^2 / q, 0 = in both.
struct TestSums {
  TestSide a, b;
  TestOverlap both;
  double e1 = 0, e2 = 0, e0 = 0;
  double p1 = 0, p2 = 0;
};

struct TestDialect {
  std::string_view name;
  Spread (*proportion)(const TestSums&) = nullptr;  // none: not tested
  Spread (*mean)(const TestSums&) = nullptr;
  bool overlaps = true;  // has its term for overlapping columns, or leaves them out on purpose
  bool extremes = true;  // tests shares of 0 and 1, and bases below 2
  bool part_of_whole = false;    // WinCross' safeguard against the total
  bool expected_counts = false;  // askia's rule, and letters by its rounded cut-offs
  bool design = false;           // the sampling design's variance: infer/compare_design.h
};

// All dialects; those of a name, or nullptr. `effective` is unicom under its plain name.
const std::vector<TestDialect>& dialects();
const TestDialect* dialect_named(std::string_view name);

// The test of b against a: statistic = (value of a - value of b) / se, two-sided.
ColumnTest test_columns(const TestDialect& dialect, TestMeasure measure, const TestSide& a,
                        const TestSide& b, const TestOverlap& both, const TestRules& rules);

// The place among `levels` (percent, falling) of the strictest that the test reaches: p (adjusted,
// if it was) <= 1 - level, or askia's |statistic| > 1.65, 1.96, 2.576 at 90, 95, 99 % unless
// adjusted. Nothing if it reaches none.
std::optional<std::size_t> level_reached(const TestDialect& dialect, const ColumnTest& test,
                                         double p_adjusted, bool adjusted,
                                         const std::vector<double>& levels);

}  // namespace sondeo
