// SPDX-License-Identifier: MIT
// How quantiles and tests are made: what their options say beside the variables.
#pragma once

#include <string>

#include "cli/estimate_settings.h"
#include "cli/tool.h"

namespace sondeo {

struct TestOptions {
  std::string at = "0.5";
  std::string rule = "math";
  std::string quantile_interval = "mean";
  std::string rank_test = "wilcoxon";
  std::string t_df = "design";
  std::string adjust = "none";
  std::string shares;

  void declare(Tool& tool);

  // Throws UsageError for words and numbers that are none of an option's.
  void apply(EstimateSettings& settings) const;
};

}  // namespace sondeo
