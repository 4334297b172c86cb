// SPDX-License-Identifier: MIT
#include "expr/expr.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace sondeo {
namespace {

struct Names {
  std::vector<Expr> found;
  std::unordered_set<std::string> names;
  std::unordered_set<double> columns;
};

void collect(const Expr& expr, Names& names) {
  const bool is_new = (expr.kind == ExprKind::name && names.names.insert(expr.text).second) ||
                      (expr.kind == ExprKind::column && names.columns.insert(expr.value).second);
  if (is_new) names.found.push_back(expr);
  for (const Expr& arg : expr.args) collect(arg, names);
}

}  // namespace

bool is_condition(ExprKind kind) {
  switch (kind) {
    case ExprKind::boolean:
    case ExprKind::missing:
    case ExprKind::any:
    case ExprKind::equal:
    case ExprKind::not_equal:
    case ExprKind::less:
    case ExprKind::less_equal:
    case ExprKind::greater:
    case ExprKind::greater_equal:
    case ExprKind::in:
    case ExprKind::contains:
    case ExprKind::matches:
    case ExprKind::logical_not:
    case ExprKind::logical_and:
    case ExprKind::logical_or:
      return true;
    default:
      return false;
  }
}

bool same_expr(const Expr& a, const Expr& b) {
  return a.kind == b.kind && a.value == b.value && a.text == b.text &&
         std::equal(a.args.begin(), a.args.end(), b.args.begin(), b.args.end(), same_expr);
}

std::vector<Expr> names_of(const Expr& expr) {
  Names names;
  collect(expr, names);
  return std::move(names.found);
}

}  // namespace sondeo
