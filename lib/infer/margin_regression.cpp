// SPDX-License-Identifier: MIT
#include "infer/margin_regression.h"

#include <Eigen/Dense>
#include <cmath>

namespace sondeo {
namespace {

// What is left of a column of x beside the others, if it depends on them.
constexpr double collinear = 1e-11;

}  // namespace

struct MarginRegression::Solver {
  std::size_t columns = 0;
  Eigen::VectorXd length;  // columns are brought to length 1, so that the tolerance fits all
  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition;
};

MarginRegression::MarginRegression(std::size_t columns, const std::vector<double>& products)
    : solver_(std::make_unique<Solver>()) {
  const auto p = static_cast<Eigen::Index>(columns);
  solver_->columns = columns;
  auto& length = solver_->length;
  length.resize(p);
  const auto product = [&](Eigen::Index i, Eigen::Index j) {
    return products[static_cast<std::size_t>(i * p + j)];
  };
  for (Eigen::Index i = 0; i < p; ++i) length(i) = product(i, i) > 0 ? std::sqrt(product(i, i)) : 1;
  Eigen::MatrixXd left(p, p);
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j)
      left(i, j) = left(j, i) = product(i, j) / length(i) / length(j);
  }
  solver_->decomposition.setThreshold(collinear);
  solver_->decomposition.compute(left);
}

MarginRegression::~MarginRegression() = default;

std::vector<double> MarginRegression::coefficients(const std::vector<double>& crossed,
                                                   std::size_t count) const {
  const auto p = static_cast<Eigen::Index>(solver_->columns);
  const auto k = static_cast<Eigen::Index>(count);
  Eigen::MatrixXd right(p, k);
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = 0; j < k; ++j)
      right(i, j) = crossed[static_cast<std::size_t>(i * k + j)] / solver_->length(i);
  }
  const Eigen::MatrixXd solution = solver_->decomposition.solve(right);
  std::vector<double> result(crossed.size());
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = 0; j < k; ++j)
      result[static_cast<std::size_t>(i * k + j)] = solution(i, j) / solver_->length(i);
  }
  return result;
}

}  // namespace sondeo
