// SPDX-License-Identifier: MIT
#include "base/spreadsheet.h"

#include <array>
#include <cstddef>

namespace sondeo {
namespace {

constexpr std::array<std::string_view, 11> dangerous_starts = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                               "\n", "＝", "＋", "－", "＠"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A cursor over text that is tried against the shape of a number.
struct Cursor {
  std::string_view rest;

  bool skip_any(std::string_view signs) {
    if (rest.empty() || signs.find(rest.front()) == std::string_view::npos) return false;
    rest.remove_prefix(1);
    return true;
  }
  bool skip_digits() {
    const std::size_t before = rest.size();
    while (!rest.empty() && is_digit(rest.front())) rest.remove_prefix(1);
    return rest.size() < before;
  }
};

// Sign, digits with decimal or grouping marks, exponent, per cent: harmless in every spreadsheet.
bool is_plain_number(std::string_view text) {
  Cursor at{text};
  at.skip_any("+-");
  if (at.skip_digits()) {
    while (at.skip_any(".,")) {
      if (!at.skip_digits()) return false;
    }
  } else if (!at.skip_any(".,") || !at.skip_digits()) {
    return false;
  }
  if (at.skip_any("eE")) {
    at.skip_any("+-");
    if (!at.skip_digits()) return false;
  }
  at.skip_any(" \t\n\r\f\v");
  at.skip_any("%");
  return at.rest.empty();
}

}  // namespace

bool needs_guard(std::string_view text) {
  // Most texts start with a letter or a digit.
  if (text.empty() || is_letter(text.front()) || is_digit(text.front())) return false;
  for (const std::string_view start : dangerous_starts) {
    if (text.starts_with(start)) return !is_plain_number(text);
  }
  return false;
}

}  // namespace sondeo
