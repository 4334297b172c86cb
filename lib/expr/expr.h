// SPDX-License-Identifier: MIT
// The expression as a value: what `--where` says about a respondent. Knows names, not data.
//
//   expression := or ;  or := and ("or" and)* ;  and := not ("and" not)* ;  not := "not" not | test
//   test       := sum [("=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">=") sum]
//               | sum ["not"] "in" "(" item ("," item)* ")"
//   item       := literal [".." literal], of one kind
//   literal    := ["-"] number | 'text' | "text" | "date" "(" 'text' ")"
//   sum        := product (("+" | "-") product)* ; product := unary (("*" | "/") unary)*
//   unary      := "-" unary | primary
//   primary    := number | 'text' | "text" | name | `any name at all` | #12 | "(" or ")"
//               | "missing" "(" (name | call) ")" | "text" "(" name ")" | "count" "(" name ")"
//               | "any" "(" name ("," item)* ")" | "true" | "false" | call
//   call       := "date" "(" ('text' | name ["," 'format']) ")"
//               | function "(" argument ("," argument)* ")", as functions.h lists them
//
// Keywords and functions are lower or upper case; names are not folded. A plain name is a letter
// (any non-ASCII character but a no-break space counts as one) or `_`, then letters, digits, `_`,
// `.`; a name that is a keyword or has other signs is written in backquotes (a backquote inside is
// doubled). `#12` is the twelfth column. In 'text' and "text" the quote is doubled to write it;
// there are no backslash escapes. Numbers are C numbers with `.`, whatever the data use.
//
// Truth is three-valued (Kleene): a comparison with a missing value is unknown, `not unknown` is
// unknown, `and`/`or` decide when they can; a respondent is kept only where the whole is true.
// missing(x) and text(x) are never unknown: text(x) is the cell's text, "" if it is empty.
// any(q) is true if at least one option of a select-all question is chosen; any(q, 1, 3) if one of
// those is; count(q) is the number of options chosen. For those who were not asked (every cell of
// the question is empty or missing) they are unknown and missing(q) is true. x / 0 is missing.
// docs/expressions.md has the rest: dates, and what functions do with missing values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "expr/kind.h"

namespace sondeo {

struct Expr {
  ExprKind kind = ExprKind::boolean;
  std::size_t at = 0;  // byte offset of its beginning in the source, for messages
  double value = 0;
  std::string text;
  std::vector<Expr> args;
};

// Parses the whole of `source`, which must be valid UTF-8 (else Error [expr-syntax]).
// Throws Error [expr-syntax] whose place is {what, 1, column}, the column counted in characters
// from 1, and whose message says what was expected and what was found; `what` names the source
// ("--where"). Nesting deeper than 200 (in the source or in the tree, where each sign of a chain
// such as a + b + c is a level) and sources over 1 MiB are refused; time is linear. A condition is
// required where a truth is used, a number or text where a value is, a date where a date is:
// "q1 and 2", "(a = b) + 1", "date(a) > 1" and "'x'" alone are refused here. A name where a date
// is required is read as one: "date(a) > b" is date(a) > date(b).
Expr parse_expr(std::string_view source, const std::string& what = "--where");

// Parses an expression whose whole is a number, as a derived variable wants it. Refuses as
// parse_expr does; a condition or a text as the whole is refused.
Expr parse_value(std::string_view source, const std::string& what = "value");

// Text that parses back to the same tree (positions apart), with the parentheses it needs and no
// others.
std::string print_expr(const Expr& expr);

// Structural equality, positions apart.
bool same_expr(const Expr& a, const Expr& b);

// The distinct name and column nodes, in order of first use.
std::vector<Expr> names_of(const Expr& expr);

// A name as the grammar wants it: bare, or in backquotes.
std::string quote_name(std::string_view name);

// A text literal in single quotes, quotes doubled.
std::string quote_text(std::string_view text);

}  // namespace sondeo
