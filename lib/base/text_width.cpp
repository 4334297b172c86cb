// SPDX-License-Identifier: MIT
#include <utf8proc.h>

#include <utility>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t emoji_presentation = 0xFE0F;

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
  explicit Clusters(std::string_view text) : text_(text), ahead_(decode_utf8(text, 0)) {}

  bool next() {
    if (ahead_.size == 0) return false;
    begin_ = end_;
    width_ = 0;
    Character c;
    do {
      c = ahead_;
      end_ += c.size;
      ahead_ = decode_utf8(text_, end_);
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

}  // namespace sondeo
