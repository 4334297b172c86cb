// SPDX-License-Identifier: MIT
// What every test answers.
#pragma once

#include <optional>
#include <string>

namespace sondeo {

// A statistic, the degrees of freedom of its reference distribution and the p-value. Absent parts
// have their reason: "no_df" (too few sampling units for categories or samples), "no_variance",
// "singular" (the covariance matrix has no inverse), "one_category", "zero_base".
struct TestResult {
  std::optional<double> statistic;
  std::optional<double> df;           // of t or chi-square; the numerator's of F
  std::optional<double> denominator;  // of F
  std::optional<double> p;
  std::string reason;
};

// F on (numerator, denominator) degrees of freedom; without p, and with the reason, if one of them
// is not positive.
TestResult f_test(double statistic, double numerator, double denominator);

// t on df degrees of freedom, two-sided; likewise.
TestResult t_test(double statistic, double df);

// Chi-square on df degrees of freedom; likewise.
TestResult chi_square_test(double statistic, double df);

}  // namespace sondeo
