// SPDX-License-Identifier: MIT
// Weights as they stand in the cells of a block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/number.h"
#include "codebook/header.h"
#include "data/block.h"
#include "data/plain_weights.h"

namespace sondeo {

// Reads weights, plain ones four at once. The header and the format must outlive this. Throws what
// read_weight() throws, at the line of the cell.
class WeightCells {
 public:
  WeightCells(const Header& header, const NumberFormat& numbers)
      : header_(header), numbers_(numbers) {}

  // Of one column and these rows, in their order.
  void read_rows(const Block& block, const std::vector<std::uint32_t>& rows, std::size_t column,
                 double* weights) const;
  // Of one row and these columns, in their order; fastest where columns are neighbours.
  void read_columns(const Block& block, std::size_t row, const std::vector<std::size_t>& columns,
                    double* weights) const;

 private:
  double read(const Block& block, std::size_t row, std::size_t column) const;
  bool read_four(const Block& block, const std::uint32_t* befores, const std::uint32_t* ends,
                 double* weights) const {
    return four_ != nullptr && four_(block.bytes, befores, ends, numbers_.decimal, weights);
  }

  const Header& header_;
  const NumberFormat& numbers_;
  FourWeights four_ = four_weights();
};

}  // namespace sondeo
