// SPDX-License-Identifier: MIT
#include "infer/regression.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace sondeo {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

// A column whose part that the columns before it do not explain is smaller than this (of its sum of
// squares) is a combination of them up to rounding.
constexpr double collinear = 1e-11;

double predictor(std::span<const double> x, std::span<const double> coefficients) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * coefficients[i];
  return sum;
}

double mean_at(Link link, double predicted) {
  if (link == Link::identity) return predicted;
  // Either form is exact where the other one overflows.
  const double small = std::exp(-std::abs(predicted));
  return predicted >= 0 ? 1 / (1 + small) : small / (1 + small);
}

double likelihood_at(Link link, double y, double predicted) {
  if (link == Link::identity) return -(y - predicted) * (y - predicted) / 2;
  return y * predicted - std::max(0.0, predicted) - std::log1p(std::exp(-std::abs(predicted)));
}

Matrix information(std::span<const double> sums, std::size_t k) {
  const auto size = static_cast<Eigen::Index>(k);
  Matrix a(size, size);
  std::size_t at = k;
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j, ++at) a(i, j) = a(j, i) = sums[at];
  }
  return a;
}

// Cholesky's factor, column by column, so that a column is judged by those before it.
struct Factor {
  Matrix lower;
  std::vector<bool> aliased;
};

Factor factorise(const Matrix& a) {
  const auto k = a.rows();
  Factor factor{Matrix::Zero(k, k), std::vector<bool>(static_cast<std::size_t>(k))};
  for (Eigen::Index i = 0; i < k; ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      if (factor.aliased[static_cast<std::size_t>(j)]) continue;
      const double rest = a(i, j) - factor.lower.row(i).head(j).dot(factor.lower.row(j).head(j));
      factor.lower(i, j) = rest / factor.lower(j, j);
    }
    const double pivot = a(i, i) - factor.lower.row(i).head(i).squaredNorm();
    if (pivot > collinear * a(i, i)) {
      factor.lower(i, i) = std::sqrt(pivot);
    } else {
      factor.aliased[static_cast<std::size_t>(i)] = true;
      factor.lower.row(i).setZero();
    }
  }
  return factor;
}

// A^-1 times each column of `right`, with 0 in the rows of aliased coefficients.
Matrix solve(const Factor& factor, Matrix right) {
  const auto k = factor.lower.rows();
  for (Eigen::Index i = 0; i < k; ++i) {
    if (factor.aliased[static_cast<std::size_t>(i)]) {
      right.row(i).setZero();
      continue;
    }
    right.row(i) -= factor.lower.row(i).head(i) * right.topRows(i);
    right.row(i) /= factor.lower(i, i);
  }
  for (Eigen::Index i = k; i-- > 0;) {
    if (factor.aliased[static_cast<std::size_t>(i)]) continue;
    const auto below = k - i - 1;
    right.row(i) -= factor.lower.col(i).tail(below).transpose() * right.bottomRows(below);
    right.row(i) /= factor.lower(i, i);
  }
  return right;
}

// The map from coefficients of scaled predictors to those of the predictors themselves.
Matrix unscaled(const ModelScale& scale) {
  const auto k = static_cast<Eigen::Index>(scale.scale.size());
  Matrix result = Matrix::Zero(k, k);
  for (Eigen::Index j = 0; j < k; ++j) {
    const auto column = static_cast<std::size_t>(j);
    result(j, j) = 1 / scale.scale[column];
    if (j > 0) result(0, j) -= scale.centre[column] / scale.scale[column];
  }
  return result;
}

}  // namespace

ModelScale model_scale(const std::vector<PredictorRange>& ranges, bool intercept) {
  ModelScale result;
  if (intercept) result = {{0}, {1}};
  for (const auto& range : ranges) {
    const double centre = intercept ? range.mean : 0;
    const double reach = std::max(range.largest - centre, centre - range.least);
    // What is left of a constant is the rounding of its mean.
    const bool varies = reach > 1e-14 * std::max(std::abs(range.largest), std::abs(range.least));
    result.centre.push_back(centre);
    result.scale.push_back(varies ? reach : 1);
  }
  return result;
}

std::size_t model_sum_count(std::size_t coefficients) {
  return coefficients + coefficients * (coefficients + 1) / 2 + 1;
}

void model_terms(Link link, std::span<const double> x, double y,
                 std::span<const double> coefficients, std::span<double> terms) {
  const double predicted = predictor(x, coefficients);
  const double mean = mean_at(link, predicted);
  const double v = link == Link::identity ? 1 : mean * (1 - mean);
  const std::size_t k = x.size();
  for (std::size_t i = 0; i < k; ++i) terms[i] = x[i] * (y - mean);
  std::size_t at = k;
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j <= i; ++j, ++at) terms[at] = x[i] * x[j] * v;
  }
  terms[at] = likelihood_at(link, y, predicted);
}

void model_score(Link link, std::span<const double> x, double y,
                 std::span<const double> coefficients, std::span<double> score) {
  const double rest = y - mean_at(link, predictor(x, coefficients));
  for (std::size_t i = 0; i < x.size(); ++i) score[i] = x[i] * rest;
}

ModelFit model_start(Link link, std::size_t coefficients) {
  ModelFit fit;
  fit.link = link;
  fit.coefficients.assign(coefficients, 0);
  fit.aliased.assign(coefficients, false);
  return fit;
}

void model_step(ModelFit& fit, std::span<const double> sums) {
  const std::size_t k = fit.coefficients.size();
  const double likelihood = sums.back();
  // Rounding moves the likelihood of a solution a little; that is no step too far.
  const bool worse = fit.link == Link::logit && fit.steps > 0 &&
                     likelihood < fit.log_likelihood - 1e-10 * std::abs(fit.log_likelihood);
  ++fit.steps;
  if (worse) {
    for (std::size_t i = 0; i < k; ++i) {
      fit.step[i] /= 2;
      fit.coefficients[i] = fit.from[i] + fit.step[i];
    }
    return;
  }
  const auto factor = factorise(information(sums, k));
  const Matrix score = Eigen::Map<const Vector>(sums.data(), static_cast<Eigen::Index>(k));
  const Matrix step = solve(factor, score);
  fit.aliased = factor.aliased;
  fit.log_likelihood = likelihood;
  fit.from = fit.coefficients;
  fit.step.assign(step.data(), step.data() + k);
  double largest = 0;
  for (std::size_t i = 0; i < k; ++i) {
    largest = std::max(largest, std::abs(fit.step[i]) / (1 + std::abs(fit.coefficients[i])));
    fit.coefficients[i] += fit.step[i];
  }
  fit.converged = fit.link == Link::identity ? fit.steps >= 2 : largest <= 1e-9;
}

std::vector<double> model_covariance(const ModelFit& fit, std::span<const double> sums,
                                     std::span<const double> meat, const ModelScale& scale) {
  const auto k = static_cast<Eigen::Index>(fit.coefficients.size());
  const auto factor = factorise(information(sums, fit.coefficients.size()));
  const Eigen::Map<const Matrix> middle(meat.data(), k, k);
  const Matrix half = solve(factor, middle);
  const Matrix whole = solve(factor, half.transpose());
  const Matrix turn = unscaled(scale);
  const Matrix result = turn * whole * turn.transpose();
  return {result.data(), result.data() + result.size()};
}

std::vector<double> model_coefficients(const ModelFit& fit, const ModelScale& scale) {
  const auto k = static_cast<Eigen::Index>(fit.coefficients.size());
  const Vector result = unscaled(scale) * Eigen::Map<const Vector>(fit.coefficients.data(), k);
  return {result.data(), result.data() + result.size()};
}

}  // namespace sondeo
