// SPDX-License-Identifier: MIT
// The sampling units of a file: strata, clusters at several stages, what they were drawn from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codebook/header.h"
#include "data/answers.h"
#include "data/block.h"
#include "data/column.h"
#include "tabulate/sample_units.h"

namespace sondeo {

// Numbers pairs of codes as they come.
class PairNumbers {
 public:
  std::uint32_t number(std::uint32_t a, std::uint32_t b);
  std::size_t size() const { return pairs_.size(); }
  std::uint64_t pair(std::uint32_t number) const { return pairs_[number]; }

 private:
  void grow();
  std::vector<std::uint64_t> pairs_;  // a * 2^32 + b
  std::vector<std::uint32_t> slots_;  // number + 1 of the pair that hashes here; 0: none
  std::uint64_t last_ = 0;
  std::uint32_t last_number_ = 0;
};

// One thread's numbering of units, every row counted, filtered or not.
class UnitCoder {
 public:
  // The arguments must outlive the coder.
  UnitCoder(const UnitColumns& columns, const Header& header, const CodingContext& context);

  // Codes all rows of the block. Throws Error [design-missing] for an empty or missing stratum or
  // cluster, [fpc-number] for an fpc that is no number above 0, [fpc-varies] if it differs within a
  // unit; with the line.
  void code(const Block& block);
  // After code(), by row: the local number of its last unit, or of its stratum where rows are
  // units (0 if there are no strata).
  const std::vector<std::uint32_t>& codes() const { return codes_; }
  std::size_t size() const;

 private:
  friend class UnitUnion;
  struct Label {
    std::uint32_t number = 0;  // of the trimmed text
    double value = 0;          // fpc
  };
  struct Part {
    std::size_t column = 0;
    CodedColumn<Label> cells;
    std::vector<std::string> texts;  // by number
    std::unordered_map<std::string, std::uint32_t> numbers;
  };
  std::uint32_t number_of(Part& part, const Block& block, std::size_t row, std::string_view text);
  void code_part(Part& part, const Block& block);
  void check_fpc(const Block& block);
  std::string_view text(std::uint32_t local, std::size_t part) const;

  const UnitColumns& columns_;
  const Header& header_;
  const CodingContext& context_;
  std::vector<Part> parts_;         // stratum and cluster, stage by stage
  std::vector<PairNumbers> pairs_;  // pairs_[i] joins the number of what came before with part i
  std::vector<Part> fpc_;
  std::vector<std::uint32_t> codes_;
  std::vector<double> fpc_of_;          // [size * fpc]; 0: not met yet
  std::vector<std::uint64_t> rows_of_;  // by local number
};

// Unites the coders of all threads; numbers[t][local] is the leaf of a local number of coder t.
// Throws Error [psu-in-two-strata] unless `nest`, [fpc-varies] if the fpc differs within a stratum,
// [fpc-mixed] if there are fractions and populations, [fpc-small] if a population is smaller than
// the sample, [fpc-number] if a fraction is above 1.
SampleUnits unite(const std::vector<const UnitCoder*>& coders,
                  std::vector<std::vector<std::uint32_t>>& numbers);

}  // namespace sondeo
