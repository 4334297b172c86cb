// SPDX-License-Identifier: MIT
#include "infer/goodness_of_fit.h"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "infer/chi_square_mixture.h"

namespace sondeo {

GoodnessOfFit goodness_of_fit(const std::vector<double>& totals,
                              const std::vector<double>& covariance,
                              const std::vector<double>& shares, double n, double nu) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  GoodnessOfFit result;
  const auto k = static_cast<Eigen::Index>(totals.size());
  const Eigen::Map<const Eigen::VectorXd> found(totals.data(), k);
  const double total = found.sum();
  if (!(total > 0)) {
    result.second_order.reason = result.satterthwaite.reason = result.mixture.reason = "zero_base";
    return result;
  }
  Eigen::VectorXd expected = Eigen::Map<const Eigen::VectorXd>(shares.data(), k);
  expected *= total / expected.sum();
  const Eigen::VectorXd distance = ((found - expected).array() / expected.array().sqrt()).matrix();
  result.pearson = distance.squaredNorm() * n / total;
  Matrix slopes(k, k);
  for (Eigen::Index i = 0; i < k; ++i) {
    slopes.row(i).setConstant(-std::sqrt(expected[i]) / total - distance[i] / (2 * total));
    slopes(i, i) += 1 / std::sqrt(expected[i]);
  }
  const Eigen::Map<const Matrix> given(covariance.data(), k, k);
  const Matrix scaled = slopes * given * slopes.transpose() * (n / total);
  const Eigen::VectorXd rising =
      Eigen::SelfAdjointEigenSolver<Matrix>(scaled, Eigen::EigenvaluesOnly).eigenvalues();
  for (Eigen::Index i = k; i-- > 0;) {
    // The matrix has no negative eigenvalues but by rounding.
    result.deffs.push_back(rising[i] > 1e-12 * rising[k - 1] ? rising[i] : 0);
  }
  double sum = 0;
  double squares = 0;
  for (const double each : result.deffs) {
    sum += each;
    squares += each * each;
  }
  if (!(sum > 0)) {
    result.second_order.reason = result.satterthwaite.reason = result.mixture.reason =
        "no_variance";
    return result;
  }
  result.d0 = sum * sum / squares;
  result.second_order = f_test(result.pearson / sum, result.d0, result.d0 * nu);
  result.satterthwaite = chi_square_test(result.pearson * result.d0 / sum, result.d0);
  result.mixture = {result.pearson, {}, result.d0 * nu, {}, ""};
  if (nu > 0) {
    result.mixture.p = chi_square_mixture_ratio_upper(result.deffs, result.pearson, result.d0 * nu);
  } else {
    result.mixture.reason = "no_df";
  }
  return result;
}

}  // namespace sondeo
