// SPDX-License-Identifier: MIT
// What the weighted sample must look like: margins of categories, and totals of numbers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "codebook/study.h"
#include "layout/csv.h"
#include "weight/variables.h"

namespace sondeo {

struct TargetCell {
  std::vector<std::string> categories;  // one for each variable of the margin
  double target = 0;                    // after settle_totals: a sum of weights
  Place place;
};

enum class TargetKind { shares, counts };

// One variable, or several interlocked ones. No variable: everybody.
struct Margin {
  std::string name;  // "sex", "sex × region"
  std::vector<std::size_t> variables;
  std::vector<TargetCell> cells;
  TargetKind kind = TargetKind::counts;
};

struct NumberTarget {
  std::size_t variable = 0;
  double total = 0;
  Place place;
};

// The targets of everybody or, with targets inside segments, of one segment.
struct Targets {
  std::string segment;  // its category, or ""
  std::vector<Margin> margins;
  std::vector<NumberTarget> numbers;
  double total = 0;  // after settle_totals: the sum of the weights
};

struct TargetOptions {
  CsvOptions file;
  NumberFormat numbers;
  std::vector<StudyTarget> study;  // instead of the file, if there are any
  std::optional<TargetKind> kind;  // nothing: by the sum of each margin
  // Shares whose sum is not 1 or 100, and counts whose totals differ, are brought to a common
  // total.
  bool normalise = false;
  std::string segment;  // the column of the targets that says the segment, or ""
};

// Reads a table with the columns variable, category, target (in any order, others are refused) and,
// if asked for, the segment's. A variable is a name, or several joined by ` × ` or ` x `, whose
// categories are joined in the same way. A row without category is the total of a number; a row
// without variable and category the number of people. A target may carry a percent sign. Those of a
// study say themselves whether they are shares.
// Throws Error with the line: [target-columns], [target-number], [target-range], [target-label] for
// the wrong number of parts, [target-duplicate], [target-empty], and those of the variables.
std::vector<Targets> read_targets(const TargetOptions& options, VariableSource& variables,
                                  Issues& issues);

// Turns shares into sums of weights: `base_total` in all, unless counts or a number of people say
// otherwise. Sums within 0.25 of 100 (or the same of 1) count as 100; `notes` says so. Throws Error
// [target-sum] for shares that do not add up, [target-total] for margins with different totals.
void settle_totals(Targets& targets, double base_total, const TargetOptions& options,
                   std::vector<std::string>& notes);

}  // namespace sondeo
