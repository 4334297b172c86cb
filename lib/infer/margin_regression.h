// SPDX-License-Identifier: MIT
// Least squares on what weights were calibrated to.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace sondeo {

// Columns x may depend on each other: margins of the same total always do. The solution is then
// that of the smallest coefficients, and residuals are the same for all.
class MarginRegression {
 public:
  // `products`: sum v x x' over all rows of the file, [columns * columns].
  MarginRegression(std::size_t columns, const std::vector<double>& products);
  ~MarginRegression();

  // B = (sum v x x')^-1 sum v x z', both sides [columns * count].
  std::vector<double> coefficients(const std::vector<double>& crossed, std::size_t count) const;

 private:
  struct Solver;
  std::unique_ptr<Solver> solver_;
};

}  // namespace sondeo
