// SPDX-License-Identifier: MIT
// What kind of value a node gives, and what may stand where; for parse_expr and evaluators.
#pragma once

#include <string>

#include "expr/expr.h"
#include "expr/lexer.h"

namespace sondeo {

enum class ExprType {
  condition,  // true, false or unknown
  number,
  text,
  cell,  // what a column holds: a text that may be read as a number or a date
  date,
};

// Of a range: that of its ends.
ExprType type_of(const Expr& expr);

inline bool is_date(const Expr& expr) { return type_of(expr) == ExprType::date; }

// "the condition a = b", for messages.
std::string describe(const Expr& expr);

// Each throws Error [expr-syntax] at the node if it is not what is required.
void require_condition(const ExprSource& source, const Expr& expr);
void require_value(const ExprSource& source, const Expr& expr);   // no condition
void require_term(const ExprSource& source, const Expr& expr);    // number, cell or text
void require_number(const ExprSource& source, const Expr& expr);  // number or cell
void require_text(const ExprSource& source, const Expr& expr);    // text or cell
void require_date(const ExprSource& source, const Expr& expr);

}  // namespace sondeo
