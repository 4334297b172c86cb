// SPDX-License-Identifier: MIT
#include "codebook/bind.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace sondeo {
namespace {

// Does `find`; what it refuses is told at a place of the study.
template <typename Find>
auto found(const StudyQuestion& variable, const Place& at, const Header& header, const Find& find) {
  try {
    return find();
  } catch (const Error& error) {
    throw Error(
        at, error.id(),
        "question " + excerpt(variable.name) + ": " + error.message() + " in " + header.file,
        error.hint());
  }
}

std::size_t column_of(const StudyQuestion& variable, const Place& at, const std::string& name,
                      const Header& header) {
  return found(variable, at, header, [&] { return find_column(header, name); });
}

void bind_one(const StudyQuestion& variable, const Header& header, Question& question) {
  const auto& name = variable.columns.empty() ? variable.name : variable.columns[0];
  question.columns = {column_of(variable, variable.at, name, header)};
}

void bind_listed(const StudyQuestion& variable, const Header& header, Question& question) {
  for (const auto& part : variable.columns) {
    const auto more =
        found(variable, variable.at, header, [&] { return find_columns(header, part); });
    question.columns.insert(question.columns.end(), more.begin(), more.end());
  }
  auto sorted = question.columns;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) {
    throw Error(variable.at, "usage",
                "question " + excerpt(variable.name) + ": the column '" +
                    excerpt(column_name(header, *twice)) + "' stands in it twice");
  }
}

void name_options(const StudyQuestion& variable, const Header& header, Question& question) {
  if (variable.codes.empty()) question.option_names = option_names(header, question.columns);
  for (const auto& code : variable.codes) question.option_names.push_back(code.code);
}

void bind_flags(const StudyQuestion& variable, const Header& header, Question& question) {
  if (!variable.columns.empty()) {
    bind_listed(variable, header, question);
    if (!variable.codes.empty() && variable.codes.size() != question.columns.size()) {
      throw Error(variable.at, "study-code",
                  "question " + excerpt(variable.name) + " has " +
                      std::to_string(variable.codes.size()) + " codes and " +
                      std::to_string(question.columns.size()) + " columns in " + header.file,
                  "a column each, in the same order");
    }
  } else {
    for (const auto& code : variable.codes)
      question.columns.push_back(column_of(variable, code.at, code.column, header));
  }
  name_options(variable, header, question);
}

void bind_joined(const StudyQuestion& variable, const Header& header, Question& question) {
  bind_one(variable, header, question);
  question.separator = variable.separator;
  for (const auto& code : variable.codes) {
    for (const auto& text :
         code.values.empty() ? std::vector<std::string>{code.code} : code.values) {
      if (text.find(variable.separator) != std::string::npos) question.long_options.push_back(text);
    }
  }
}

// Of each task the columns of the best, the worst and those shown.
void bind_tasks(const StudyQuestion& variable, const Header& header, Question& question) {
  for (const auto& task : variable.tasks) {
    question.columns.push_back(column_of(variable, task.at, task.best, header));
    question.columns.push_back(column_of(variable, task.at, task.worst, header));
    const auto before = question.columns.size();
    for (const auto& part : task.shown) {
      const auto more =
          found(variable, task.at, header, [&] { return find_columns(header, part); });
      question.columns.insert(question.columns.end(), more.begin(), more.end());
    }
    question.shown.push_back(question.columns.size() - before);
  }
}

}  // namespace

Question bind(const StudyQuestion& variable, const Header& header) {
  Question question;
  question.name = variable.name;
  question.study = &variable;
  if (variable.kind == StudyKind::multiple) {
    question.kind = variable.form == MultipleForm::flags    ? QuestionKind::flags
                    : variable.form == MultipleForm::joined ? QuestionKind::joined
                                                            : QuestionKind::spread;
  } else if (variable.kind == StudyKind::number) {
    question.kind = QuestionKind::number;
  }
  if (variable.derived()) {
    if (question.kind == QuestionKind::flags) name_options(variable, header, question);
    return question;
  }
  if (variable.kind == StudyKind::maxdiff) {
    bind_tasks(variable, header, question);
    return question;
  }
  switch (question.kind) {
    case QuestionKind::flags:
      bind_flags(variable, header, question);
      break;
    case QuestionKind::joined:
      bind_joined(variable, header, question);
      break;
    case QuestionKind::spread:
      bind_listed(variable, header, question);
      break;
    case QuestionKind::single:
    case QuestionKind::number:
      bind_one(variable, header, question);
      break;
  }
  return question;
}

}  // namespace sondeo
