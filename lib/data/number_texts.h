// SPDX-License-Identifier: MIT
// A column of numbers: its texts judged once each while they are few, and one by one when they are
// not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/number.h"
#include "data/block.h"
#include "data/column.h"

namespace sondeo {

// The values of a question, numbered as they come.
class NumberValues {
 public:
  // The number of a finite value; nothing if it is new and there are most_numbers already. 0 and -0
  // are one.
  std::optional<std::uint32_t> number(double value);
  std::size_t size() const { return values_.size(); }
  double value(std::uint32_t number) const { return values_[number]; }

 private:
  std::vector<double> values_;
  std::unordered_map<double, std::uint32_t> numbers_;
};

// What a text of the column is: a code, and with any_number its value.
struct CodedNumber {
  std::uint32_t code = 0;
  double number = 0;
};

class NumberTexts {
 public:
  // Of a trimmed text in a row of the block.
  using Judge = std::function<CodedNumber(std::string_view text, std::size_t row)>;

  // `special`: texts that may be no values, even if they are numbers.
  NumberTexts(const std::vector<std::string>& special, const NumberFormat& numbers);

  // Codes all rows of the block. `uncoded`: plain numbers need no judge, they have no code.
  void read(const Block& block, std::size_t column, bool uncoded, const Judge& judge,
            std::vector<std::uint32_t>& codes, std::vector<double>& numbers);

  // Cells from which blanks were trimmed.
  std::uint64_t trimmed() const { return trimmed_ + texts_.trimmed(); }

 private:
  bool is_special(double number) const;

  std::vector<double> special_;
  char decimal_;
  CodedColumn<CodedNumber> texts_;
  std::uint64_t trimmed_ = 0;  // of texts that were forgotten
};

}  // namespace sondeo
