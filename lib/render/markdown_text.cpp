// SPDX-License-Identifier: MIT
#include "render/markdown_text.h"

#include <algorithm>

#include "base/text.h"

namespace sondeo {
namespace {

// Cells are padded to the widest of their column for who reads the source, up to here.
constexpr int widest_padding = 40;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether text[at], an ampersand, begins what reads as an entity: &lt; &#60; ...
bool begins_entity(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (is_word(text[end]) || text[end] == '#')) ++end;
  return end > at + 1 && end < text.size() && text[end] == ';';
}

// What would begin a list, a heading, a quotation or a rule if it stood first in a line, and the
// dot or bracket of a number that does: the length of what must be escaped there, else 0.
std::size_t block_mark(std::string_view text) {
  if (text.empty()) return 0;
  if (std::string_view("-+=>").find(text.front()) != std::string_view::npos) return 1;
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  const bool numbered = digits > 0 && digits < text.size() &&
                        (text[digits] == '.' || text[digits] == ')') &&
                        (digits + 1 == text.size() || text[digits + 1] == ' ');
  return numbered ? digits + 1 : 0;
}

}  // namespace

std::string inert(std::string_view label) {
  std::string line;
  for (const char c : trim(label)) line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  const std::string text = visible(line);
  std::string out;
  const std::size_t mark = block_mark(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view rest = std::string_view(text).substr(i);
    const bool inside_word = i > 0 && is_word(text[i - 1]) && rest.size() > 1 && is_word(rest[1]);
    // Only this begins HTML; "< 100" stays readable.
    if (c == '<' && rest.size() > 1 &&
        (is_word(rest[1]) || rest[1] == '/' || rest[1] == '!' || rest[1] == '?')) {
      out += "&lt;";
      continue;
    }
    if (c == '&' && begins_entity(text, i)) {
      out += "&amp;";
      continue;
    }
    const bool sign = std::string_view("\\`*[]|~#$").find(c) != std::string_view::npos ||
                      (c == '_' && !inside_word) || i + 1 == mark ||
                      (c == ':' && rest.starts_with("://")) ||
                      (c == '.' && i >= 3 && ascii_lower(text.substr(i - 3, 3)) == "www");
    if (sign) out += '\\';
    out += c;
  }
  return out;
}

void PipeTable::append(std::string& out) const {
  std::vector<int> widths(rows_.front().size(), 3);
  for (const Cells& cells : rows_) {
    for (std::size_t j = 0; j < cells.size(); ++j)
      widths[j] = std::max(widths[j], std::min(display_width(cells[j]), widest_padding));
  }
  append_row(out, rows_.front(), widths);
  for (std::size_t j = 0; j < widths.size(); ++j) {
    out += j == 0 ? "| " : " | ";
    out.append(static_cast<std::size_t>(widths[j]) - 1, '-') += is_text(j) ? '-' : ':';
  }
  out += " |\n";
  for (std::size_t i = 1; i < rows_.size(); ++i) append_row(out, rows_[i], widths);
}

void PipeTable::append_row(std::string& out, const Cells& cells,
                           const std::vector<int>& widths) const {
  for (std::size_t j = 0; j < widths.size(); ++j) {
    const std::string& cell = cells[j];
    const int room = std::max(widths[j] - display_width(cell), 0);
    const std::string padding(static_cast<std::size_t>(room), ' ');
    out += j == 0 ? "| " : " | ";
    out += is_text(j) ? cell + padding : padding + cell;
  }
  out += " |\n";
}

}  // namespace sondeo
