// SPDX-License-Identifier: MIT
#include "infer/test_result.h"

#include "infer/distribution.h"

namespace sondeo {

TestResult f_test(double statistic, double numerator, double denominator) {
  TestResult result{statistic, numerator, denominator, {}, ""};
  if (numerator > 0 && denominator > 0) {
    result.p = f_upper(statistic, numerator, denominator);
  } else {
    result.reason = "no_df";
  }
  return result;
}

TestResult t_test(double statistic, double df) {
  TestResult result{statistic, df, {}, {}, ""};
  if (df > 0) {
    result.p = t_two_sided(statistic, df);
  } else {
    result.reason = "no_df";
  }
  return result;
}

TestResult chi_square_test(double statistic, double df) {
  TestResult result{statistic, df, {}, {}, ""};
  if (df > 0) {
    result.p = chi_square_upper(statistic, df);
  } else {
    result.reason = "no_df";
  }
  return result;
}

}  // namespace sondeo
