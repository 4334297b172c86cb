// SPDX-License-Identifier: MIT
// The codebook as a reader sees it: questions, answers with their codes and how many gave them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/question.h"
#include "codebook/study.h"
#include "tabulate/cells.h"

namespace sondeo {

enum class BookRole { answer, missing, net };

struct BookAnswer {
  std::string code;
  std::string label;
  BookRole role = BookRole::answer;
  MissingKind missing = MissingKind::none;  // why it is no answer
  bool in_base = false;                     // missing, yet part of the base
  bool listed = true;                       // false: the data have it, the study does not
  int indent = 0;                           // below nets
  std::optional<double> score;
  std::uint64_t n = 0;  // respondents, unweighted; of maxdiff questions, times
};

// Of a question of numbers, unweighted.
struct BookNumbers {
  std::uint64_t n = 0;
  std::optional<double> least;  // absent if the values were too many to be told apart
  double mean = 0;
  std::optional<double> most;
};

struct BookQuestion {
  std::string name;
  std::string parent;        // the grid (or rank, allocation) that it is an item of
  std::string parent_text;   // its wording, and
  std::string parent_label;  // its short title, if it says something else
  std::string item;          // what this item asks about
  StudyKind kind = StudyKind::single;
  std::string text;
  std::string label;                 // short title, if it says something else
  std::vector<std::string> columns;  // as the study names them
  std::string asked;                 // the routing as an expression, or ""
  std::string asked_text;            // and in words
  std::string made;                  // derived: from what, as an expression, or ""
  std::vector<BookAnswer> answers;
  std::optional<BookNumbers> numbers;
  // Respondents by what became of the question; nothing where it was not counted (open texts,
  // dates, ids, weights, columns that the data do not have).
  struct Counts {
    std::uint64_t answered = 0;
    std::uint64_t none_chosen = 0;  // select-all: asked, and no option chosen
    std::uint64_t no_answer = 0;
    std::uint64_t not_asked = 0;
  };
  std::optional<Counts> counts;
};

struct Book {
  std::string name;
  std::string title;
  std::vector<std::string> notes;
  std::string language = "en";
  bool synthetic = false;
  std::string weight;  // the default one with how it was made, or ""
  std::uint64_t respondents = 0;
  std::vector<BookQuestion> questions;
};

// As people count them: a question with several items is one.
std::size_t question_count(const Book& book);

// What the study says of the variable, with the counts of its cells by everybody (unweighted), or
// without if `cells` is nullptr. `question` is the variable, bound.
BookQuestion book_question(const Question& question, const Cells* cells, std::string_view language);

// The word of the study file for a kind, a kind of no answer: "single", "dont_know" ("" for none).
std::string_view kind_word(StudyKind kind);
std::string_view missing_word(MissingKind kind);

}  // namespace sondeo
