// SPDX-License-Identifier: MIT
#include "cli/weight_variables.h"

#include <algorithm>

#include "base/text.h"
#include "codebook/scope.h"

namespace sondeo {

bool InputVariables::has(std::string_view name) const {
  return find_variable(input_, name) != nullptr || names_column(input_.header, name);
}

std::size_t InputVariables::find(std::string_view name, bool number) {
  const std::string text(name);
  const bool of_study = find_variable(input_, name) != nullptr;
  if (!number || of_study) {
    const auto position = builder_.banner_variable(text);
    const bool numeric = questions()[position].kind == QuestionKind::number;
    if (!number || numeric) return position;
    throw Error("not-a-number", "'" + excerpt(text) + "' has categories and no total",
                "name the category in its column");
  }
  const auto column = find_column(input_.header, text);
  auto& all = builder_.request.questions;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].study == nullptr && all[i].kind == QuestionKind::number &&
        all[i].columns[0] == column) {
      return i;
    }
  }
  Question question;
  question.name = column_name(input_.header, column);
  question.kind = QuestionKind::number;
  question.columns = {column};
  all.push_back(std::move(question));
  return all.size() - 1;
}

std::string InputVariables::answer_of(std::size_t variable, const std::string& category) const {
  const auto* study = questions()[variable].study;
  if (study == nullptr) return category;
  for (const auto& code : study->codes) {
    if (code.code == category) return category;
  }
  for (const auto& code : study->codes) {
    for (const auto& [language, label] : code.label.by_language) {
      if (trim(label) == category) return code.code;
    }
  }
  return category;
}

std::string InputVariables::category_of(std::size_t variable, const std::string& answer) const {
  const auto* study = questions()[variable].study;
  if (study == nullptr) return answer;
  for (const auto& code : study->codes) {
    if (code.code == answer && !code.label.in(language_).empty()) return code.label.in(language_);
  }
  return answer;
}

Expr InputVariables::condition(const std::string& text, const std::string& option,
                               std::vector<std::size_t>& named) {
  auto expr = parse_expr(text, option);
  if (input_.study)
    expr = VariableScope(input_.variables, input_.header.names).resolve(expr, text, option);
  for (const auto position : builder_.add_names_of(expr)) named.push_back(position);
  return expr;
}

}  // namespace sondeo
