// SPDX-License-Identifier: MIT
// How many of the replicate weights are independent of each other, in memory that does not grow
// with the rows: random combinations of the respondents keep the rank of the whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tabulate/exact_sum.h"
#include "tabulate/replicate_scale.h"

namespace sondeo {

// The sketch S W of the matrix W of respondents by replicates, S a sparse matrix of random signs
// (three entries a respondent, drawn by the respondent's own weights, so that neither the order of
// rows nor the parts they come in leave a trace). W and S W have the same rank unless chance is
// unkind: two of R respondents that give rank R fall into the same entries. Of 2 R + 128 rows, that
// is one time in 10,000 or less, and next to never where there are more respondents.
class ReplicateSketch {
 public:
  ReplicateSketch() : ReplicateSketch(0, 0) {}
  explicit ReplicateSketch(std::size_t replicates) : ReplicateSketch(replicates, replicates) {}
  // `stride` low words come before the high ones of a respondent.
  ReplicateSketch(std::size_t replicates, std::size_t stride);

  std::size_t replicates() const { return replicates_; }
  std::size_t rows() const { return rows_; }  // of S W

  // Adds a respondent: the weights, and their words, or the weights alone.
  void add(const double* weights, const std::int64_t* words);
  void add(const double* weights);
  // Takes the words of at most ReplicateScale::most_rows respondents into the exact sums.
  void unpack(const ReplicateScale& scale);
  // Adds the exact sums of another.
  void add(const ReplicateSketch& other);

  // S W, row by row; all words must have been unpacked.
  std::vector<double> matrix() const;
  // The exact sums behind it, and back: rows() * 2 * replicates(), positive signs first.
  const std::vector<ExactSum>& sums() const { return sums_; }
  void set_sums(std::vector<ExactSum> sums) { sums_ = std::move(sums); }

 private:
  std::size_t replicates_;
  std::size_t stride_;
  std::size_t rows_;
  std::vector<std::int64_t> words_;  // by row and sign
  std::vector<ExactSum> sums_;
};

// The rank of a matrix of so many columns, row by row: columns are taken out, the most independent
// first, until less than 1e-5 is left of each (the tolerance of R's survey; weights are rounded).
std::size_t rank_of(const std::vector<double>& matrix, std::size_t columns);

}  // namespace sondeo
