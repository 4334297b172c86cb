// SPDX-License-Identifier: MIT
// The words of an expression, for parse_expr and expr_tail; nobody else needs this header.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sondeo {

// The text of an expression, and where messages about it point.
class ExprSource {
 public:
  // Both must outlive the object.
  ExprSource(std::string_view text, const std::string& what) : text_(text), what_(what) {}

  std::string_view text() const { return text_; }
  // The character at byte `at`, counted from 1.
  std::size_t column(std::size_t at) const;
  [[noreturn]] void fail(std::size_t at, std::string message, std::string hint = "") const;

 private:
  std::string_view text_;
  const std::string& what_;
};

// function: a plain name before an opening parenthesis.
enum class ExprTokenKind { end, number, text, name, column, keyword, function, sign };

struct ExprToken {
  ExprTokenKind kind = ExprTokenKind::end;
  std::size_t at = 0;
  std::size_t end = 0;
  double value = 0;
  std::string text;  // without quotes; of a keyword in lower case; of a sign its usual form
};

class ExprLexer {
 public:
  explicit ExprLexer(const ExprSource& source) : source_(source) {}

  // The next token; at the end of the text, and from then on, ExprTokenKind::end.
  ExprToken next();

 private:
  bool before_parenthesis() const;
  std::string_view rest() const { return source_.text().substr(at_); }
  void scan(ExprToken& token);
  void scan_number(ExprToken& token);
  void scan_column(ExprToken& token);
  void scan_sign(ExprToken& token);
  std::string scan_quoted();
  void refuse_letters(std::size_t from, const std::string& kind) const;

  const ExprSource& source_;
  std::size_t at_ = 0;
};

}  // namespace sondeo
