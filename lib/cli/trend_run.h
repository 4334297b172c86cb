// SPDX-License-Identifier: MIT
// A run of sondeo-trend: from waves, in one file or in several, to tables over waves.
#pragma once

#include <string>
#include <vector>

#include "cli/count_options.h"
#include "cli/input_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "cli/trend_options.h"
#include "table/table.h"

namespace sondeo {

class TrendRun {
 public:
  // Finds the files and reads their studies; opens no responses. `counting.tests` was declared for
  // waves. Throws UsageError, and Error as find_input().
  TrendRun(const TrendOptions& options, const InputOptions& input, const CountOptions& counting);

  // The newest wave's file, or the only one: what it asks for is asked of all.
  StudyInput& newest() { return sources_.back(); }
  CountOptions& counting() { return counting_; }
  // The files that no output may replace.
  std::vector<std::string> files() const;

  // Counts, and makes the tables once in each language. Throws UsageError and Error.
  std::vector<TableSet> tables(Tool& tool);

 private:
  std::vector<TableSet> of_one_file(Tool& tool);
  std::vector<TableSet> of_files(Tool& tool);

  TrendOptions options_;
  CountOptions counting_;
  std::vector<WaveFile> files_;  // none: the waves stand in one file
  std::vector<StudyInput> sources_;
};

}  // namespace sondeo
