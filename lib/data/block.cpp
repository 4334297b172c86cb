// SPDX-License-Identifier: MIT
#include "data/block.h"

namespace sondeo {

std::uint64_t count_line_ends(const char* bytes, std::size_t size) {
  std::uint64_t count = 0;
  bool after_cr = false;
  for (std::size_t i = 0; i < size; ++i) {
    const char c = bytes[i];
    count += c == '\r' || (c == '\n' && !after_cr);
    after_cr = c == '\r';
  }
  return count;
}

std::uint64_t Block::line_of(std::size_t row) const {
  return first_line + count_line_ends(bytes + begin, starts[row] - begin);
}

Block::Spot Block::spot_of(std::size_t row, std::size_t column) const {
  const auto at = cell_start(row, column);
  auto line_start = at;
  while (line_start > begin && bytes[line_start - 1] != '\n' && bytes[line_start - 1] != '\r')
    --line_start;
  Spot spot{first_line + count_line_ends(bytes + begin, line_start - begin), 1};
  for (auto i = line_start; i < at; ++i)
    spot.column += (static_cast<unsigned char>(bytes[i]) & 0xc0) != 0x80;
  return spot;
}

std::string cell_text(std::string_view cell) {
  if (cell.size() < 2 || cell.front() != '"') return std::string(cell);
  const auto inner = cell.substr(1, cell.size() - 2);
  std::string text;
  text.reserve(inner.size());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    text += inner[i];
    if (inner[i] == '"') ++i;  // the quote that doubles it
  }
  return text;
}

}  // namespace sondeo
