// SPDX-License-Identifier: MIT
// The one variance engine: from totals of linearised values to a covariance matrix, for every
// design.
//
// A statistic is told by its influence z, divided by its normaliser: U = w z in the domain, 0
// outside. One stage, without replacement (Särndal, Swensson & Wretman 1992, ch. 4):
//   V = sum_h (1 - f_h) n_h / (n_h - 1) sum_j (U_hj - U_h)(U_hj - U_h)',
// U_hj the totals of the n_h units drawn in stratum h, those without members included; further
// stages add f_h V(within unit j), and so on (Cochran 1977, ch. 11). Without an fpc f_h = 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "infer/sample_design.h"

namespace sondeo {

// A symmetric matrix, or any other: rows * columns, row by row.
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;

  Matrix() = default;
  Matrix(std::size_t r, std::size_t c) : rows(r), columns(c), values(r * c) {}
  double& at(std::size_t i, std::size_t j) { return values[i * columns + j]; }
  double at(std::size_t i, std::size_t j) const { return values[i * columns + j]; }
};

// The totals of U by leaf of SampleUnits, of `columns` statistics. Where rows are units, leaves are
// strata, and the sums of U U' over their rows are needed too.
struct UnitTotals {
  std::size_t columns = 0;
  std::vector<double> sums;           // [leaves * columns]
  std::vector<double> products;       // [leaves * columns * columns], or empty
  std::vector<std::uint8_t> present;  // [leaves]: whether rows of the domain are there

  UnitTotals(std::size_t leaves, std::size_t columns_, bool rows_are_units)
      : columns(columns_),
        sums(leaves * columns_),
        products(rows_are_units ? leaves * columns_ * columns_ : 0),
        present(leaves) {}
};

// The covariance matrix. Strata without rows of the domain never fail. Throws Error [lonely-psu]
// naming the strata. NaN with LonelyPsu::scaled if all strata have one unit.
Matrix covariance(const UnitTotals& totals, const SampleUnits& units, LonelyPsu lonely);

// Replicate weights: V = scale * sum_r rscales_r (theta_r - c)(theta_r - c)', c the estimate
// itself (mse), else the mean of those theta_r whose rscales are not 0. `theta` has the estimates
// in row 0 and those of replicate r in row r + 1.
Matrix replicate_covariance(const Matrix& theta, const ReplicateDesign& rule);

// Degrees of freedom: units less strata of stage 1, of those with a row of positive weight in the
// domain; rows less strata, where rows are the units. `rows` are such rows by leaf.
double degrees_of_freedom(const std::vector<std::uint64_t>& rows, const SampleUnits& units);

}  // namespace sondeo
