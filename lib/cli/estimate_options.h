// SPDX-License-Identifier: MIT
// sondeo-estimate's own options, from what was asked for to tables.
#pragma once

#include <string>
#include <vector>

#include "cli/count_options.h"
#include "cli/estimate_settings.h"
#include "cli/input_options.h"
#include "cli/language_options.h"
#include "cli/test_options.h"
#include "cli/tool.h"
#include "table/table.h"

namespace sondeo {

struct EstimateOptions {
  std::vector<std::vector<std::string>> statistics;  // by EstimateKind
  std::string by;
  std::vector<std::string> contrasts;
  bool covariance = false;
  std::string level = "95";
  std::string interval = "logit";
  std::string df = "domain";
  std::string deff = "wor";
  std::string presentation;
  TestOptions tests;
  CountOptions counting;  // questions, weight, filter
  LanguageOptions language;

  void declare(Tool& tool);

  // The tables of all that was asked for, once in each language; without a question or statistic,
  // what the design is. Reads the input. Throws UsageError and Error.
  std::vector<TableSet> tables(StudyInput& input, Tool& tool) const;

 private:
  EstimateSettings settings() const;
};

}  // namespace sondeo
