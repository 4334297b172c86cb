// SPDX-License-Identifier: MIT
// Respondents passed through with columns added: every other byte as the file has it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_buffer.h"
#include "layout/csv.h"

namespace sondeo {

// Makes the new cells of the blocks that one thread takes.
class NewCells {
 public:
  virtual ~NewCells() = default;
  // Looks at a block before its cells are asked for. May throw Error.
  virtual void take(const Block& block) = 0;
  // Appends the text of a new cell to `out`, without quotes: new column `column`, from 0, of row
  // `row` of the block taken last.
  virtual void append(std::size_t row, std::size_t column, TextBuffer& out) = 0;
  // Whether no cell it makes can be empty, need quotes where this is the delimiter, or look like a
  // formula.
  virtual bool plain(char delimiter) const {
    static_cast<void>(delimiter);
    return false;
  }
};

struct AppendOptions {
  std::vector<std::string> names;  // of the new columns
  // Only these columns of the file, with their cells as they stand; nothing: all of it, every byte.
  std::optional<std::vector<std::size_t>> keep;
  // An apostrophe before texts that a spreadsheet would run as formulas, in old and new cells.
  bool guard = false;
};

// Writes the file with new columns at the end of each record, piece by piece and in order, to
// `write`. A new cell follows the last cell of its record, in quotes where the file's delimiter
// needs them; line ends, quotes, empty lines, a byte order mark, a line `sep=;` and a missing last
// line end stay as they are. With --ragged pad, short records are made as long as the header first,
// and empty cells beyond the last column follow the new ones. The output is UTF-8: text in another
// encoding was converted when it was read (its byte order mark becomes that of UTF-8), and
// compressed input is written plain.
//
// With `keep`, records of the kept cells and the new ones, all ended like the header line.
//
// One thread for each of `makers`; the output does not depend on their number. Throws Error
// [column-exists] if a name stands in the file already or twice among the new ones, and what
// CsvFile::read, the makers and `write` throw.
CsvFile::Totals append_columns(CsvFile& file, const AppendOptions& options,
                               const std::vector<NewCells*>& makers,
                               const std::function<void(std::string_view)>& write, Issues& issues);

}  // namespace sondeo
