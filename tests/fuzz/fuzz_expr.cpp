// SPDX-License-Identifier: MIT
// Any bytes are refused with an Error, or print and parse back to the same tree: as a condition, as
// a value, and in the words of a study.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "expr/expr.h"
#include "expr/resolve.h"

namespace {

using Parse = sondeo::Expr (*)(std::string_view, const std::string&);

void hold(bool holds) {
  if (!holds) std::abort();
}

void check_same(const sondeo::Expr& expr, Parse parse) {
  const std::string text = sondeo::print_expr(expr);
  const sondeo::Expr again = parse(text, "");
  hold(sondeo::same_expr(again, expr) && sondeo::print_expr(again) == text);
}

const sondeo::ExprQuestion* find(const std::string& name) {
  static const sondeo::ExprQuestion coded{
      "q1",
      {{"1", {"yes", "sí"}, false}, {"-2", {"no"}, false}, {"9", {"?"}, true}, {"x", {}, false}},
      false,
      false,
      ""};
  static const sondeo::ExprQuestion several{"m", {{"1", {"yes"}, false}}, true, true, ""};
  static const sondeo::ExprQuestion open{"a", {}, false, false, "%d/%m/%Y"};
  if (name == "q1") return &coded;
  if (name == "m") return &several;
  return name == "nobody" ? nullptr : &open;
}

void check(std::string_view source, Parse parse) {
  try {
    const sondeo::Expr expr = parse(source, "");
    check_same(expr, parse);
    check_same(sondeo::resolve_expr(expr, {find, {"q1", "m", "a"}}, source), parse);
  } catch (const sondeo::Error& error) {
    hold(error.place().column >= 1 && error.place().column <= source.size() + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  check(source, sondeo::parse_expr);
  check(source, sondeo::parse_value);
  return 0;
}
