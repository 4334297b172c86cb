// SPDX-License-Identifier: MIT
// Random expressions of every kind that the parser makes, and texts that are nearly expressions.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expr/expr.h"

namespace sondeo::trees {

inline Expr node(ExprKind kind, std::vector<Expr> args) {
  Expr expr;
  expr.kind = kind;
  expr.args = std::move(args);
  return expr;
}

inline Expr leaf(ExprKind kind, double value, std::string text = "") {
  Expr expr;
  expr.kind = kind;
  expr.value = value;
  expr.text = std::move(text);
  return expr;
}

// Random trees of the kinds that the parser makes.
class Trees {
 public:
  explicit Trees(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }

  Expr condition(std::size_t depth) {
    if (depth == 0) {
      switch (below(6)) {
        case 0:
          return leaf(ExprKind::boolean, static_cast<double>(below(2)));
        case 1:
          return node(ExprKind::missing, {name()});
        case 2:
          return node(below(2) == 0 ? ExprKind::contains : ExprKind::matches,
                      {below(2) == 0 ? name() : node(ExprKind::text_of, {name()}), text()});
        default:
          return items(ExprKind::any, name(), below(3));
      }
    }
    switch (below(9)) {
      case 6:
        return node(comparison(), {date(), date()});
      case 7: {
        Expr expr = node(ExprKind::in, {date()});
        for (std::size_t n = 1 + below(3); n > 0; --n) {
          Expr item = date_literal();
          if (below(3) == 0) item = node(ExprKind::range, {std::move(item), date_literal()});
          expr.args.push_back(std::move(item));
        }
        return expr;
      }
      case 8:
        return node(ExprKind::missing, {call(depth - 1)});
      case 0:
        return node(ExprKind::logical_not, {condition(depth - 1)});
      case 1:
        return joined(ExprKind::logical_and, depth);
      case 2:
        return joined(ExprKind::logical_or, depth);
      case 3:
        return items(ExprKind::in, value(depth - 1), 1 + below(3));
      default:
        return node(comparison(), {value(depth - 1), value(depth - 1)});
    }
  }

  std::string mutated(std::string text) {
    static constexpr std::string_view spice[] = {"(",    ")",    "'", "\"", "`",  "and",
                                                 " or ", "not ", "#", "-",  "..", "1e",
                                                 "\xFF", "ñ",    "<", ","};
    for (std::size_t n = 1 + below(3); n > 0; --n) {
      const std::size_t at = below(text.size() + 1);
      switch (below(3)) {
        case 0:
          text.insert(at, spice[below(std::size(spice))]);
          break;
        case 1:
          text.erase(at, 1 + below(3));
          break;
        default:
          if (at < text.size()) text[at] = static_cast<char>(below(256));
      }
    }
    return text;
  }

  std::string garbage() {
    static constexpr std::string_view words[] = {"q1",        "and",
                                                 "or",        "not",
                                                 "in",        "missing",
                                                 "text",      "any",
                                                 "count",     "true",
                                                 "(",         ")",
                                                 ",",         "..",
                                                 "=",         "<",
                                                 "-",         "+",
                                                 "*",         "/",
                                                 "1",         ".5",
                                                 "'a'",       "\"b\"",
                                                 "`c`",       "#2",
                                                 " ",         " ",
                                                 " ",         "\xC3",
                                                 "ñ",         "&",
                                                 "1e999",     "`",
                                                 "'",         "\n",
                                                 "date(",     "min(",
                                                 "if(",       "days(",
                                                 "contains(", "'2024-01-01'",
                                                 "'%Y'",      "missing(date("};
    std::string out;
    for (std::size_t n = below(20); n > 0; --n) out += words[below(std::size(words))];
    return out;
  }

 private:
  Expr name() {
    static const std::vector<std::string> names = {
        "q1",  "Q.2", "_x",   "año", "日本", "How old are you?", "a`b", "and",
        "NOT", "And", "text", "2nd", " ",    "x\u00A0y",         "#3"};
    if (below(6) == 0) return leaf(ExprKind::column, static_cast<double>(1 + below(300)));
    return leaf(ExprKind::name, 0, names[below(names.size())]);
  }

  Expr number() {
    static constexpr double numbers[] = {0, 1, 7, 99, 0.5, 0.1, 1e22, 1e-7, 123456.75, 100000};
    return leaf(ExprKind::number, numbers[below(std::size(numbers))]);
  }

  Expr text() {
    static const std::vector<std::string> texts = {"", "a", "it's", "\"x\"", "'", "ñ 日", "a\nb\\"};
    return leaf(ExprKind::text, 0, texts[below(texts.size())]);
  }

  ExprKind comparison() {
    constexpr ExprKind kinds[] = {ExprKind::equal,   ExprKind::not_equal,
                                  ExprKind::less,    ExprKind::less_equal,
                                  ExprKind::greater, ExprKind::greater_equal};
    return kinds[below(6)];
  }

  Expr date_literal() {
    static const std::vector<std::string> dates = {"2024-03-01", " 2024-02-29 09:30",
                                                   "1999-12-31T23:59:59.5+01:00"};
    return leaf(ExprKind::date, 0, dates[below(dates.size())]);
  }

  Expr date() {
    if (below(2) == 0) return date_literal();
    Expr expr = node(ExprKind::date_of, {name()});
    if (below(2) == 0) expr.text = "%d/%m/%Y '%H'";
    return expr;
  }

  // What is read as a number; texts are not.
  Expr numeric(std::size_t depth) {
    for (;;) {
      Expr expr = value(depth);
      if (expr.kind != ExprKind::text && expr.kind != ExprKind::text_of) return expr;
    }
  }

  Expr call(std::size_t depth) {
    constexpr ExprKind of_dates[] = {ExprKind::days,    ExprKind::hours, ExprKind::minutes,
                                     ExprKind::seconds, ExprKind::year,  ExprKind::month,
                                     ExprKind::weekday};
    constexpr ExprKind of_numbers[] = {ExprKind::min,  ExprKind::max,   ExprKind::sum,
                                       ExprKind::mean, ExprKind::round, ExprKind::floor,
                                       ExprKind::abs};
    const std::size_t which = below(7);
    switch (below(4)) {
      case 0:
        return date();
      case 1:
        return which < 4 ? node(of_dates[which], {date(), date()})
                         : node(of_dates[which], {date()});
      case 2:
        return node(ExprKind::if_else, {condition(depth), numeric(depth), numeric(depth)});
      default: {
        Expr expr = node(of_numbers[which], {numeric(depth)});
        for (std::size_t n = which < 4 ? below(3) : 0; n > 0; --n) {
          expr.args.push_back(numeric(depth));
        }
        return expr;
      }
    }
  }

  Expr literal(bool is_text) {
    if (is_text) return text();
    Expr expr = number();
    if (below(3) == 0) expr.value = 0 - expr.value;
    return expr;
  }

  Expr items(ExprKind kind, Expr first, std::size_t count) {
    Expr expr = node(kind, {std::move(first)});
    for (std::size_t i = 0; i < count; ++i) {
      const bool is_text = below(2) == 0;
      Expr item = literal(is_text);
      if (below(3) == 0) item = node(ExprKind::range, {std::move(item), literal(is_text)});
      expr.args.push_back(std::move(item));
    }
    return expr;
  }

  Expr joined(ExprKind kind, std::size_t depth) {
    Expr expr = node(kind, {});
    for (std::size_t n = 2 + below(3); expr.args.size() < n;) {
      Expr part = condition(depth - 1);
      if (part.kind != kind) expr.args.push_back(std::move(part));
    }
    return expr;
  }

  Expr value(std::size_t depth) {
    if (depth == 0) {
      switch (below(5)) {
        case 0:
          return number();
        case 1:
          return text();
        case 2:
          return node(ExprKind::text_of, {name()});
        case 3:
          return node(ExprKind::count, {name()});
        default:
          return name();
      }
    }
    constexpr ExprKind kinds[] = {ExprKind::add, ExprKind::subtract, ExprKind::multiply,
                                  ExprKind::divide};
    const std::size_t kind = below(8);
    if (kind == 4) return value(0);
    if (kind >= 6) {
      for (;;) {
        Expr expr = call(depth - 1);
        if (expr.kind != ExprKind::date && expr.kind != ExprKind::date_of) return expr;
      }
    }
    if (kind == 5) return node(ExprKind::negate, {value(depth - 1)});
    return node(kinds[kind], {value(depth - 1), value(depth - 1)});
  }

  std::mt19937_64 random_;
};

}  // namespace sondeo::trees
