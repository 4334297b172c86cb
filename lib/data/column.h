// SPDX-License-Identifier: MIT
// A column of cells whose distinct texts are judged once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "data/block.h"
#include "data/dictionary.h"

namespace sondeo {

// Raw cell texts of one column with what they mean.
template <class Meaning>
class Column {
 public:
  // Calls each(row, code) for all rows. `make(trimmed, text, row)` gives the meaning of a
  // new cell text.
  template <class Make, class Each>
  void read(const Block& block, std::size_t column, const Make& make, const Each& each) {
    const auto* end = block.ends + column;
    for (std::size_t row = 0; row < block.rows; ++row, end += block.columns) {
      const std::size_t start = column == 0 ? block.starts[row] : end[-1] + std::size_t{1};
      const std::size_t size = *end - start;
      auto code = dictionary_.find(block.bytes + start, size);
      if (code == Dictionary::unknown) {
        const auto text = cell_text(block.cell(row, column));
        const auto trimmed = trim_blanks(text);
        meanings_.push_back(make(trimmed, text, row));
        blanks_.push_back(trimmed.size() < text.size() && !trimmed.empty());
        any_blanks_ |= blanks_.back();
        code = dictionary_.add(block.bytes + start, size);
      }
      if (any_blanks_) trimmed_ += blanks_[code];
      each(row, code);
    }
  }

  std::size_t size() const { return meanings_.size(); }
  const Meaning& meaning(std::uint32_t code) const { return meanings_[code]; }
  const std::vector<Meaning>& meanings() const { return meanings_; }
  std::uint64_t trimmed() const { return trimmed_; }

 private:
  Dictionary dictionary_;
  std::vector<Meaning> meanings_;
  std::vector<std::uint8_t> blanks_;
  bool any_blanks_ = false;
  std::uint64_t trimmed_ = 0;
};

}  // namespace sondeo
