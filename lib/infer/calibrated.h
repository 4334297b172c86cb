// SPDX-License-Identifier: MIT
// The variance of tables under calibrated weights, from their cells: influences are replaced by
// what is left of them after regression on the margins (infer/residuals.h has the formula, and the
// passes for all that cells do not tell).
#pragma once

#include <utility>
#include <vector>

#include "infer/margin_regression.h"
#include "tabulate/cells.h"
#include "tabulate/margin_sums.h"

namespace sondeo {

class CalibratedWeights {
 public:
  CalibratedWeights(MarginSums margins, bool rows_are_units);

  // The influence of a statistic: the respondents of a cell have z. Who is in several cells has the
  // sum.
  using Influence = std::vector<std::pair<const Sums*, double>>;

  // Takes from the totals of w z by leaf ([leaves * influences]), and where rows are units from
  // those of w^2 z z' ([leaves * influences^2]), what the margins explain: afterwards they are of
  // z - x'B. An influence that the margins explain altogether, such as that of a margin itself,
  // leaves exactly 0.
  void adjust(const std::vector<Influence>& influences, std::vector<double>& totals,
              std::vector<double>& products) const;

 private:
  void explain_products(const std::vector<double>& b, const std::vector<double>& squares,
                        std::size_t count, std::vector<double>& products) const;

  MarginSums margins_;
  MarginPlaces places_;
  MarginRegression regression_;
};

}  // namespace sondeo
