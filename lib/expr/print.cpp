// SPDX-License-Identifier: MIT
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/number.h"
#include "expr/expr.h"
#include "expr/functions.h"

namespace sondeo {
namespace {

// How tightly a form binds, loosest first: the lines of the grammar.
enum Level {
  level_or,
  level_and,
  level_not,
  level_test,
  level_sum,
  level_product,
  level_unary,
  level_primary
};

bool is_not_in(const Expr& expr) {
  return expr.kind == ExprKind::logical_not && expr.args[0].kind == ExprKind::in;
}

Level level_of(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::logical_or:
      return level_or;
    case ExprKind::logical_and:
      return level_and;
    case ExprKind::logical_not:
      return is_not_in(expr) ? level_test : level_not;
    case ExprKind::equal:
    case ExprKind::not_equal:
    case ExprKind::less:
    case ExprKind::less_equal:
    case ExprKind::greater:
    case ExprKind::greater_equal:
    case ExprKind::in:
      return level_test;
    case ExprKind::add:
    case ExprKind::subtract:
      return level_sum;
    case ExprKind::multiply:
    case ExprKind::divide:
      return level_product;
    case ExprKind::negate:
      return level_unary;
    default:
      return level_primary;
  }
}

class Printer {
 public:
  // `expr` where the grammar wants at least `level`.
  void print(const Expr& expr, Level level) {
    const bool parentheses = level_of(expr) < level;
    if (parentheses) out_ += '(';
    print_bare(expr);
    if (parentheses) out_ += ')';
  }

  std::string take() { return std::move(out_); }

 private:
  void print_bare(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::number:
        out_ += shortest(expr.value);
        break;
      case ExprKind::text:
        out_ += quote_text(expr.text);
        break;
      case ExprKind::boolean:
        out_ += expr.value != 0 ? "true" : "false";
        break;
      case ExprKind::name:
        out_ += quote_name(expr.text);
        break;
      case ExprKind::column:
        out_ += '#' + shortest(expr.value);
        break;
      case ExprKind::missing:
        print_call("missing", expr);
        break;
      case ExprKind::text_of:
        print_call("text", expr);
        break;
      case ExprKind::any:
        print_call("any", expr);
        break;
      case ExprKind::count:
        print_call("count", expr);
        break;
      case ExprKind::negate:
        out_ += '-';
        print(expr.args[0], level_unary);
        break;
      case ExprKind::add:
        print_binary(expr, level_sum, " + ", level_product);
        break;
      case ExprKind::subtract:
        print_binary(expr, level_sum, " - ", level_product);
        break;
      case ExprKind::multiply:
        print_binary(expr, level_product, " * ", level_unary);
        break;
      case ExprKind::divide:
        print_binary(expr, level_product, " / ", level_unary);
        break;
      case ExprKind::equal:
        print_binary(expr, level_sum, " = ", level_sum);
        break;
      case ExprKind::not_equal:
        print_binary(expr, level_sum, " != ", level_sum);
        break;
      case ExprKind::less:
        print_binary(expr, level_sum, " < ", level_sum);
        break;
      case ExprKind::less_equal:
        print_binary(expr, level_sum, " <= ", level_sum);
        break;
      case ExprKind::greater:
        print_binary(expr, level_sum, " > ", level_sum);
        break;
      case ExprKind::greater_equal:
        print_binary(expr, level_sum, " >= ", level_sum);
        break;
      case ExprKind::in:
        print_in(expr, " in (");
        break;
      case ExprKind::range:
        print_binary(expr, level_primary, "..", level_primary);
        break;
      case ExprKind::logical_not:
        if (is_not_in(expr)) {
          print_in(expr.args[0], " not in (");
        } else {
          out_ += "not ";
          print(expr.args[0], level_not);
        }
        break;
      case ExprKind::logical_and:
        print_joined(expr, " and ", level_not);
        break;
      case ExprKind::logical_or:
        print_joined(expr, " or ", level_and);
        break;
      case ExprKind::date:
        out_ += "date(" + quote_text(expr.text) + ')';
        break;
      case ExprKind::date_of:
        out_ += "date(";
        print(expr.args[0], level_primary);
        if (!expr.text.empty()) out_ += ", " + quote_text(expr.text);
        out_ += ')';
        break;
      default:
        print_function(expr);
        break;
    }
  }

  void print_binary(const Expr& expr, Level left, std::string_view sign, Level right) {
    print(expr.args[0], left);
    out_ += sign;
    print(expr.args[1], right);
  }

  void print_joined(const Expr& expr, std::string_view word, Level level) {
    for (std::size_t i = 0; i < expr.args.size(); ++i) {
      if (i > 0) out_ += word;
      print(expr.args[i], level);
    }
  }

  void print_items(const Expr& expr) {
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      if (i > 1) out_ += ", ";
      print(expr.args[i], level_primary);
    }
  }

  void print_in(const Expr& expr, std::string_view opening) {
    print(expr.args[0], level_sum);
    out_ += opening;
    print_items(expr);
    out_ += ')';
  }

  void print_function(const Expr& expr) {
    out_ += function_of(expr.kind)->name;
    for (std::size_t i = 0; i < expr.args.size(); ++i) {
      const Expr& arg = expr.args[i];
      out_ += i == 0 ? "(" : ", ";
      // A name alone is read as a date here.
      const bool bare = arg.kind == ExprKind::date_of && arg.text.empty();
      print(bare ? arg.args[0] : arg, level_or);
    }
    out_ += ')';
  }

  void print_call(std::string_view function, const Expr& expr) {
    out_ += function;
    out_ += '(';
    print(expr.args[0], level_primary);
    if (expr.args.size() > 1) out_ += ", ";
    print_items(expr);
    out_ += ')';
  }

  std::string out_;
};

}  // namespace

std::string print_expr(const Expr& expr) {
  Printer printer;
  printer.print(expr, level_or);
  return printer.take();
}

std::string quote_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + '\'';
}

}  // namespace sondeo
