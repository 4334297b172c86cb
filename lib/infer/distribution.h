// SPDX-License-Identifier: MIT
// Tails and quantiles of the distributions that intervals and tests need. Degrees of freedom are
// real numbers > 0 and may be infinite: t becomes the normal, F the chi-square over its df.
// Every function wants its arguments inside the ranges stated; outside them it answers NaN.
#pragma once

namespace sondeo {

// The t that a two-sided interval of `level` percent (0 < level < 100) takes with `df` > 0 degrees
// of freedom; df may be infinite (the normal distribution).
double t_quantile(double level, double df);

// P(|T| > |t|), T Student's with `df`: the two-sided p-value, exact far in the tail.
double t_two_sided(double t, double df);

// P(F > value), F Fisher's with `numerator` and `denominator` degrees of freedom.
double f_upper(double value, double numerator, double denominator);

// P(X > value), X chi-square with `df` degrees of freedom.
double chi_square_upper(double value, double df);

// The x with P(Z < x) = probability (0 < probability < 1), Z standard normal.
double normal_quantile(double probability);

// P(|Z| > |z|), Z standard normal: the two-sided p-value.
double normal_two_sided(double z);

// The x with P(B < x) = probability (0..1), B beta with shapes a, b >= 0: all of it lies at 0 where
// a is 0, at 1 where b is 0.
double beta_quantile(double probability, double a, double b);

}  // namespace sondeo
