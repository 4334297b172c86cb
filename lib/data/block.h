// SPDX-License-Identifier: MIT
// A block of respondents as text cells: what a layout hands over, and who takes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sondeo {

// The records of one span of bytes, all with the same columns. Views stay valid while the block
// does. A cell is given as it stands in the file; answer_text() takes its quotes off.
struct Block {
  const char* bytes = nullptr;            // at least 64 more bytes than any cell may be read
  const std::uint32_t* starts = nullptr;  // [rows]: where the first cell of a record starts
  const std::uint32_t* ends = nullptr;    // [rows * columns]: one past each cell
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t begin = 0;         // where the block's text starts in `bytes` ...
  std::uint64_t first_line = 1;  // ... and the line of the file that this is
  std::uint64_t first_row = 0;   // respondents in the blocks before
  // The block's text as the file has it: [begin, end) of `bytes`, `offset` bytes into the text.
  // Empty lines belong to a block, so that the texts of all blocks follow one another without a
  // gap.
  std::size_t end = 0;
  std::uint64_t offset = 0;

  std::size_t cell_start(std::size_t row, std::size_t column) const {
    return column == 0 ? starts[row] : ends[row * columns + column - 1] + std::size_t{1};
  }
  std::string_view cell(std::size_t row, std::size_t column) const {
    const auto start = cell_start(row, column);
    return {bytes + start, ends[row * columns + column] - start};
  }
  // Line of the file on which the row starts. Counts line ends: for messages, not for every row.
  std::uint64_t line_of(std::size_t row) const;
  // Where a cell starts: its line of the file, and the character of that line (both from 1).
  struct Spot {
    std::uint64_t line = 0;
    std::uint64_t column = 0;
  };
  Spot spot_of(std::size_t row, std::size_t column) const;
};

// Line ends (LF, CR, CRLF as one) in the bytes.
std::uint64_t count_line_ends(const char* bytes, std::size_t size);

// The text of a cell: without the quotes around it, doubled quotes single. Other cells as they are.
std::string cell_text(std::string_view cell);

// One thread's taker of blocks. A layout calls take() for some of the blocks, never twice at once.
// A block of empty lines has no rows.
class BlockWorker {
 public:
  virtual ~BlockWorker() = default;
  // May throw Error; the first error in the order of the file is the one that is reported. If the
  // error names a line, the block's rows before it are given once more, in case that one of them
  // is refused too, for something that was not looked at before; nothing else follows then.
  virtual void take(const Block& block) = 0;
};

}  // namespace sondeo
