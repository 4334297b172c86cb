// SPDX-License-Identifier: MIT
#include "render/cells.h"

#include <cmath>

#include "base/csv_cell.h"
#include "base/number.h"
#include "base/spreadsheet.h"

namespace sondeo {

void CellWriter::text(std::string_view text) { append(text, !raw_ && needs_guard(text)); }

void CellWriter::plain(std::string_view text) { append(text, false); }

void CellWriter::number(const Value& value) {
  const bool present = value.number && std::isfinite(*value.number);
  append(present ? shortest(*value.number) : "", false);
}

void CellWriter::written(std::string_view cells) {
  separate();
  out_ += cells;
}

void CellWriter::end_line() {
  out_ += '\n';
  line_start_ = true;
}

void CellWriter::separate() {
  if (!line_start_) out_ += delimiter_;
  line_start_ = false;
}

void CellWriter::append(std::string_view text, bool guarded) {
  separate();
  append_csv_cell(out_, text, delimiter_, guarded);
}

}  // namespace sondeo
