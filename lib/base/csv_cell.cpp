// SPDX-License-Identifier: MIT
#include "base/csv_cell.h"

namespace sondeo {

namespace {

// Whether RFC 4180 wants quotes around the text. A loop, since most cells are a few bytes long.
bool needs_quotes(std::string_view text, char delimiter) {
  for (const char c : text) {
    if (c == delimiter || c == '"' || c == '\r' || c == '\n') return true;
  }
  return false;
}

}  // namespace

void append_csv_cell(std::string& out, std::string_view text, char delimiter, bool guard,
                     bool quoted) {
  quoted = quoted || needs_quotes(text, delimiter);
  if (quoted) out += '"';
  if (guard) out += '\'';
  if (!quoted) {
    out += text;
    return;
  }
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace sondeo
