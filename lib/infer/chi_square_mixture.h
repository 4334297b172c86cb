// SPDX-License-Identifier: MIT
// Linear combinations of independent chi-squares: what X2 of a complex sample is distributed as.
#pragma once

#include <vector>

namespace sondeo {

struct ChiSquareTerm {
  double coefficient = 1;  // of either sign; a term of 0 counts for nothing
  double df = 1;           // > 0, need not be whole
};

// P(sum of coefficient * chi-square(df) > value), all terms independent; NaN where an argument is.
//
// Exact inversion of the characteristic function (the problem of Imhof 1961 and Davies 1980), but
// along the contour through the saddlepoint, on which the integrand is positive and falls off
// without turning: about 13 digits in either tail, however small it is (Rice 1980 on the contour;
// Trefethen & Weideman 2014 on why the trapezoidal rule converges geometrically there).
double chi_square_mixture_upper(const std::vector<ChiSquareTerm>& terms, double value);

// P(sum of coefficient * chi-square(1) > value / d * chi-square(d)) with d = `denominator` degrees
// of freedom, which stand for the estimated variance; infinite: the plain mixture.
double chi_square_mixture_ratio_upper(const std::vector<double>& coefficients, double value,
                                      double denominator);

}  // namespace sondeo
