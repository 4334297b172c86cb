// SPDX-License-Identifier: MIT
// Which new columns sondeo-recode writes, and where to.
#pragma once

#include <string>
#include <vector>

#include "cli/input_options.h"
#include "cli/language_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "layout/derived_cells.h"

namespace sondeo {

struct RecodeOptions {
  std::vector<std::string> nets;
  std::vector<std::string> filters;
  std::vector<std::string> numbers;
  bool labels = false;
  std::string keep;
  std::string output;
  bool force = false;
  bool safe = false;
  LanguageOptions language;

  void declare(Tool& tool);

  // Reads the responses and writes them with the new columns. Throws UsageError and Error.
  void run(const InputOptions& options, Tool& tool) const;

 private:
  NewColumnPlan plan(StudyInput& input) const;
};

}  // namespace sondeo
