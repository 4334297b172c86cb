// SPDX-License-Identifier: MIT
// Who counts as 100 % in a table, and how that is told.
#pragma once

#include <string>
#include <string_view>

#include "codebook/question.h"
#include "tabulate/cells.h"

namespace sondeo {

// Those with an answer, those who were asked, or everybody the filter kept.
enum class Base {
  automatic,  // what the study says; else select-all asked, others answered
  asked,
  answered,
  all
};

// The base of one question: what was asked for, else what its study says, else what is usual.
class BaseRule {
 public:
  // `asked` is the expression of --asked as printed back, or "". The question stays the caller's.
  BaseRule(const Question& question, Base base, std::string asked);

  // Whether respondents with such an answer are in the base.
  bool holds(AnswerKind kind) const;
  // Select-all questions have one key of these for every respondent besides those of the options.
  bool counts_respondents(AnswerKind kind) const;
  // The base in words, by who is there (`total` has one column).
  std::string text(const Cells& total, std::string_view language) const;

 private:
  const Question& question_;
  std::string asked_;
  Base base_;
  bool missing_leave_ = false;  // of those asked, the ones whose answer is missing are not the base
};

}  // namespace sondeo
