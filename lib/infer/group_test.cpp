// SPDX-License-Identifier: MIT
#include "infer/group_test.h"

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <cmath>

#include "infer/distribution.h"

namespace sondeo {

ComparedMeans compare_means(double difference, double variance, double df, double level) {
  ComparedMeans result;
  result.difference = difference;
  if (!(variance > 0)) {
    result.test.reason = "no_variance";
    return result;
  }
  result.se = std::sqrt(variance);
  result.test = t_test(difference / *result.se, df);
  if (df > 0) {
    const double margin = t_quantile(level, df) * *result.se;
    result.low = difference - margin;
    result.high = difference + margin;
  }
  return result;
}

TestResult equal_means(const std::vector<double>& means, const std::vector<double>& covariance,
                       double df) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto groups = static_cast<Eigen::Index>(means.size());
  TestResult result;
  if (groups < 2) {
    result.reason = "one_category";
    return result;
  }
  Matrix against_first = Matrix::Zero(groups - 1, groups);
  against_first.col(0).setConstant(-1);
  against_first.rightCols(groups - 1).setIdentity();
  const Eigen::Map<const Eigen::VectorXd> given(means.data(), groups);
  const Eigen::Map<const Matrix> spread(covariance.data(), groups, groups);
  const Eigen::VectorXd differences = against_first * given;
  const Matrix variance = against_first * spread * against_first.transpose();
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(variance);
  const Eigen::VectorXd sizes = solver.eigenvalues();
  if (!(sizes.minCoeff() > 1e-12 * sizes.maxCoeff())) {
    result.reason = sizes.maxCoeff() > 0 ? "singular" : "no_variance";
    return result;
  }
  const Eigen::VectorXd turned = solver.eigenvectors().transpose() * differences;
  const auto k = static_cast<double>(groups - 1);
  return f_test((turned.array().square() / sizes.array()).sum() / k, k, df - k);
}

std::optional<RankTest> rank_test_named(std::string_view name) {
  if (name == "wilcoxon" || name == "kruskal-wallis") return RankTest::wilcoxon;
  if (name == "van-der-waerden") return RankTest::normal;
  if (name == "median") return RankTest::median;
  return std::nullopt;
}

std::vector<double> rank_scores(const std::vector<WeightedValue>& values, RankTest test) {
  long double total = 0;
  for (const auto& each : values) total += each.weight;
  std::vector<double> scores;
  scores.reserve(values.size());
  long double below = 0;
  for (const auto& each : values) {
    const auto rank = static_cast<double>((below + each.weight / 2) / total);
    below += each.weight;
    switch (test) {
      case RankTest::wilcoxon:
        scores.push_back(rank);
        break;
      case RankTest::normal:
        scores.push_back(normal_quantile(rank));
        break;
      case RankTest::median:
        scores.push_back(rank > .5 ? 1 : 0);
        break;
    }
  }
  return scores;
}

}  // namespace sondeo
