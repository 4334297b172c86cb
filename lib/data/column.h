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
class CodedColumn {
 public:
  // Calls each(row, code) for all rows. `make(trimmed, text, row)` gives the meaning of a
  // new cell text.
  template <class Make, class Each>
  void read(const Block& block, std::size_t column, const Make& make, const Each& each) {
    if (column == 0) {
      read_rows<true>(block, column, make, each);
    } else {
      read_rows<false>(block, column, make, each);
    }
  }

  std::size_t size() const { return meanings_.size(); }
  const Meaning& meaning(std::uint32_t code) const { return meanings_[code]; }
  const std::vector<Meaning>& meanings() const { return meanings_; }
  std::uint64_t trimmed() const { return trimmed_; }

 private:
  // A cell starts one past the end of the cell before it, the first one where its row does.
  template <bool first, class Make, class Each>
  void read_rows(const Block& block, std::size_t column, const Make& make, const Each& each) {
    // Kept at hand, since what each() writes might be anything.
    const char* bytes = block.bytes;
    const auto rows = block.rows;
    const auto columns = block.columns;
    const auto* end = block.ends + column;
    bool any_blanks = any_blanks_;
    for (std::size_t row = 0; row < rows; ++row, end += columns) {
      const std::size_t start = first ? block.starts[row] : end[-1] + std::size_t{1};
      const std::size_t size = *end - start;
      auto code = dictionary_.find(bytes + start, size);
      if (code == Dictionary::unknown) [[unlikely]] {
        code = meet(block, row, column, make);
        any_blanks = any_blanks_;
      }
      if (any_blanks) [[unlikely]]
        trimmed_ += blanks_[code];
      each(row, code);
    }
  }

  // A text that is new.
  template <class Make>
  [[gnu::noinline]] std::uint32_t meet(const Block& block, std::size_t row, std::size_t column,
                                       const Make& make) {
    const auto cell = block.cell(row, column);
    const auto text = cell_text(cell);
    const auto trimmed = trim_blanks(text);
    meanings_.push_back(make(trimmed, text, row));
    blanks_.push_back(trimmed.size() < text.size() && !trimmed.empty());
    any_blanks_ |= blanks_.back() != 0;
    return dictionary_.add(cell.data(), cell.size());
  }

  Dictionary dictionary_;
  std::vector<Meaning> meanings_;
  std::vector<std::uint8_t> blanks_;
  bool any_blanks_ = false;
  std::uint64_t trimmed_ = 0;
};

}  // namespace sondeo
