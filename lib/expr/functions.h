// SPDX-License-Identifier: MIT
// The functions that an expression calls by a plain name: one table for parser, printer and
// evaluator. Such a name is a function only where "(" follows it; columns may be called so too.
#pragma once

#include <span>
#include <string_view>

#include "expr/kind.h"

namespace sondeo {

struct ExprFunction {
  ExprKind kind;
  std::string_view name;
  // A letter per argument: n number, d date (a name x means date(x)), c condition, x name or text,
  // t literal text; a closing + means that the last one may come again.
  std::string_view takes;
  std::string_view example;
};

// In the order in which help lists them.
std::span<const ExprFunction> expr_functions();

// The function of that name, all in lower or all in upper case; nullptr if there is none.
const ExprFunction* find_function(std::string_view name);

// The function of that kind; nullptr if it is not in the table.
const ExprFunction* function_of(ExprKind kind);

}  // namespace sondeo
