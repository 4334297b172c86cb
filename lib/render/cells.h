// SPDX-License-Identifier: MIT
// Cells of delimited text: RFC 4180 quoting, and the guard against spreadsheet formulas.
#pragma once

#include <string>
#include <string_view>

#include "table/table.h"

namespace sondeo {

// Appends cells to `out`, which it borrows, one line after another.
class CellWriter {
 public:
  CellWriter(std::string& out, char delimiter, bool raw)
      : out_(out), delimiter_(delimiter), raw_(raw) {}

  // Text that people wrote: guarded (unless raw) by a leading apostrophe, otherwise exact.
  void text(std::string_view text);
  // Numbers and words of our own: quoted if need be, never guarded.
  void plain(std::string_view text);
  // The full-precision number, or an empty cell.
  void number(const Value& value);
  // One or more cells as another writer of this delimiter has put them down.
  void written(std::string_view cells);
  void end_line();

 private:
  void separate();
  void append(std::string_view text, bool guarded);

  std::string& out_;
  char delimiter_;
  bool raw_;
  bool line_start_ = true;
};

}  // namespace sondeo
