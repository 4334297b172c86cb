// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

namespace sondeo {
namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t emoji_presentation = 0xFE0F;

struct Character {
  char32_t code_point = 0;  // of an invalid byte, the byte
  unsigned size = 0;        // 0 at the end of the text
  bool valid = false;
};

// Bytes of the well-formed sequence at the front of the `left` > 0 bytes at `p`; 0 if there is
// none. Table 3-7 of the Unicode standard: only the second byte has bounds that depend on the
// first.
unsigned sequence_size(const unsigned char* p, std::size_t left) {
  const auto tail = [&](std::size_t i) { return (p[i] & 0xC0) == 0x80; };
  const unsigned lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || left < 2 || !tail(1)) return 0;
  if (lead < 0xE0) return 2;
  if (left < 3 || !tail(2)) return 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && p[1] < 0xA0;
    const bool surrogate = lead == 0xED && p[1] >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  if (left < 4 || !tail(3)) return 0;
  const bool overlong = lead == 0xF0 && p[1] < 0x90;
  const bool too_large = lead > 0xF4 || (lead == 0xF4 && p[1] >= 0x90);
  return overlong || too_large ? 0 : 4;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Character decode(std::string_view text, std::size_t at) {
  if (at == text.size()) return {};
  const unsigned char* p = bytes_of(text) + at;
  const unsigned size = sequence_size(p, text.size() - at);
  if (size <= 1) return {p[0], 1, size == 1};
  char32_t code_point = p[0] & (0x7Fu >> size);
  for (unsigned i = 1; i < size; ++i) code_point = code_point << 6 | (p[i] & 0x3Fu);
  return {code_point, size, true};
}

// Columns of one code point by itself.
int own_width(char32_t code_point) {
  if (code_point >= 0x20 && code_point < 0x7F) return 1;
  // The vowels and final consonants of decomposed Hangul sit inside the first consonant's cell.
  if (code_point >= 0x1160 && code_point <= 0x11FF) return 0;
  const auto c = static_cast<utf8proc_int32_t>(code_point);
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CC:
      return 0;
    case UTF8PROC_CATEGORY_CN:
      // Most likely an emoji younger than our tables, and a column too many does less harm than
      // one too few.
      return 2;
    default:
      return utf8proc_charwidth(c) == 2 ? 2 : 1;
  }
}

// Columns of code points in their context, one after the other. Emoji sequences take the columns
// of their first part: what is joined to it and skin tones add nothing.
class Ruler {
 public:
  int next(const Character& c, const Character& ahead) {
    const bool joined = std::exchange(joins_, false);
    const bool second_of_flag = std::exchange(flag_, false);
    const bool after_base = std::exchange(base_, false);
    const bool first = std::exchange(first_, false);
    if (!c.valid) return 1;
    if (joined) {
      base_ = true;
      return 0;
    }
    if (second_of_flag) return 0;
    if (c.code_point == zero_width_joiner && after_base) {
      joins_ = ahead.valid;
      return 0;
    }
    if (is_regional(c.code_point) && ahead.valid && is_regional(ahead.code_point)) {
      flag_ = true;
      return 2;
    }
    const bool skin_tone = c.code_point >= 0x1F3FB && c.code_point <= 0x1F3FF;
    const int width = skin_tone && !first ? 0 : own_width(c.code_point);
    if (width == 0) return 0;
    base_ = true;
    return ahead.valid && ahead.code_point == emoji_presentation ? 2 : width;
  }

  // Whether the next code point belongs to what has been measured.
  bool holds_next() const { return joins_ || flag_; }

 private:
  static bool is_regional(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

  bool first_ = true;
  bool base_ = false;
  bool joins_ = false;
  bool flag_ = false;
};

// What must not be torn apart: a grapheme cluster, or more of them if the ruler measures them as
// one.
class Clusters {
 public:
  explicit Clusters(std::string_view text) : text_(text), ahead_(decode(text, 0)) {}

  bool next() {
    if (ahead_.size == 0) return false;
    begin_ = end_;
    width_ = 0;
    Character c;
    do {
      c = ahead_;
      end_ += c.size;
      ahead_ = decode(text_, end_);
      width_ += ruler_.next(c, ahead_);
    } while (ahead_.size != 0 && !breaks_after(c));
    return true;
  }

  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  int width() const { return width_; }
  std::string_view bytes() const { return text_.substr(begin_, end_ - begin_); }

 private:
  bool breaks_after(const Character& c) {
    if (!c.valid || !ahead_.valid) {
      state_ = 0;
      return true;
    }
    const bool grapheme =
        utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(c.code_point),
                                         static_cast<utf8proc_int32_t>(ahead_.code_point), &state_);
    return grapheme && !ruler_.holds_next();
  }

  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  int width_ = 0;
  Character ahead_;
  Ruler ruler_;
  utf8proc_int32_t state_ = 0;
};

bool breaking_blank(std::string_view cluster) {
  return cluster.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

// Lines being filled with words.
class Wrapper {
 public:
  explicit Wrapper(int columns) : columns_(columns) {}

  void add(std::string_view cluster, int width) {
    if (breaking_blank(cluster)) {
      place_word();
      gap_ += cluster;
      gap_width_ += width;
    } else {
      word_.push_back({cluster, width});
      word_width_ += width;
    }
  }

  std::vector<std::string> finish() {
    place_word();
    const bool keeps_gap = gap_.find('\n') == std::string::npos && !line_.empty() &&
                           line_width_ + gap_width_ <= columns_;
    if (keeps_gap) line_ += gap_;
    if (!line_.empty() || lines_.empty()) break_line();
    return std::move(lines_);
  }

 private:
  void place_word() {
    if (word_.empty()) return;
    if (gap_.find('\n') != std::string::npos) {
      if (!line_.empty()) break_line();
      drop_gap();
    }
    if (line_.empty() && !lines_.empty()) drop_gap();
    if (line_width_ + gap_width_ + word_width_ <= columns_) {
      line_ += gap_;
      line_width_ += gap_width_;
    } else if (!line_.empty()) {
      break_line();
    }
    drop_gap();
    for (const auto& [cluster, width] : word_) {
      if (!line_.empty() && line_width_ + width > columns_) break_line();
      line_ += cluster;
      line_width_ += width;
    }
    word_.clear();
    word_width_ = 0;
  }

  void break_line() {
    lines_.push_back(std::exchange(line_, {}));
    line_width_ = 0;
  }

  void drop_gap() {
    gap_.clear();
    gap_width_ = 0;
  }

  int columns_;
  std::vector<std::string> lines_;
  std::string line_;
  int line_width_ = 0;
  std::string gap_;  // the blanks between the line and the word
  int gap_width_ = 0;
  std::vector<std::pair<std::string_view, int>> word_;
  int word_width_ = 0;
};

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
    const Character c = decode(text, at);
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

int display_width(std::string_view utf8) {
  int width = 0;
  for (Clusters clusters(utf8); clusters.next();) width += clusters.width();
  return width;
}

std::string clip(std::string_view utf8, int columns, bool ascii) {
  if (columns <= 0) return "";
  const int room = ascii ? std::min(columns, 3) : 1;
  int width = 0;
  std::size_t kept = 0;
  for (Clusters clusters(utf8); clusters.next();) {
    width += clusters.width();
    if (width > columns) {
      std::string out(utf8.substr(0, kept));
      out += ascii ? std::string_view("...").substr(0, static_cast<std::size_t>(room)) : "…";
      return out;
    }
    if (width + room <= columns) kept = clusters.end();
  }
  return std::string(utf8);
}

std::vector<std::string> wrap(std::string_view utf8, int columns) {
  Wrapper wrapper(columns);
  for (Clusters clusters(utf8); clusters.next();) wrapper.add(clusters.bytes(), clusters.width());
  return wrapper.finish();
}

std::string visible(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const Character c = decode(utf8, at);
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
      t += decode(text, t).size;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      // Only the last * needs to grow: an earlier one that took more would leave it less.
      star_text += decode(text, star_text).size;
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

std::size_t find_invalid_utf8(std::string_view bytes) {
  const unsigned char* data = bytes_of(bytes);
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::uint64_t word = 0;
    while (bytes.size() - at >= sizeof word) {
      std::memcpy(&word, data + at, sizeof word);
      if ((word & 0x8080808080808080u) != 0) break;
      at += sizeof word;
    }
    while (at < bytes.size() && data[at] < 0x80) ++at;
    while (at < bytes.size() && data[at] >= 0x80) {
      const unsigned size = sequence_size(data + at, bytes.size() - at);
      if (size == 0) return at;
      at += size;
    }
  }
  return std::string_view::npos;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  const auto put_tail = [&](int shift) { put(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
    put_tail(0);
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put_tail(6);
    put_tail(0);
  } else {
    put(0xF0 | code_point >> 18);
    put_tail(12);
    put_tail(6);
    put_tail(0);
  }
}

}  // namespace sondeo
