// SPDX-License-Identifier: MIT
#include "infer/contrast.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace sondeo {
namespace {

// A value with its derivatives.
struct Dual {
  double value = 0;
  std::vector<double> slopes;
};

void check(const Expr& expr, const std::string& text) {
  switch (expr.kind) {
    case ExprKind::number:
    case ExprKind::name:
    case ExprKind::negate:
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
      break;
    default:
      throw Error("contrast", "'" + excerpt(text) + "' is no sum of estimates",
                  "for example 'North - South' or '0.5 * a + 0.5 * b - c'");
  }
  for (const auto& arg : expr.args) check(arg, text);
}

}  // namespace

Contrast::Contrast(const std::string& text) : text_(text), expr_(parse_value(text, "--contrast")) {
  check(expr_, text);
  for (const auto& name : names_of(expr_)) names_.push_back(name.text);
  if (names_.empty())
    throw Error("contrast", "'" + excerpt(text) + "' names no estimate", "for example 'a - b'");
}

double Contrast::value(const std::vector<double>& values, std::vector<double>& gradient) const {
  const auto count = names_.size();
  const std::function<Dual(const Expr&)> work_out = [&](const Expr& expr) {
    if (expr.kind == ExprKind::number) return Dual{expr.value, std::vector<double>(count)};
    if (expr.kind == ExprKind::name) {
      const auto at = std::find(names_.begin(), names_.end(), expr.text) - names_.begin();
      const auto i = static_cast<std::size_t>(at);
      Dual result{values[i], std::vector<double>(count)};
      result.slopes[i] = 1;
      return result;
    }
    auto result = work_out(expr.args[0]);
    if (expr.kind == ExprKind::negate) {
      result.value = -result.value;
      for (auto& slope : result.slopes) slope = -slope;
      return result;
    }
    for (std::size_t a = 1; a < expr.args.size(); ++a) {
      const auto other = work_out(expr.args[a]);
      const double x = result.value;
      const double y = other.value;
      for (std::size_t i = 0; i < count; ++i) {
        const double dx = result.slopes[i];
        const double dy = other.slopes[i];
        switch (expr.kind) {
          case ExprKind::add:
            result.slopes[i] = dx + dy;
            break;
          case ExprKind::subtract:
            result.slopes[i] = dx - dy;
            break;
          case ExprKind::multiply:
            result.slopes[i] = dx * y + x * dy;
            break;
          default:
            result.slopes[i] = dx / y - x / y / y * dy;
        }
      }
      switch (expr.kind) {
        case ExprKind::add:
          result.value = x + y;
          break;
        case ExprKind::subtract:
          result.value = x - y;
          break;
        case ExprKind::multiply:
          result.value = x * y;
          break;
        default:
          result.value = x / y;
      }
    }
    return result;
  };
  auto result = work_out(expr_);
  gradient = std::move(result.slopes);
  return result.value;
}

}  // namespace sondeo
