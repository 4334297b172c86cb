// SPDX-License-Identifier: MIT
// The last pass: every respondent gets his weight, and the weights are looked at as they are
// written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "layout/append.h"
#include "weight/distribution.h"
#include "weight/solve.h"

namespace sondeo {

// What the last pass goes by; must outlive its workers.
struct WeightPass {
  const RowPlan& rows;
  const Profiles& profiles;
  const std::vector<WeightRule>& rules;
  BaseWeights& weights;
  std::optional<Trimming> trimming;
  char decimal = '.';

  // Whether everybody takes part, and a factor by profile is all that his weight is multiplied by.
  bool by_factor() const;
};

// New weight / old weight of all respondents whose old weight was positive; of a pass by factor.
ValueSums factor_ratios(const WeightPass& pass);

// Weights the rows of blocks in one thread, and gives them as new cells: the weight, then its
// replicates. 0 is written for those who do not take part.
class WeightCells : public NewCells, public BlockWorker {
 public:
  explicit WeightCells(const WeightPass& pass)
      : pass_(pass), reader_(pass.rows), by_factor_(pass.by_factor()) {}

  // Throws Error [changed] if the file is no longer what it was in the first pass.
  void take(const Block& block) override;
  void append(std::size_t row, std::size_t column, TextBuffer& out) override;
  bool plain(char delimiter) const override { return delimiter != pass_.decimal; }

  // Of a row of the block taken last.
  double weight(std::size_t row) const { return new_weights_[row * pass_.rules.size()]; }

  WeightDistribution& distribution() { return distribution_; }
  // The same of the rows taken so far; empty if the pass is by factor.
  const ValueSums& ratios() const { return ratios_; }

 private:
  std::size_t profile_of(std::uint32_t local);
  void weight_by_factor(const Block& block);
  void weight_by_rule(const Block& block);

  const WeightPass& pass_;
  RowReader reader_;
  const bool by_factor_;
  std::vector<std::size_t> global_;  // by local profile
  std::vector<double> factor_;       // the same
  std::vector<double> new_weights_;  // [rows * bases]
  std::vector<double> new_ratios_;
  WeightDistribution distribution_;
  ValueSums ratios_;
};

// The weights above 0 that the rules give, in rising order: what trimming needs. 8 bytes for each
// respondent, on so many threads. Throws Error [changed] as above.
std::vector<double> collect_weights(CsvFile& file, const WeightPass& pass, unsigned threads);

}  // namespace sondeo
