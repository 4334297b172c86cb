// SPDX-License-Identifier: MIT
// What holds for all estimators of a run of sondeo-estimate, as parsed.
#pragma once

#include <string>
#include <vector>

#include "infer/estimator.h"
#include "infer/proportion_interval.h"
#include "tabulate/banner.h"

namespace sondeo {

struct EstimateSettings {
  Banner by;
  std::vector<std::string> contrasts;
  bool covariance = false;
  double level = 95;
  ProportionInterval interval = ProportionInterval::logit;
  FreedomRule freedom;
  bool deff_with_replacement = false;
  bool nchs = false;
};

}  // namespace sondeo
