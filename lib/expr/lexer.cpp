// SPDX-License-Identifier: MIT
#include "expr/lexer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "expr/expr.h"

namespace sondeo {
namespace {

constexpr unsigned long long max_column = 1'000'000'000;

constexpr std::array<std::string_view, 10> keywords = {"and",  "or",  "not",   "in",   "missing",
                                                       "text", "any", "count", "true", "false"};

// The keyword that `word` is, in lower case, or "".
std::string_view keyword_of(std::string_view word) {
  const std::string lowered = ascii_lower(word);
  const bool upper = std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a'; });
  if (word != lowered && !upper) return "";
  const auto found = std::find(keywords.begin(), keywords.end(), lowered);
  return found == keywords.end() ? std::string_view() : *found;
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes of the blank at the front of `text`; 0 if there is none. No-break spaces are blanks here
// as they are for trim(): in a pasted expression they would make a name that looks like another.
std::size_t blank_size(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) return 1;
  for (const std::string_view space : {"\u00A0", "\u2007", "\u202F"}) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

bool starts_name(std::string_view text) {
  if (text.empty()) return false;
  const char c = text[0];
  if ((c & 0x80) != 0) return blank_size(text) == 0;
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Bytes of the plain name at the front of `text`.
std::size_t name_size(std::string_view text) {
  if (!starts_name(text)) return 0;
  std::size_t size = 1;
  while (size < text.size() &&
         (is_digit(text[size]) || text[size] == '.' || starts_name(text.substr(size)))) {
    ++size;
  }
  return size;
}

// Bytes of the number at the front of `text`, which starts with a digit or with `.` and a digit.
// "1..3" begins with the number 1: two dots are the range.
std::size_t number_size(std::string_view text) {
  std::size_t at = 0;
  const auto skip_digits = [&] {
    while (at < text.size() && is_digit(text[at])) ++at;
  };
  skip_digits();
  if (text.substr(at).starts_with('.') && !text.substr(at).starts_with("..")) {
    ++at;
    skip_digits();
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t digit = at + 1;
    if (digit < text.size() && (text[digit] == '+' || text[digit] == '-')) ++digit;
    if (digit < text.size() && is_digit(text[digit])) {
      at = digit;
      skip_digits();
    }
  }
  return at;
}

struct Sign {
  std::string_view written;
  std::string_view usual;
};
// Longest first.
constexpr std::array<Sign, 16> signs = {{{"==", "="},
                                         {"!=", "!="},
                                         {"<>", "!="},
                                         {"<=", "<="},
                                         {">=", ">="},
                                         {"..", ".."},
                                         {"=", "="},
                                         {"<", "<"},
                                         {">", ">"},
                                         {"+", "+"},
                                         {"-", "-"},
                                         {"*", "*"},
                                         {"/", "/"},
                                         {"(", "("},
                                         {")", ")"},
                                         {",", ","}}};

}  // namespace

std::size_t ExprSource::column(std::size_t at) const {
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(at);
  return 1 + static_cast<std::size_t>(
                 std::count_if(text_.begin(), end, [](char c) { return (c & 0xC0) != 0x80; }));
}

void ExprSource::fail(std::size_t at, std::string message, std::string hint) const {
  throw Error(Place{what_, 1, column(at)}, "expr-syntax", std::move(message), std::move(hint));
}

ExprToken ExprLexer::next() {
  while (const std::size_t blank = blank_size(rest())) at_ += blank;
  ExprToken token;
  token.at = at_;
  if (at_ < source_.text().size()) scan(token);
  token.end = at_;
  return token;
}

void ExprLexer::scan(ExprToken& token) {
  const std::string_view text = rest();
  const char c = text[0];
  const bool digit_follows = text.size() > 1 && is_digit(text[1]);
  if (is_digit(c) || (c == '.' && digit_follows)) {
    scan_number(token);
  } else if (c == '#') {
    scan_column(token);
  } else if (c == '\'' || c == '"') {
    token.kind = ExprTokenKind::text;
    token.text = scan_quoted();
  } else if (c == '`') {
    token.kind = ExprTokenKind::name;
    token.text = scan_quoted();
    if (token.text.empty()) {
      source_.fail(token.at, "a name in backquotes is empty",
                   "a column without a header is #1, #2 ...");
    }
  } else if (const std::size_t size = name_size(text)) {
    const std::string_view keyword = keyword_of(text.substr(0, size));
    token.text = keyword.empty() ? text.substr(0, size) : keyword;
    at_ += size;
    token.kind = !keyword.empty()       ? ExprTokenKind::keyword
                 : before_parenthesis() ? ExprTokenKind::function
                                        : ExprTokenKind::name;
  } else {
    scan_sign(token);
  }
}

bool ExprLexer::before_parenthesis() const {
  std::string_view text = rest();
  while (const std::size_t blank = blank_size(text)) text.remove_prefix(blank);
  return text.starts_with('(');
}

void ExprLexer::scan_number(ExprToken& token) {
  const std::string_view digits = rest().substr(0, number_size(rest()));
  at_ += digits.size();
  refuse_letters(token.at, "number");
  const std::optional<double> value = parse_number(digits);
  if (!value) {
    source_.fail(token.at, "the number " + excerpt(digits) + " is too large or too small");
  }
  token.kind = ExprTokenKind::number;
  token.value = *value;
}

void ExprLexer::scan_column(ExprToken& token) {
  ++at_;
  const std::string_view digits =
      rest().substr(0, std::min(rest().find_first_not_of("0123456789"), rest().size()));
  const std::optional<unsigned long long> column = parse_count(digits);
  if (!column || *column == 0 || *column > max_column) {
    source_.fail(token.at, "expected the number of a column, counted from 1, after #",
                 "the twelfth column is #12");
  }
  at_ += digits.size();
  refuse_letters(token.at, "column");
  token.kind = ExprTokenKind::column;
  token.value = static_cast<double>(*column);
}

void ExprLexer::refuse_letters(std::size_t from, const std::string& kind) const {
  const std::size_t letters = name_size(rest());
  if (letters == 0) return;
  const std::string_view whole = source_.text().substr(from, at_ + letters - from);
  source_.fail(from, excerpt(whole) + " is neither a " + kind + " nor a name",
               "a name that begins with a digit or a sign is written in backquotes");
}

std::string ExprLexer::scan_quoted() {
  const std::string_view text = source_.text();
  const std::size_t open = at_;
  const char quote = text[open];
  std::string out;
  for (++at_;;) {
    const std::size_t close = text.find(quote, at_);
    if (close == std::string_view::npos) {
      source_.fail(open, std::string("the ") + quote + " that opens here is not closed");
    }
    out += text.substr(at_, close - at_);
    at_ = close + 1;
    if (at_ == text.size() || text[at_] != quote) return out;
    out += quote;
    ++at_;
  }
}

void ExprLexer::scan_sign(ExprToken& token) {
  for (const Sign& sign : signs) {
    if (!rest().starts_with(sign.written)) continue;
    token.kind = ExprTokenKind::sign;
    token.text = sign.usual;
    at_ += sign.written.size();
    return;
  }
  const char c = rest()[0];
  const char* hint = c == '&'   ? "write and"
                     : c == '|' ? "write or"
                     : c == '!' ? "write not"
                                : "a name with such a sign is written in backquotes";
  source_.fail(at_, visible(rest().substr(0, 1)) + " means nothing here", hint);
}

std::string quote_name(std::string_view name) {
  if (name_size(name) == name.size() && !name.empty() && keyword_of(name).empty()) {
    return std::string(name);
  }
  std::string out = "`";
  for (const char c : name) out.append(c == '`' ? 2 : 1, c);
  return out + '`';
}

}  // namespace sondeo
