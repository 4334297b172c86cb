// SPDX-License-Identifier: MIT
// Quantiles of the distributions that intervals need.
#pragma once

namespace sondeo {

// The t that a two-sided interval of `level` percent (0 < level < 100) takes with `df` > 0 degrees
// of freedom; df may be infinite (the normal distribution).
double t_quantile(double level, double df);

}  // namespace sondeo
