// SPDX-License-Identifier: MIT
#include "render/cells.h"

#include <cmath>

#include "base/number.h"
#include "base/spreadsheet.h"

namespace sondeo {

void CellWriter::text(std::string_view text) { append(text, !raw_ && needs_guard(text)); }

void CellWriter::plain(std::string_view text) { append(text, false); }

void CellWriter::number(const Value& value) {
  const bool present = value.number && std::isfinite(*value.number);
  append(present ? shortest(*value.number) : "", false);
}

void CellWriter::end_line() {
  out_ += '\n';
  line_start_ = true;
}

void CellWriter::append(std::string_view text, bool guarded) {
  if (!line_start_) out_ += delimiter_;
  line_start_ = false;
  const bool quoted = text.find_first_of("\"\r\n") != std::string_view::npos ||
                      text.find(delimiter_) != std::string_view::npos;
  if (quoted) out_ += '"';
  if (guarded) out_ += '\'';
  if (!quoted) {
    out_ += text;
    return;
  }
  for (const char c : text) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
}

}  // namespace sondeo
