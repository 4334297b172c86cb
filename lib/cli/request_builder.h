// SPDX-License-Identifier: MIT
// Collects the questions and axes of a count from names: of a study, of the command line, or of
// columns. The same question is asked for only once.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cli/study_input.h"
#include "tabulate/count.h"

namespace sondeo {

class RequestBuilder {
 public:
  // `defined` are questions made on the command line; they come before all others of that name.
  // `numbers`: columns that no study describes are numbers. The input must be open and outlive the
  // builder and the request.
  RequestBuilder(StudyInput& input, std::vector<Question> defined, bool numbers);

  // The questions that an argument names: one, those that a pattern fits, or the items of a grid.
  // Throws Error [unknown-question] with the nearest of the study, [not-countable], and as
  // find_columns() does.
  std::vector<std::size_t> questions_of(const std::string& argument);
  // All of a study that can be counted.
  std::vector<std::size_t> all_questions();
  // A question that can head columns.
  std::size_t banner_variable(const std::string& name);
  // The questions of the study that an expression names; they are added with all that they depend
  // on.
  std::vector<std::size_t> add_names_of(const Expr& expr);

  // A variable that the study does not list, made from those that it does; the caller keeps it.
  std::size_t add_made(const StudyQuestion& variable) { return bound(variable); }

  std::size_t add_axis(Axis axis);

  CountRequest request;

 private:
  std::size_t find_defined(const std::string& name) const;
  std::size_t bound(const StudyQuestion& variable);
  std::size_t column_question(std::size_t column, QuestionKind kind);
  bool is_column(const std::string& name) const;
  [[noreturn]] void refuse_name(const std::string& name) const;

  StudyInput& input_;
  std::size_t defined_;  // that many questions at the front
  bool numbers_;
  const StudyQuestion* variable(const std::string& name);
  std::unordered_map<std::string, const StudyQuestion*> variables_;  // by name
  std::unordered_map<const StudyQuestion*, std::size_t> bound_;
  std::map<std::pair<std::size_t, QuestionKind>, std::size_t> by_column_;
  std::vector<std::string> column_names_;  // when the first is needed
  std::map<std::pair<std::vector<std::size_t>, bool>, std::size_t> axes_;
};

}  // namespace sondeo
