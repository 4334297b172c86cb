// SPDX-License-Identifier: MIT
#include "infer/rao_scott.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>

#include "infer/chi_square_mixture.h"

namespace sondeo {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

// What is smaller than this part of the largest eigenvalue is 0 up to rounding.
constexpr double negligible = 1e-12;

struct Shares {
  Matrix cells;  // rows x columns
  Vector rows;
  Vector columns;
  double total;
};

Shares shares_of(const TableTotals& table) {
  Shares shares;
  shares.cells = Eigen::Map<const Matrix>(table.totals.data(), table.rows, table.columns);
  shares.total = shares.cells.sum();
  shares.cells /= shares.total;
  shares.rows = shares.cells.rowwise().sum();
  shares.columns = shares.cells.colwise().sum();
  return shares;
}

// Columns that are orthonormal and sum to 0 (Helmert's contrasts).
Matrix contrasts(std::size_t categories) {
  const auto n = static_cast<Eigen::Index>(categories);
  Matrix result = Matrix::Zero(n, n - 1);
  for (Eigen::Index j = 0; j + 1 < n; ++j) {
    const auto length = static_cast<double>(j + 1);
    const double root = std::sqrt(length * (length + 1));
    result.col(j).head(j + 1).setConstant(1 / root);
    result(j + 1, j) = -length / root;
  }
  return result;
}

// All contrasts of interaction: products of those of rows and columns, which span what main effects
// leave over.
Matrix interactions(const TableTotals& table) {
  const Matrix a = contrasts(table.rows);
  const Matrix b = contrasts(table.columns);
  Matrix result(a.rows() * b.rows(), a.cols() * b.cols());
  for (Eigen::Index i = 0; i < a.rows(); ++i) {
    for (Eigen::Index j = 0; j < a.cols(); ++j) {
      result.block(i * b.rows(), j * b.cols(), b.rows(), b.cols()) = a(i, j) * b;
    }
  }
  return result;
}

// The eigenvalues of (C' D^-1 C / n)^-1 (C' D^-1 V D^-1 C), falling; none if the table has so many
// empty cells that the first matrix has no inverse.
std::vector<double> design_effects(const TableTotals& table, const Shares& shares,
                                   const Matrix& covariance, double n) {
  Matrix scaled = interactions(table);
  const Matrix plain = scaled;
  for (Eigen::Index cell = 0; cell < scaled.rows(); ++cell) {
    const double share = shares.cells.data()[cell];
    scaled.row(cell) *= share > 0 ? 1 / share : 0;
  }
  const Matrix simple = plain.transpose() * scaled / n;
  const Matrix actual = scaled.transpose() * covariance * scaled;
  const Vector sizes =
      Eigen::SelfAdjointEigenSolver<Matrix>(simple, Eigen::EigenvaluesOnly).eigenvalues();
  if (!(sizes.minCoeff() > negligible * sizes.maxCoeff())) return {};
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> solver(actual, simple,
                                                                         Eigen::EigenvaluesOnly);
  const Vector falling = solver.eigenvalues().reverse();
  return {falling.data(), falling.data() + falling.size()};
}

void add_pearson_tests(RaoScott& result, double k, double nu) {
  double sum = 0;
  double squares = 0;
  for (const double each : result.deffs) {
    sum += each;
    squares += each * each;
  }
  if (result.deffs.empty() || !(sum > 0)) {
    const std::string reason = result.deffs.empty() ? "singular" : "no_variance";
    for (auto* each : {&result.second_order, &result.second_order_likelihood, &result.first_order,
                       &result.mixture, &result.plain_mixture}) {
      each->reason = reason;
    }
    return;
  }
  result.d0 = sum * sum / squares;
  result.second_order = f_test(result.pearson / sum, result.d0, result.d0 * nu);
  result.second_order_likelihood = f_test(result.likelihood_ratio / sum, result.d0, result.d0 * nu);
  result.first_order = chi_square_test(result.pearson / (sum / k), k);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  result.plain_mixture = {result.pearson, {}, {}, {}, ""};
  result.plain_mixture.p = chi_square_mixture_ratio_upper(result.deffs, result.pearson, infinity);
  result.mixture = {result.pearson, {}, result.d0 * nu, {}, ""};
  if (nu > 0) {
    result.mixture.p = chi_square_mixture_ratio_upper(result.deffs, result.pearson, result.d0 * nu);
  } else {
    result.mixture.reason = "no_df";
  }
}

void add_wald_tests(RaoScott& result, const Vector& departures, const Matrix& covariance,
                    double nu) {
  const auto k = static_cast<double>(departures.size());
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(covariance);
  const Vector sizes = solver.eigenvalues();
  if (!(sizes.minCoeff() > negligible * sizes.maxCoeff())) {
    result.wald.reason = result.adjusted_wald.reason =
        sizes.maxCoeff() > 0 ? "singular" : "no_variance";
    return;
  }
  const Vector turned = solver.eigenvectors().transpose() * departures;
  const double wald = (turned.array().square() / sizes.array()).sum() / k;
  result.wald = f_test(wald, k, nu);
  const double rest = nu - k + 1;
  if (rest > 0) {
    result.adjusted_wald = f_test(wald * rest / nu, k, rest);
  } else {
    result.adjusted_wald.reason = "no_df";
  }
}

}  // namespace

OccupiedCells occupied_cells(const TableTotals& table) {
  std::vector<bool> row(table.rows);
  std::vector<bool> column(table.columns);
  for (std::size_t i = 0; i < table.totals.size(); ++i) {
    if (table.totals[i] <= 0) continue;
    row[i / table.columns] = true;
    column[i % table.columns] = true;
  }
  OccupiedCells result;
  for (const bool each : row) result.rows += each ? 1 : 0;
  for (const bool each : column) result.columns += each ? 1 : 0;
  for (std::size_t i = 0; i < table.totals.size(); ++i) {
    if (row[i / table.columns] && column[i % table.columns]) result.cells.push_back(i);
  }
  return result;
}

std::vector<double> table_statistics(const TableTotals& table, const TableTotals& at) {
  const auto shares = shares_of(table);
  const auto margins = shares_of(at);
  std::vector<double> result(shares.cells.data(), shares.cells.data() + shares.cells.size());
  const auto columns = shares.cells.cols();
  for (Eigen::Index i = 1; i < shares.cells.rows(); ++i) {
    for (Eigen::Index j = 1; j < columns; ++j) {
      // The same as N_ij - N_i N_j / N at the totals themselves.
      double departure = 0;
      for (Eigen::Index cell = 0; cell < shares.cells.size(); ++cell) {
        departure += shares.cells.data()[cell] * ((cell / columns == i ? 1 : 0) - margins.rows[i]) *
                     ((cell % columns == j ? 1 : 0) - margins.columns[j]);
      }
      result.push_back(shares.total * departure);
    }
  }
  return result;
}

std::vector<double> table_covariance(const TableTotals& table,
                                     const std::vector<double>& covariance_of_totals) {
  const auto shares = shares_of(table);
  const auto cells = static_cast<Eigen::Index>(table.totals.size());
  const auto columns = static_cast<Eigen::Index>(table.columns);
  const Eigen::Index statistics = cells + (shares.cells.rows() - 1) * (columns - 1);
  Matrix slopes(statistics, cells);
  for (Eigen::Index of = 0; of < cells; ++of) {
    for (Eigen::Index by = 0; by < cells; ++by) {
      slopes(of, by) = ((of == by ? 1 : 0) - shares.cells.data()[of]) / shares.total;
    }
  }
  Eigen::Index of = cells;
  for (Eigen::Index i = 1; i < shares.cells.rows(); ++i) {
    for (Eigen::Index j = 1; j < columns; ++j, ++of) {
      for (Eigen::Index by = 0; by < cells; ++by) {
        const double in_row = by / columns == i ? 1 : 0;
        const double in_column = by % columns == j ? 1 : 0;
        slopes(of, by) = (in_row - shares.rows[i]) * (in_column - shares.columns[j]);
      }
    }
  }
  const Eigen::Map<const Matrix> totals(covariance_of_totals.data(), cells, cells);
  const Matrix covariance = slopes * totals * slopes.transpose();
  return {covariance.data(), covariance.data() + covariance.size()};
}

RaoScott rao_scott(const TableTotals& table, const std::vector<double>& covariance, double n,
                   double nu) {
  RaoScott result;
  const auto tests = {&result.second_order, &result.second_order_likelihood, &result.first_order,
                      &result.mixture,      &result.plain_mixture,           &result.wald,
                      &result.adjusted_wald};
  if (table.rows < 2 || table.columns < 2) {
    for (auto* each : tests) each->reason = table.totals.empty() ? "zero_base" : "one_category";
    return result;
  }
  const auto shares = shares_of(table);
  for (Eigen::Index i = 0; i < shares.cells.rows(); ++i) {
    for (Eigen::Index j = 0; j < shares.cells.cols(); ++j) {
      const double found = shares.cells(i, j);
      const double expected = shares.rows[i] * shares.columns[j];
      result.pearson += n * (found - expected) * (found - expected) / expected;
      if (found > 0) result.likelihood_ratio += 2 * n * found * std::log(found / expected);
    }
  }
  const auto cells = static_cast<Eigen::Index>(table.totals.size());
  const auto departures = static_cast<Eigen::Index>((table.rows - 1) * (table.columns - 1));
  const Eigen::Map<const Matrix> all(covariance.data(), cells + departures, cells + departures);
  result.deffs = design_effects(table, shares, all.topLeftCorner(cells, cells), n);
  add_pearson_tests(result, static_cast<double>(departures), nu);
  const auto statistics = table_statistics(table, table);
  add_wald_tests(result, Eigen::Map<const Vector>(statistics.data() + cells, departures),
                 all.bottomRightCorner(departures, departures), nu);
  return result;
}

}  // namespace sondeo
