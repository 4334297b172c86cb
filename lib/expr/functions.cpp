// SPDX-License-Identifier: MIT
#include "expr/functions.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace sondeo {
namespace {

// date() reads its arguments in its own way (see the grammar in expr.h).
constexpr std::array<ExprFunction, 18> functions = {{
    {ExprKind::date_of, "date", "", "date(began, '%d/%m/%Y')"},
    {ExprKind::days, "days", "dd", "days(began, ended)"},
    {ExprKind::hours, "hours", "dd", "hours(began, ended)"},
    {ExprKind::minutes, "minutes", "dd", "minutes(began, ended)"},
    {ExprKind::seconds, "seconds", "dd", "seconds(began, ended)"},
    {ExprKind::year, "year", "d", "year(began)"},
    {ExprKind::month, "month", "d", "month(began)"},
    {ExprKind::weekday, "weekday", "d", "weekday(began)"},
    {ExprKind::min, "min", "n+", "min(q1, q2)"},
    {ExprKind::max, "max", "n+", "max(q1, q2)"},
    {ExprKind::sum, "sum", "n+", "sum(q1, q2)"},
    {ExprKind::mean, "mean", "n+", "mean(q1, q2)"},
    {ExprKind::round, "round", "n", "round(q1)"},
    {ExprKind::floor, "floor", "n", "floor(q1)"},
    {ExprKind::abs, "abs", "n", "abs(q1)"},
    {ExprKind::if_else, "if", "cnn", "if(q1 = 1, q2, 0)"},
    {ExprKind::contains, "contains", "xt", "contains(q1, 'wait')"},
    {ExprKind::matches, "matches", "xt", "matches(q1, 'wait*')"},
}};

}  // namespace

std::span<const ExprFunction> expr_functions() { return functions; }

const ExprFunction* find_function(std::string_view name) {
  const std::string lowered = ascii_lower(name);
  const bool upper = std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a'; });
  if (name != lowered && !upper) return nullptr;
  const auto found = std::find_if(functions.begin(), functions.end(),
                                  [&](const ExprFunction& each) { return each.name == lowered; });
  return found == functions.end() ? nullptr : &*found;
}

const ExprFunction* function_of(ExprKind kind) {
  const auto found = std::find_if(functions.begin(), functions.end(),
                                  [&](const ExprFunction& each) { return each.kind == kind; });
  return found == functions.end() ? nullptr : &*found;
}

}  // namespace sondeo
