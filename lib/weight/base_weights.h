// SPDX-License-Identifier: MIT
// The weights that weighting starts from, block by block: one each, a column, or a file by id.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "codebook/question.h"
#include "data/weights.h"
#include "layout/csv.h"

namespace sondeo {

struct BaseWeightOptions {
  std::string column;              // "" or "none": every respondent counts one
  std::optional<CsvOptions> file;  // then `column` and `id` name columns of it
  std::string id;                  // the id's column, in the data and in the file

  bool weighted() const { return !column.empty() && column != "none"; }
};

// Reads the weights of one pass over the data. With a weight file, in one thread and once only.
class BaseWeights {
 public:
  // Throws Error [unknown-column] and, for the weight file, what reading it and WeightTable throw.
  BaseWeights(const BaseWeightOptions& options, Header header, const NumberFormat& numbers,
              Issues& issues);

  bool weighted() const { return options_.weighted(); }
  bool one_thread() const { return options_.file.has_value(); }

  // weights[row] of every row of the block: finite, not negative, and 0 or from 4e-12 to 1e15, so
  // that sums of them are exact. Throws Error with the line.
  void read(const Block& block, std::vector<double>& weights);
  // At the end of the pass: throws Error [weight-without-id].
  void check_all_taken() const;

 private:
  BaseWeightOptions options_;
  Header header_;
  NumberFormat numbers_;
  WeightTable table_;
  std::size_t column_ = 0;
  std::size_t id_ = 0;
};

// The weight that a cell of `column` holds, checked as above; `row` and `block` tell its line.
double weight_of_cell(const Block& block, std::size_t row, std::size_t column,
                      const NumberFormat& numbers, const Header& header);

}  // namespace sondeo
