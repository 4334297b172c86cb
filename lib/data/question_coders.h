// SPDX-License-Identifier: MIT
// The coders of a set of questions and of all that these depend on, in the order of dependence.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codebook/question.h"
#include "data/answers.h"
#include "data/filter.h"
#include "data/study_coder.h"

namespace sondeo {

// The names in the expressions of a question (its routing, its codes, its value) and the questions
// it is made of: each once. They are questions of the study or columns of the file.
std::vector<std::string> names_used(const StudyQuestion& question);

// Codes questions block by block, in one thread.
class QuestionCoders {
 public:
  // `needed` are positions in `questions`; those that they depend on (by name) are coded too. The
  // arguments must outlive the coders. Throws Error [study-reference] if questions depend on each
  // other in a circle, and as the filters and coders do.
  QuestionCoders(const std::vector<Question>& questions, const std::vector<std::size_t>& needed,
                 const Header& header, const CodingContext& context);
  ~QuestionCoders();

  // Codes all rows of the block. Of several errors the first in the file is thrown.
  void code(const Block& block);

  // By question; null where it is not needed. Dates, open texts and the like have none.
  const std::vector<std::unique_ptr<AnswerCoder>>& coders() const { return coders_; }
  // What expressions may name, for filters over the same questions.
  const std::vector<FilterQuestion>& named() const { return named_; }
  // Of a question with routing.
  StudyCoder::LeftOut left_out(std::size_t question) const;

 private:
  struct Step;
  void add(std::size_t question, std::vector<int>& state);

  const std::vector<Question>& questions_;
  const Header& header_;
  const CodingContext& context_;
  std::vector<std::unique_ptr<AnswerCoder>> coders_;
  std::vector<FilterQuestion> named_;  // never moves: filters point into it
  std::vector<Step> steps_;
  std::unordered_map<std::string_view, std::size_t> places_;  // of named questions, the first each
  std::vector<std::size_t> step_of_;  // by question; steps_.size() and more: none
};

}  // namespace sondeo
