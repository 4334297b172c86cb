// SPDX-License-Identifier: MIT
#include "weight/variables.h"

#include <algorithm>

namespace sondeo {

bool ColumnVariables::has(std::string_view name) const {
  return std::find(header_.names.begin(), header_.names.end(), name) != header_.names.end();
}

std::size_t ColumnVariables::find(std::string_view name, bool number) {
  const auto kind = number ? QuestionKind::number : QuestionKind::single;
  const auto column = find_column(header_, name);
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    if (questions_[i].columns[0] == column && questions_[i].kind == kind) return i;
  }
  Question question;
  question.name = column_name(header_, column);
  question.kind = kind;
  question.columns = {column};
  questions_.push_back(std::move(question));
  return questions_.size() - 1;
}

std::unique_ptr<AnswerCoder> ColumnVariables::coder(std::size_t variable) const {
  return make_coder(questions_[variable], context_);
}

}  // namespace sondeo
