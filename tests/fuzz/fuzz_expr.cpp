// SPDX-License-Identifier: MIT
// Any bytes are refused with an Error, or print and parse back to the same tree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "expr/expr.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  sondeo::Expr expr;
  try {
    expr = sondeo::parse_expr(source);
  } catch (const sondeo::Error& error) {
    if (error.place().column == 0 || error.place().column > size + 1) std::abort();
    return 0;
  }
  const std::string text = sondeo::print_expr(expr);
  const sondeo::Expr again = sondeo::parse_expr(text);
  if (!sondeo::same_expr(again, expr) || sondeo::print_expr(again) != text) std::abort();
  return 0;
}
