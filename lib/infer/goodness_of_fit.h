// SPDX-License-Identifier: MIT
// Does a question have the shares that somebody says? Rao & Scott (JASA 1981) for one way.
#pragma once

#include <vector>

#include "infer/test_result.h"

namespace sondeo {

struct GoodnessOfFit {
  double pearson = 0;         // X2 = n sum (p_i - s_i)^2 / s_i
  std::vector<double> deffs;  // generalised design effects, falling; the last one is 0
  double d0 = 0;              // (sum deff)^2 / sum deff^2
  TestResult second_order;    // F = X2 / sum deff on (d0, d0 nu)
  TestResult satterthwaite;   // X2 d0 / sum deff, chi-square on d0 (R's svygofchisq)
  TestResult mixture;         // X2 against sum deff chi-square(1), denominator d0 nu, exact
};

// `totals` of the categories with their covariance matrix (row-major), the shares asked about
// (positive, any scale), n the rows used, nu the degrees of freedom of the design. The covariance
// of (N_i - s_i N) / sqrt(s_i N) is linearised in all totals, N included, as R does.
GoodnessOfFit goodness_of_fit(const std::vector<double>& totals,
                              const std::vector<double>& covariance,
                              const std::vector<double>& shares, double n, double nu);

}  // namespace sondeo
