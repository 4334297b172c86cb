// SPDX-License-Identifier: MIT
// sondeo-estimate's own options, from what was asked for to tables.
#pragma once

#include <string>
#include <vector>

#include "cli/count_options.h"
#include "cli/estimate_settings.h"
#include "cli/estimators.h"
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
  std::string design_weight;
  std::string calibrated;
  std::string calibration_form;
  TestOptions tests;
  CountOptions counting;  // questions, weight, filter, design
  LanguageOptions language;

  void declare(Tool& tool);

  // The tables of all that was asked for, once in each language; without a question or statistic,
  // what the design is. Reads the input. Throws UsageError and Error.
  std::vector<TableSet> tables(StudyInput& input, Tool& tool) const;

 private:
  EstimateSettings settings() const;
  // What the weight was calibrated to, as told, else as the study records it; said in words.
  std::string calibrate(const StudyInput& input, const std::string& weight, PassPlan& plan,
                        EstimateSetup& setup) const;
};

}  // namespace sondeo
