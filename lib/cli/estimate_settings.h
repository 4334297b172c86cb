// SPDX-License-Identifier: MIT
// What holds for all estimators of a run of sondeo-estimate, as parsed.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "infer/adjust.h"
#include "infer/estimator.h"
#include "infer/group_test.h"
#include "infer/proportion_interval.h"
#include "infer/quantile.h"
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

  std::vector<double> quantile_shares{.5};
  QuantileRule quantile_rule = QuantileRule::math;
  std::optional<ProportionInterval> quantile_interval =
      ProportionInterval::mean;  // none: replicates
  RankTest rank_test = RankTest::wilcoxon;
  bool t_minus_one = false;  // t tests lose a degree of freedom
  Adjustment adjustment = Adjustment::none;
  std::vector<std::pair<std::string, double>> fit_shares;  // of answers, in order where unnamed
};

}  // namespace sondeo
