// SPDX-License-Identifier: MIT
#include "expr/typing.h"

#include <array>
#include <string_view>

#include "base/text.h"

namespace sondeo {
namespace {

[[noreturn]] void refuse(const ExprSource& source, const Expr& expr, const std::string& wanted,
                         const std::string& hint = "") {
  source.fail(expr.at, "expected " + wanted + ", found " + describe(expr), hint);
}

std::string number_hint(ExprType type) {
  if (type == ExprType::condition) return "a condition makes a number as in if(q1 = 1, 1, 0)";
  if (type != ExprType::date) return "";
  return "the time between two dates is days(a, b), hours(a, b), minutes(a, b) or seconds(a, b)";
}

}  // namespace

ExprType type_of(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::text:
    case ExprKind::text_of:
      return ExprType::text;
    case ExprKind::name:
    case ExprKind::column:
      return ExprType::cell;
    case ExprKind::date:
    case ExprKind::date_of:
      return ExprType::date;
    case ExprKind::range:
      return type_of(expr.args[0]);
    default:
      return is_condition(expr.kind) ? ExprType::condition : ExprType::number;
  }
}

std::string describe(const Expr& expr) {
  constexpr std::array<std::string_view, 5> words{"condition", "number", "text", "value", "date"};
  return "the " + std::string(words[static_cast<std::size_t>(type_of(expr))]) + ' ' +
         excerpt(print_expr(expr));
}

void require_condition(const ExprSource& source, const Expr& expr) {
  if (is_condition(expr.kind)) return;
  refuse(source, expr, "a condition", "compare it with something, as in q1 = 1");
}

void require_value(const ExprSource& source, const Expr& expr) {
  if (is_condition(expr.kind)) refuse(source, expr, "a number or a text");
}

void require_term(const ExprSource& source, const Expr& expr) {
  require_value(source, expr);
  if (is_date(expr)) refuse(source, expr, "a number", number_hint(ExprType::date));
}

void require_number(const ExprSource& source, const Expr& expr) {
  const auto type = type_of(expr);
  if (type == ExprType::number || type == ExprType::cell) return;
  refuse(source, expr, "a number", number_hint(type));
}

void require_text(const ExprSource& source, const Expr& expr) {
  const auto type = type_of(expr);
  if (type != ExprType::text && type != ExprType::cell) refuse(source, expr, "a name or a text");
}

void require_date(const ExprSource& source, const Expr& expr) {
  if (!is_date(expr)) refuse(source, expr, "a date", "a date is written date('2024-03-01')");
}

}  // namespace sondeo
