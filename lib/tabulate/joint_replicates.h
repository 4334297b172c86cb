// SPDX-License-Identifier: MIT
// The replicate weights of a thread's respondents, summed by the cells of its joint tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "tabulate/exact_sum.h"
#include "tabulate/replicate_scale.h"
#include "tabulate/replicate_sketch.h"

namespace sondeo {

// Reads the replicate weights of a row of the block at hand, whose weight is given.
using ReadReplicates = std::function<void(std::uint32_t row, double weight, double* replicates)>;

class JointReplicates {
 public:
  explicit JointReplicates(std::size_t replicates);

  std::size_t size() const { return size_; }
  // Bytes that a joint cell takes.
  std::size_t cell_bytes() const { return stride_ * 2 * sizeof(std::int64_t); }
  // Respondents whose words are at hand together, at most.
  std::size_t chunk_rows() const { return chunk_rows_; }

  // Empty tables of so many cells each.
  void resize(const std::vector<std::size_t>& cells);

  // Whether no weights were seen yet by which to choose a scale, or too many did not fit.
  bool scale_is_due() const { return scale_is_due_; }
  void make_scale_due() { scale_is_due_ = true; }
  // Chooses a scale for weights like those of these rows and of all such before. The tables must be
  // empty.
  void scale_to(const ReadReplicates& read, const std::uint32_t* rows, const double* weights,
                std::size_t count);

  // Reads row number `at` of a chunk and keeps its words; false if the scale does not hold them.
  bool take(const ReadReplicates& read, std::uint32_t row, double weight, std::size_t at);
  // Adds words taken to a cell of a table.
  void add(std::size_t table, std::size_t cell, std::size_t at) {
    add_words(tables_[table].data() + cell * 2 * stride_, words_.data() + at * 2 * stride_,
              2 * stride_);
  }

  // The weights of a row that is added elsewhere, exactly; valid until the next call.
  const double* outside(const ReadReplicates& read, std::uint32_t row, double weight);

  // The sums of a cell, which may be called after words were added; valid until the next call.
  const ExactSum* sums(std::size_t table, std::size_t cell);

  // Empties the tables; the scale may be another one then.
  void clear();

  // Of all rows that were taken, or outside.
  ReplicateSketch& sketch() { return sketch_; }

 private:
  std::size_t size_;
  std::size_t stride_;  // the size, made a multiple of what is added at once
  std::size_t chunk_rows_;
  ReplicateScale scale_;
  bool scale_is_due_ = true;
  double least_ = 0;  // positive weight seen by scale_to(), and the largest
  double most_ = 0;
  std::vector<double> weights_;
  std::vector<std::int64_t> words_;
  std::vector<std::vector<std::int64_t>> tables_;
  std::vector<ExactSum> sums_;
  ReplicateSketch sketch_;
};

}  // namespace sondeo
