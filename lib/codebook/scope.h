// SPDX-License-Identifier: MIT
// What an expression may name beside a study: its variables, and columns of the file.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codebook/study_question.h"
#include "expr/resolve.h"

namespace sondeo {

class VariableScope {
 public:
  // `columns` are names of the file; they may be named as questions without codes.
  VariableScope(const std::vector<StudyQuestion>& variables,
                const std::vector<std::string>& columns);

  // The expression with labels replaced by codes. Throws as resolve_expr does.
  Expr resolve(const Expr& expr, std::string_view source, const std::string& what) const;

 private:
  std::unordered_map<std::string, ExprQuestion> questions_;
  std::vector<std::string> names_;
};

// Resolves all expressions of the variables. Their places are lost: an Error of resolve_expr names
// the variable and the expression as it is printed.
void resolve_variables(std::vector<StudyQuestion>& variables);

}  // namespace sondeo
