// SPDX-License-Identifier: MIT
// The questions of a data file: which columns they stand in, and what counts as an answer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/header.h"

namespace sondeo {

struct StudyQuestion;

enum class QuestionKind {
  single,  // one column, one answer
  number,  // one column of numbers
  flags,   // select-all: one column per option, ticked or not
  joined,  // select-all: one column whose cells hold several answers joined by a separator
  spread,  // select-all: several columns, each holding any answer of one list
};

struct Question {
  std::string name;
  QuestionKind kind = QuestionKind::single;
  std::vector<std::size_t> columns;       // positions in the file, from 0
  std::vector<std::string> option_names;  // flags: what each column is called
  std::string separator;                  // joined
  std::vector<std::string> long_options;  // joined: answers that may contain the separator
  // What the study says of it (codes, missing kinds, how it is made); of the caller's, who keeps it
  // as long as this. nullptr: the question is of a bare file.
  const StudyQuestion* study = nullptr;
  std::vector<std::string> option_labels = {};  // flags: what the header says of each, or ""
  // Maxdiff: of each task, how many columns (after those of the best and the worst) say what was
  // shown.
  std::vector<std::size_t> shown = {};

  bool several() const { return kind != QuestionKind::single && kind != QuestionKind::number; }
};

// Which cell texts are answers. Texts are compared after trim_blanks().
struct AnswerRules {
  std::vector<std::string> missing;   // no answer
  bool keep_empty = false;            // an empty cell is an answer like any other
  std::vector<std::string> ticked;    // flags: chosen are exactly these; or, if none are given,
  std::vector<std::string> unticked;  // everything but these (and empty cells, unless "" is one of
                                      // these: then an empty cell is an option not chosen)
};

// What flags count as not chosen when nothing is said, lower case.
const std::vector<std::string>& usual_unticked();

// 'NAME=COLUMNS' of --multi (kind flags) or --spread. Throws Error [usage] and as find_columns.
Question question_of_columns(const Header& header, std::string_view definition, QuestionKind kind);

// Whether answers of the variable can be counted (or averaged): not dates, open texts, ids and
// weights.
bool is_countable(const StudyQuestion& variable);

}  // namespace sondeo
