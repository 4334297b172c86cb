// SPDX-License-Identifier: MIT
// The percentages that synthetic respondents have to give, as a person writes them down.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "expr/expr.h"

namespace sondeo {

// A line of a file of targets. Columns, by their header:
//   question  a question of the study, or an item of a grid
//   category  a code, a net, a box such as top2, or a label in any language; `skipped`: no answer
//   percent   0 to 100 with up to five decimals, `.` or `,`; empty: no target, but what follows
//   base      of what: asked, answered, all; empty: as the question is tabulated
//   where     of whom, if not of everybody asked: country = 'US'
//   lean      -1 to 1: where on the respondents' common attitude those are who answer so
//   alone     yes: in a multiple question, chosen alone or not at all ("none of these")
//   source    where the figure comes from
// All but question and category may be left out.
struct TargetRow {
  std::string question;
  std::string category;
  std::optional<std::int64_t> percent;  // in percent_unit
  int digits = 0;                       // decimals that were written
  std::string base;
  std::optional<Expr> where;
  std::string where_text;
  std::optional<int> lean;  // -100..100
  bool alone = false;
  Place question_at, category_at, percent_at, base_at, where_at, alone_at;
};

// Reads a file of targets strictly, delimited as the other inputs. Throws Error at line and column:
// [target-column] (unknown or missing columns), [target-number], [target-range], [target-base],
// [target-alone], [expr-syntax], and those of CsvFile.
std::vector<TargetRow> read_targets(const std::string& path, Issues& issues);

}  // namespace sondeo
