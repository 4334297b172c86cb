// SPDX-License-Identifier: MIT
// Tests that a LinearEstimator's sums allow: independence in a table, goodness of fit, columns of a
// table against each other.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "infer/adjust.h"
#include "infer/goodness_of_fit.h"
#include "infer/group_test.h"
#include "infer/linear.h"
#include "infer/rao_scott.h"

namespace sondeo {

// Independence of the two categories of a crosstab in one domain, on `df` degrees of freedom. Rows
// and columns in which nobody is are left out. n is the rows of positive weight.
RaoScott independence(const LinearEstimator& crosstab, std::size_t domain, const DesignRules& rules,
                      double df);

// Whether category 0 of a request of totals has the given shares, by its levels.
GoodnessOfFit fit(const LinearEstimator& totals, std::size_t domain,
                  const std::vector<double>& shares, double df);

// Two columns of one row of a crosstab.
struct ColumnComparison {
  std::size_t row = 0;
  std::size_t a = 0;
  std::size_t b = 0;
  double covariance = 0;   // of the two column shares
  ComparedMeans compared;  // share in column a less that in column b
  double adjusted = 0;     // p among the pairs of its row; NaN without a test
};

// Every pair of columns in every row: differences of column shares with their covariance, t on
// `df`.
std::vector<ColumnComparison> compare_columns(const LinearEstimator& crosstab, std::size_t domain,
                                              Adjustment adjustment, double df, double level);

}  // namespace sondeo
