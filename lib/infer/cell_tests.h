// SPDX-License-Identifier: MIT
// Tests of a whole table from its cells alone: one pass over the respondents, or none where the
// cells come from a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "infer/estimate.h"
#include "infer/rao_scott.h"
#include "infer/sample_design.h"
#include "tabulate/cells.h"

namespace sondeo {

// Answers that exclude each other by columns that do, row after row: [rows * columns].
struct CellTable {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<Sums> sums;
  bool weighted = false;
};

// Everybody in the table.
Sums all_of(const CellTable& table);

// The degrees of freedom of a test among them; `units` are the rows of the file, which are units
// where `inference` has no design.
double cell_freedom(const Sums& all, std::uint64_t units, bool weighted,
                    const Inference& inference);

// More cells than this are not tested: their covariances are the square of it.
constexpr std::size_t most_tested_cells = 1024;

// All tests absent for that reason.
RaoScott untested(const std::string& reason);

// Independence of rows and columns, on `df` degrees of freedom of the design; the same numbers as
// the passes of sondeo-estimate give. `units` are the rows of the file; without a `design` each is
// a unit drawn with replacement. The covariance of the totals W_c of cells is that of the design
// (infer/variance.h), where rows are units
//   V = sum over strata (1-f) n/(n-1) [diag(sum w^2) - W W'/n]
// since nobody is in two cells; of replicate weights that of the statistics themselves, as R's
// svychisq takes it. Rows and columns in which nobody is are left out. Reasons beside those of
// rao_scott(): "too_many_cells", "one_respondent", "lonely_psu", "empty_replicate". Throws Error
// [lonely-psu].
RaoScott independence(const CellTable& table, std::uint64_t units, const SampleDesign* design,
                      double df);

}  // namespace sondeo
