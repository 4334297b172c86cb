// SPDX-License-Identifier: MIT
#include "infer/imputation.h"

#include <cmath>
#include <limits>

namespace sondeo {

CombinedEstimate combine_imputed(const std::vector<ImputedEstimate>& estimates,
                                 double complete_df) {
  CombinedEstimate result;
  const auto m = static_cast<double>(estimates.size());
  // About the first value, so that a large common part keeps its digits.
  const double origin = estimates.front().value;
  double offset = 0;
  for (const auto& each : estimates) {
    offset += (each.value - origin) / m;
    result.within += each.variance / m;
  }
  result.value = origin + offset;
  for (const auto& each : estimates) {
    const double distance = (each.value - origin) - offset;
    result.between += distance * distance / (m - 1);
  }
  const double imputation = (1 + 1 / m) * result.between;
  result.variance = result.within + imputation;
  result.increase = imputation / result.within;
  result.missing = result.variance > 0 ? imputation / result.variance : 0;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  result.df_rubin = result.missing > 0 ? (m - 1) / (result.missing * result.missing) : infinity;
  if (std::isinf(complete_df)) {
    result.df = result.df_rubin;
    return result;
  }
  const double observed =
      (complete_df + 1) / (complete_df + 3) * complete_df * (1 - result.missing);
  result.df = 1 / (1 / result.df_rubin + 1 / observed);
  return result;
}

}  // namespace sondeo
