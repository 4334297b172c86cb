// SPDX-License-Identifier: MIT
// Estimates from multiply imputed data, combined.
#pragma once

#include <vector>

namespace sondeo {

struct ImputedEstimate {
  double value = 0;
  double variance = 0;
};

struct CombinedEstimate {
  double value = 0;
  double within = 0;    // mean of the variances
  double between = 0;   // variance of the values, m - 1 in the denominator
  double variance = 0;  // within + (1 + 1/m) between (Rubin 1987)
  double increase = 0;  // r = (1 + 1/m) between / within
  double missing = 0;   // lambda = (1 + 1/m) between / variance: the part due to missing answers
  double df_rubin = 0;  // (m-1) (1 + 1/r)^2; infinite where the imputations agree
  double df = 0;        // Barnard & Rubin (Biometrika 1999), never above complete_df
};

// Combines the estimates of m >= 2 completed files; complete_df > 0 are the degrees of freedom that
// the design would have with nothing missing (may be infinite, then df is Rubin's).
CombinedEstimate combine_imputed(const std::vector<ImputedEstimate>& estimates, double complete_df);

}  // namespace sondeo
