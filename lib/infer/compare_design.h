// SPDX-License-Identifier: MIT
// The dialect `design`: the variance of a difference of two columns by the sampling design.
#pragma once

#include <cstdint>
#include <vector>

#include "infer/compare.h"
#include "infer/estimate.h"

namespace sondeo {

// What two columns hold of one variable, and what the rows in both do; a share is the mean of 0 and
// 1. `domain`: all rows that the comparison is about, which says the degrees of freedom.
struct DesignSides {
  NumberSums a, b, both;
  Sums domain;
};

// The values 0 and 1 of a share: `part` of `base`.
std::vector<ValueSums> share_values(const Sums& part, const Sums& base);

// Of mean a - mean b, linearised:
//   z_i = [in a] (y_i - a)/w_a - [in b] (y_i - b)/w_b,
// summed and spread as the design says (infer/sample_design.h; without one every row is a unit:
// V = N/(N-1) sum (w z)^2, df the rows of the domain less 1); or by the replicates of the
// difference. Both columns have weight.
Precision difference_precision(const DesignSides& sides, std::uint64_t units, bool weighted,
                               const Inference& inference);

// Puts se, statistic, df and p into a test that a dialect of the design left without (or the reason
// why there are none).
void finish_by_design(ColumnTest& test, const DesignSides& sides, std::uint64_t units,
                      bool weighted, const Inference& inference);

}  // namespace sondeo
