// SPDX-License-Identifier: MIT
#include "expr/tokens.h"

#include "base/text.h"
#include "expr/expr.h"

namespace sondeo {

ExprTokens::ExprTokens(const ExprSource& source) : source_(source), lexer_(source) { advance(); }

bool ExprTokens::at_sign(std::string_view sign) const {
  return token_.kind == ExprTokenKind::sign && token_.text == sign;
}

bool ExprTokens::at_keyword(std::string_view keyword) const {
  return token_.kind == ExprTokenKind::keyword && token_.text == keyword;
}

bool ExprTokens::take_sign(std::string_view sign) {
  const bool found = at_sign(sign);
  if (found) advance();
  return found;
}

bool ExprTokens::take_keyword(std::string_view keyword) {
  const bool found = at_keyword(keyword);
  if (found) advance();
  return found;
}

std::size_t ExprTokens::expect_open(const std::string& function) {
  const std::size_t open = token_.at;
  if (!take_sign("(")) {
    unexpected("\"(\" after " + function,
               function == "in" ? "as in q1 in (1, 2)"
                                : "a column of that name is written " + quote_name(function));
  }
  return open;
}

void ExprTokens::expect_close(std::size_t open, const std::string& wanted) {
  if (take_sign(")")) return;
  unexpected(wanted,
             "the \"(\" at column " + std::to_string(source_.column(open)) + " is not closed yet");
}

void ExprTokens::unexpected(const std::string& wanted, const std::string& hint) const {
  const std::string_view found = source_.text().substr(token_.at, token_.end - token_.at);
  source_.fail(token_.at,
               "expected " + wanted + ", found " + (found.empty() ? "the end" : excerpt(found)),
               hint);
}

}  // namespace sondeo
