// SPDX-License-Identifier: MIT
// The fixed words of a codebook, by language.
#pragma once

#include <array>
#include <string_view>

#include "codebook/study_question.h"

namespace sondeo {

struct BookWords {
  std::string_view respondent;
  std::string_view respondents;
  std::string_view question;
  std::string_view questions;
  std::string_view weight;
  std::string_view counts_unweighted;  // told where there is a weight
  std::string_view column;
  std::string_view columns;
  std::string_view asked_of;
  std::string_view made_of;
  std::string_view code;
  std::string_view answer;
  std::string_view score;
  std::string_view not_listed;
  std::string_view in_base;
  std::string_view answered;
  std::string_view none_chosen;
  std::string_view no_answer;
  std::string_view not_asked;
  std::string_view least;
  std::string_view mean;
  std::string_view most;
  std::array<std::string_view, 12> kinds;   // by StudyKind
  std::array<std::string_view, 5> missing;  // by MissingKind
};

// English for languages that have none here.
const BookWords& book_words_of(std::string_view language);

}  // namespace sondeo
