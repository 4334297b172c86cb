// SPDX-License-Identifier: MIT
// Tests of independence in a two-way table of a complex sample: Rao & Scott (JASA 1981, Ann. Stat.
// 1984), Thomas & Rao (JASA 1987), Koch, Freeman & Freeman (1975).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "infer/test_result.h"

namespace sondeo {

// Weighted totals of the cells, row after row: [rows * columns].
struct TableTotals {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> totals;
};

// The cells (positions in `totals`) of the rows and columns in which somebody is: an answer that
// nobody gave says nothing about independence. `rows` and `columns` are what remains.
struct OccupiedCells {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::size_t> cells;
};
OccupiedCells occupied_cells(const TableTotals& table);

// What the tests look at, as a function of the totals: the shares of the cells [rows * columns],
// then the departures N_rc - N_r N_c / N of the cells beyond the first row and column
// [(rows-1) * (columns-1)], linearised at the totals `at`. No row or column of `at` may be empty.
// Under replicate weights, call it for each replicate, `at` the totals of the weights (as R does).
std::vector<double> table_statistics(const TableTotals& table, const TableTotals& at);

// The covariance matrix of table_statistics() by linearisation, from that of the totals
// (row-major).
std::vector<double> table_covariance(const TableTotals& table,
                                     const std::vector<double>& covariance_of_totals);

struct RaoScott {
  double pearson = 0;           // X2 = n sum (p_rc - p_r p_c)^2 / (p_r p_c)
  double likelihood_ratio = 0;  // G2 = 2n sum p_rc log(p_rc / (p_r p_c))
  std::vector<double> deffs;    // generalised design effects, falling
  double d0 = 0;                // (sum deff)^2 / sum deff^2
  TestResult second_order;      // F = X2 / sum deff on (d0, d0 nu)
  TestResult second_order_likelihood;
  TestResult first_order;    // X2 / mean deff, chi-square on (rows-1)(columns-1)
  TestResult mixture;        // X2 against sum deff chi-square(1), denominator d0 nu, exact
  TestResult plain_mixture;  // the same without denominator (what R takes for replicate weights)
  TestResult wald;           // Y' V(Y)^-1 Y / k on (k, nu), Y the departures
  TestResult adjusted_wald;  // wald (nu - k + 1) / nu on (k, nu - k + 1)
};

// The tests of a table without empty rows and columns; `covariance` as table_covariance() gives it,
// n the rows used, nu the degrees of freedom of the design.
RaoScott rao_scott(const TableTotals& table, const std::vector<double>& covariance, double n,
                   double nu);

}  // namespace sondeo
