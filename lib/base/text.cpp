// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <algorithm>
#include <array>

namespace sondeo {
namespace {

bool hostile(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

void append_hex(std::string& out, char32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[value >> shift & 0xF];
  }
}

constexpr bool ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

constexpr std::array<std::string_view, 3> no_break_spaces = {"\u00A0", "\u2007", "\u202F"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::u32string folded(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = decode_utf8(text, at);
    // Bytes that are no text get values of their own, above every code point.
    if (!c.valid)
      out += c.code_point + 0x110000;
    else if (c.code_point < 0x80)
      out += static_cast<char32_t>(lower(static_cast<char>(c.code_point)));
    else
      out += c.code_point;
    at += c.size;
  }
  return out;
}

// Optimal string alignment distance, or something above `limit` if it is above it.
std::size_t edit_distance(const std::u32string& a, const std::u32string& b, std::size_t limit) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return difference;
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits at the front of `text`, taken off it, without leading zeros.
std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

// Without the no-break spaces, and the ASCII characters that `blank` says, at both ends.
template <class Blank>
std::string_view without(std::string_view utf8, const Blank& blank) {
  const auto blank_size = [&](bool front) -> std::size_t {
    if (utf8.empty()) return 0;
    const char c = front ? utf8.front() : utf8.back();
    if (blank(c)) return 1;
    if ((c & 0x80) == 0) return 0;
    for (const std::string_view space : no_break_spaces) {
      if (front ? utf8.starts_with(space) : utf8.ends_with(space)) return space.size();
    }
    return 0;
  };
  while (const std::size_t size = blank_size(true)) utf8.remove_prefix(size);
  while (const std::size_t size = blank_size(false)) utf8.remove_suffix(size);
  return utf8;
}

}  // namespace

std::string visible(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const Character c = decode_utf8(utf8, at);
    if (!c.valid || (c.code_point < 0x80 && hostile(c.code_point))) {
      out += "\\x";
      append_hex(out, c.code_point, 2);
    } else if (hostile(c.code_point)) {
      out += "\\u";
      append_hex(out, c.code_point, 4);
    } else {
      out += utf8.substr(at, c.size);
    }
    at += c.size;
  }
  return out;
}

std::string excerpt(std::string_view utf8, int columns) { return clip(visible(utf8), columns); }

std::string_view trim(std::string_view utf8) { return without(utf8, ascii_blank); }

std::string_view trim_blanks(std::string_view utf8) {
  return without(utf8, [](char c) { return c == ' '; });
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  // Time is quadratic in the length, and nobody mistypes a page.
  constexpr std::size_t longest_word = 1000;
  const std::u32string target = folded(word.substr(0, 4 * longest_word + 1));
  if (target.size() > longest_word) return "";
  std::size_t limit = std::max<std::size_t>(1, target.size() / 3);
  const std::string* best = nullptr;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > 4 * (target.size() + limit)) continue;
    const std::size_t distance = edit_distance(target, folded(candidate), limit);
    if (distance > limit) continue;
    best = &candidate;
    if (distance == 0) break;
    limit = distance - 1;
  }
  return best == nullptr ? "" : *best;
}

bool glob_match(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // after the last * met
  std::size_t star_text = 0;                  // where the text after its run begins
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_text = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      ++p;
      t += decode_utf8(text, t).size;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      // Only the last * needs to grow: an earlier one that took more would leave it less.
      star_text += decode_utf8(text, star_text).size;
      p = star;
      t = star_text;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

int natural_compare(std::string_view a, std::string_view b) {
  std::string_view x = a;
  std::string_view y = b;
  while (!x.empty() && !y.empty()) {
    if (is_digit(x[0]) && is_digit(y[0])) {
      const std::string_view left = take_digits(x);
      const std::string_view right = take_digits(y);
      if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
      if (const int order = left.compare(right); order != 0) return order;
    } else {
      // UTF-8 bytes sort as their code points do.
      if (x[0] != y[0]) {
        return static_cast<unsigned char>(x[0]) < static_cast<unsigned char>(y[0]) ? -1 : 1;
      }
      x.remove_prefix(1);
      y.remove_prefix(1);
    }
  }
  if (x.empty() != y.empty()) return x.empty() ? -1 : 1;
  return a.compare(b);
}

}  // namespace sondeo
