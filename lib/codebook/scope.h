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
  VariableScope(const VariableScope&) = delete;  // the scope looks into this object
  VariableScope& operator=(const VariableScope&) = delete;

  // The expression with labels replaced by codes. Throws as resolve_expr does.
  Expr resolve(const Expr& expr, std::string_view source, const std::string& what) const;

 private:
  std::unordered_map<std::string, ExprQuestion> questions_;
  std::unordered_map<std::string, std::vector<std::string>> items_;  // by the question they are of
  ExprScope scope_;  // made once: it holds all names
};

}  // namespace sondeo
