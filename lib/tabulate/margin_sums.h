// SPDX-License-Identifier: MIT
// What weights were calibrated to, beside the cells: categories of all margins, as sums.
#pragma once

#include <cstddef>
#include <vector>

#include "tabulate/cells.h"

namespace sondeo {

// Over all rows of the file, whatever a filter says; x are the indicators of the categories of all
// margins, v the weight before calibration (or 1), w that after it. Leaves are those of
// SampleUnits.
struct MarginSums {
  std::size_t categories = 0;         // of all margins together
  std::vector<double> products;       // sum v x x': [categories * categories]
  std::vector<double> unit_sums;      // sum w x: [leaves * categories]
  std::vector<double> unit_products;  // where rows are units, sum w^2 x x': [leaves * categories^2]
};

// In the cells of such a count, Sums::further goes on after the sums by unit (see
// tabulate/unit_cells.h; always there, a file without a design is one stratum of rows): sum v x,
// and where rows are units, sum w^2 x by leaf.
struct MarginPlaces {
  std::size_t leaves = 0;
  std::size_t categories = 0;
  bool rows_are_units = false;

  std::size_t base(std::size_t category) const {
    return leaves * (rows_are_units ? 2 : 1) + category;
  }
  std::size_t square(std::size_t leaf, std::size_t category) const {
    return base(categories) + leaf * categories + category;
  }
  std::size_t size() const { return base(categories) + (rows_are_units ? leaves * categories : 0); }
};

}  // namespace sondeo
