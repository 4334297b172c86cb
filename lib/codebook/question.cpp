// SPDX-License-Identifier: MIT
#include "codebook/question.h"

#include "base/text.h"
#include "codebook/study_question.h"

namespace sondeo {

const std::vector<std::string>& usual_unticked() {
  static const std::vector<std::string> texts{"0", "no", "false", "not selected",
                                              "no seleccionado"};
  return texts;
}

Question question_of_columns(const Header& header, std::string_view definition, QuestionKind kind) {
  const auto equals = definition.find('=');
  if (equals == std::string_view::npos || trim(definition.substr(0, equals)).empty()) {
    throw Error("usage", "expected NAME=COLUMNS, found '" + excerpt(definition) + "'",
                "for example 'q4=q4_*' or 'q4=#7-#12'");
  }
  Question question;
  question.name = std::string(trim(definition.substr(0, equals)));
  question.kind = kind;
  question.columns = find_columns(header, definition.substr(equals + 1));
  question.option_names = option_names(header, question.columns);
  question.option_labels = option_labels(header, question.columns);
  return question;
}

bool is_countable(const StudyQuestion& variable) {
  switch (variable.kind) {
    case StudyKind::date:
    case StudyKind::text:
    case StudyKind::id:
    case StudyKind::weight:
      return false;
    default:
      return true;
  }
}

}  // namespace sondeo
