// SPDX-License-Identifier: MIT
#include "cli/request_builder.h"

#include <algorithm>

#include "base/text.h"
#include "codebook/bind.h"
#include "data/question_coders.h"

namespace sondeo {
namespace {

bool is_quoted(const std::string& name) {
  return name.size() > 1 && name.front() == '`' && name.back() == '`';
}

std::string unquoted(const std::string& name) {
  if (!is_quoted(name)) return name;
  std::string text;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    text += name[i];
    if (name[i] == '`') ++i;  // the backquote that doubles it
  }
  return text;
}

const char* kind_name(StudyKind kind) {
  switch (kind) {
    case StudyKind::date:
      return "a date";
    case StudyKind::text:
      return "open text";
    case StudyKind::id:
      return "an id";
    default:
      return "a weight";
  }
}

void check_countable(const StudyQuestion& variable) {
  if (is_countable(variable)) return;
  throw Error(
      "not-countable",
      "'" + excerpt(variable.name) + "' is " + kind_name(variable.kind) + " and cannot be counted",
      variable.kind == StudyKind::weight ? "use it as one: --weight " + variable.name
      : variable.kind == StudyKind::date
          ? "derive a number or bands from it in the study, and count those"
          : "");
}

}  // namespace

RequestBuilder::RequestBuilder(StudyInput& input, std::vector<Question> defined, bool numbers)
    : input_(input), defined_(defined.size()), numbers_(numbers) {
  request.questions = std::move(defined);
  for (const auto& each : input.variables) variables_.emplace(each.name, &each);
}

const StudyQuestion* RequestBuilder::variable(const std::string& name) {
  const auto found = variables_.find(name);
  return found == variables_.end() ? nullptr : found->second;
}

std::vector<std::size_t> RequestBuilder::questions_of(const std::string& argument) {
  const auto name = unquoted(argument);
  if (const auto found = find_defined(name); found < defined_) return {found};
  if (const auto* variable = this->variable(name)) {
    check_countable(*variable);
    return {bound(*variable)};
  }
  std::vector<std::size_t> result;
  for (const auto* item : items_of(input_, name)) result.push_back(bound(*item));
  if (!result.empty()) return result;
  const bool pattern = argument.find_first_of("*?") != std::string::npos && !is_quoted(argument) &&
                       !is_column(argument);
  if (pattern && input_.study) {
    for (const auto& variable : input_.variables) {
      if (glob_match(argument, variable.name) && is_countable(variable))
        result.push_back(bound(variable));
    }
    if (!result.empty()) return result;
  }
  if (input_.study && !pattern && !is_column(argument)) refuse_name(name);
  const auto columns = pattern ? find_columns(input_.header, argument)
                               : std::vector<std::size_t>{find_column(input_.header, argument)};
  for (const auto column : columns)
    result.push_back(
        column_question(column, numbers_ ? QuestionKind::number : QuestionKind::single));
  return result;
}

std::vector<std::size_t> RequestBuilder::all_questions() {
  std::vector<std::size_t> result;
  for (const auto& variable : input_.variables) {
    if (is_countable(variable)) result.push_back(bound(variable));
  }
  return result;
}

std::size_t RequestBuilder::banner_variable(const std::string& name) {
  if (const auto found = find_defined(unquoted(name)); found < defined_) return found;
  if (const auto* variable = this->variable(unquoted(name))) {
    check_countable(*variable);
    if (variable->kind == StudyKind::maxdiff) {
      throw Error("banner", "'" + excerpt(name) + "' counts choices and heads no columns");
    }
    return bound(*variable);
  }
  if (!items_of(input_, unquoted(name)).empty()) {
    throw Error("banner", "'" + excerpt(name) + "' has several items; a banner takes one of them",
                "for example " + items_of(input_, unquoted(name))[0]->name);
  }
  if (input_.study && !is_column(name)) refuse_name(unquoted(name));
  return column_question(find_column(input_.header, name), QuestionKind::single);
}

std::vector<std::size_t> RequestBuilder::add_names_of(const Expr& expr) {
  std::vector<std::size_t> named;
  for (const auto& name : names_of(expr)) {
    if (name.kind != ExprKind::name || find_defined(name.text) < defined_) continue;
    if (const auto* variable = this->variable(name.text)) named.push_back(bound(*variable));
  }
  return named;
}

std::size_t RequestBuilder::add_axis(Axis axis) {
  const auto [known, fresh] =
      axes_.try_emplace({axis.questions, axis.overlaps}, request.axes.size());
  if (fresh) request.axes.push_back(std::move(axis));
  return known->second;
}

std::size_t RequestBuilder::find_defined(const std::string& name) const {
  std::size_t i = 0;
  while (i < defined_ && request.questions[i].name != name) ++i;
  return i;
}

std::size_t RequestBuilder::bound(const StudyQuestion& variable) {
  const auto known = bound_.find(&variable);
  if (known != bound_.end()) return known->second;
  // What it depends on must be there too: names in expressions are questions of the study first.
  std::vector<const StudyQuestion*> open{&variable};
  while (!open.empty()) {
    const auto* next = open.back();
    open.pop_back();
    if (!bound_.emplace(next, request.questions.size()).second) continue;
    request.questions.push_back(bind(*next, input_.header));
    for (const auto& name : names_used(*next)) {
      if (const auto* other = this->variable(name)) open.push_back(other);
    }
  }
  return bound_.at(&variable);
}

std::size_t RequestBuilder::column_question(std::size_t column, QuestionKind kind) {
  const auto [known, fresh] = by_column_.try_emplace({column, kind}, request.questions.size());
  if (!fresh) return known->second;
  Question question;
  if (column_names_.empty()) column_names_ = column_names(input_.header);
  question.name = column_names_[column];
  question.kind = kind;
  question.columns = {column};
  request.questions.push_back(std::move(question));
  return known->second;
}

bool RequestBuilder::is_column(const std::string& name) const {
  return name.starts_with("#") || names_column(input_.header, unquoted(name));
}

void RequestBuilder::refuse_name(const std::string& name) const {
  std::vector<std::string> names;
  for (const auto& question : input_.study->questions) names.push_back(question.name);
  for (const auto& variable : input_.variables) names.push_back(variable.name);
  const auto close = nearest(name, names);
  std::string hint;
  if (!close.empty()) {
    hint = "did you mean '" + excerpt(close) + "'?";
  } else {
    for (const auto& question : input_.study->questions) {
      if (hint.size() > 200) break;
      hint += (hint.empty() ? "the questions are " : ", ") + excerpt(question.name, 24);
    }
    if (hint.size() > 200) hint += ", …";
  }
  throw Error(Place{input_.study->file}, "unknown-question",
              "there is no question '" + excerpt(name) + "'", hint);
}

}  // namespace sondeo
