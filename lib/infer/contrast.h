// SPDX-License-Identifier: MIT
// Functions of estimates: differences, weighted sums, quotients.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "expr/expr.h"

namespace sondeo {

// An expression of estimates by name: "North - South", "0.5 * a + 0.5 * b - c", "a / b".
class Contrast {
 public:
  // Throws Error [expr-syntax], and [contrast] for anything but numbers, names, + - * / and
  // parentheses, and if there is no name.
  explicit Contrast(const std::string& text);

  const std::string& text() const { return text_; }
  // The names in it, each once, in order of first use.
  const std::vector<std::string>& names() const { return names_; }

  // Its value where the names have these values, and its derivatives by them: what the delta
  // method needs, Var = g' V g.
  double value(const std::vector<double>& values, std::vector<double>& gradient) const;

 private:
  std::string text_;
  Expr expr_;
  std::vector<std::string> names_;
};

}  // namespace sondeo
