// SPDX-License-Identifier: MIT
#include "base/csv_cell.h"

#include <algorithm>

namespace sondeo {

void append_csv_cell(std::string& out, std::string_view text, char delimiter, bool guard,
                     bool quoted) {
  quoted |= text.find_first_of("\"\r\n") != std::string_view::npos ||
            text.find(delimiter) != std::string_view::npos;
  if (quoted) out += '"';
  if (guard) out += '\'';
  for (std::size_t at = 0; at < text.size();) {
    // Up to a quote, which is written twice.
    const auto next = quoted ? std::min(text.find('"', at), text.size() - 1) + 1 : text.size();
    out += text.substr(at, next - at);
    if (quoted && text[next - 1] == '"') out += '"';
    at = next;
  }
  if (quoted) out += '"';
}

}  // namespace sondeo
