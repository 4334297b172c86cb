// SPDX-License-Identifier: MIT
// A book of tables by a tab plan, counted in one pass.
#pragma once

#include <string>
#include <vector>

#include "cli/count_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "codebook/plan.h"

namespace sondeo {

struct PlanOptions {
  std::string plan;  // a file; "": the study's own, if it has one and no question is named

  void declare(Tool& tool);

  // Whether a plan says which tables to make.
  bool wanted(const StudyInput& input, bool banner_given) const;

  // The tables of the plan, once in each language. What it says of a table has the last word;
  // options of the command line stand for what it does not say, replace what the book itself says,
  // and --where filters everything. Throws Error at the plan's line for what is wrong in it,
  // [summary-row], [plan-title], and as CountOptions::tables().
  std::vector<TableSet> tables(StudyInput& input, const CountOptions& given,
                               const std::string& banner, Tool& tool) const;
};

}  // namespace sondeo
