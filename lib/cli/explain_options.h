// SPDX-License-Identifier: MIT
// --explain: one test of one table with every intermediate, instead of the tables.
#pragma once

#include <string>

#include "cli/count_options.h"
#include "cli/output_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "table/table.h"

namespace sondeo {

struct ExplainOptions {
  std::string explain;  // "QUESTION:ROW:A:B"; "": the tables themselves

  void declare(Tool& tool);
  bool wanted() const { return !explain.empty(); }

  // Makes the question the one that is counted, and its tests kept. Without --test the dialect is
  // `effective`; against `total` or `rest` --compare is that. Throws UsageError.
  void prepare(StudyInput& input, CountOptions& counting, const OutputOptions& output) const;

  // Writes the explanation. Throws Error [explain] for rows and columns that are not there.
  void write(const TableSet& tables, const OutputOptions& output) const;
};

}  // namespace sondeo
