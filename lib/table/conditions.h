// SPDX-License-Identifier: MIT
// Conditions under which tables should not be published, such as base<100.
#pragma once

#include <string>
#include <vector>

#include "table/table.h"

namespace sondeo {

// What can be asked of every column of a table, and of the weights of a run.
enum class Measure {
  base,            // n, unweighted
  effective_base,  // (sum w)^2 / sum w^2; 0 if nobody is in the base
  moe,             // margin of error at 50 %, in points; of a table of numbers, that of the mean
  deff,            // design effect of the weights
  missing,         // percent of the respondents (unweighted) whom the base leaves out
  weight_ratio     // largest weight by the smallest positive one, of the respondents kept
};

struct Condition {
  std::string text;  // as given
  Measure measure = Measure::base;
  bool below = true;   // < or <=, else > or >=
  bool equal = false;  // <= or >=
  double limit = 0;

  bool met_by(double number) const;
};

// Reads `NAME<NUMBER`, with < <= > >= and blanks around them; the number of moe and missing may end
// in %. Throws Error [condition] that says what is wrong and lists the names.
Condition parse_condition(const std::string& text);

// Where a condition is met: "q3, region: North" or, of the weights, "the weights", and what the
// number is.
struct MetPlace {
  std::string where;
  std::string what;  // "effective_base is 97.7"
};

// All places of the tables that meet the condition, in order. A number that is not known where it
// is asked for (the moe of no respondents) meets any condition: nobody can say that it holds.
// Columns that are blanked (--min-base) count as well: their bases are shown.
std::vector<MetPlace> places_met(const TableSet& tables, const Condition& condition);

}  // namespace sondeo
