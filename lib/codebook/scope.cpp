// SPDX-License-Identifier: MIT
#include "codebook/scope.h"

namespace sondeo {
namespace {

ExprQuestion question_of(const StudyQuestion& variable) {
  ExprQuestion question;
  question.name = variable.name;
  question.several = variable.kind == StudyKind::multiple;
  question.others = variable.open_codes || variable.kind == StudyKind::number;
  question.date_format = variable.format;
  for (const auto& code : variable.codes) {
    ExprCode known{code.code, {}, code.missing != MissingKind::none};
    for (const auto& [language, text] : code.label.by_language) known.labels.push_back(text);
    question.codes.push_back(std::move(known));
  }
  return question;
}

}  // namespace

VariableScope::VariableScope(const std::vector<StudyQuestion>& variables,
                             const std::vector<std::string>& columns) {
  for (const auto& variable : variables) {
    questions_.emplace(variable.name, question_of(variable));
    scope_.names.push_back(variable.name);
    if (!variable.parent.empty()) items_[variable.parent].push_back(variable.name);
  }
  for (const auto& column : columns) {
    ExprQuestion question;
    question.name = column;
    if (questions_.emplace(column, std::move(question)).second) scope_.names.push_back(column);
  }
  scope_.items = [this](const std::string& name) {
    const auto found = items_.find(name);
    return found == items_.end() ? std::vector<std::string>{} : found->second;
  };
  scope_.find = [this](const std::string& name) {
    const auto found = questions_.find(name);
    return found == questions_.end() ? nullptr : &found->second;
  };
}

Expr VariableScope::resolve(const Expr& expr, std::string_view source,
                            const std::string& what) const {
  return resolve_expr(expr, scope_, source, what);
}

}  // namespace sondeo
