// SPDX-License-Identifier: MIT
// The word of an expression that is at hand, and what the grammar wants there; for parse_expr.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "expr/lexer.h"

namespace sondeo {

class ExprTokens {
 public:
  // The source must outlive the object.
  explicit ExprTokens(const ExprSource& source);

  ExprToken& token() { return token_; }
  const ExprToken& token() const { return token_; }
  void advance() { token_ = lexer_.next(); }

  bool at_sign(std::string_view sign) const;
  bool at_keyword(std::string_view keyword) const;

  // Whether the token is this one; if so, advances.
  bool take_sign(std::string_view sign);
  bool take_keyword(std::string_view keyword);

  // Where the parenthesis opens that must be here, behind the name of a function (or "in").
  std::size_t expect_open(const std::string& function);
  // Takes the ")" to the "(" at `open`; `wanted` is what messages say could have stood here.
  void expect_close(std::size_t open, const std::string& wanted = "\")\"");

  // "expected `wanted`, found ...".
  [[noreturn]] void unexpected(const std::string& wanted, const std::string& hint = "") const;

 private:
  const ExprSource& source_;
  ExprLexer lexer_;
  ExprToken token_;
};

}  // namespace sondeo
