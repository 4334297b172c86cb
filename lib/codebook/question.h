// SPDX-License-Identifier: MIT
// The questions of a data file: which columns they stand in, and what counts as an answer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

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

// The header of a file, and what messages call it.
struct Header {
  std::string file;
  std::size_t line = 1;
  std::vector<std::string> names;
};

// The column called `name`: a header text, or in backquotes, or #12. Throws Error [unknown-column]
// with the nearest name, [ambiguous-column] with both positions if the text stands twice.
std::size_t find_column(const Header& header, std::string_view name);

// The columns of a comma list of names, `backquoted names`, #7, ranges #7-#31 and a-b of neighbours
// in the file, and patterns with * and ?. In the order given; a column that comes twice is refused.
// Throws as find_column, and Error [no-columns] for a pattern that fits none.
std::vector<std::size_t> find_columns(const Header& header, std::string_view list);

// What an option column is called: its header text, or #12 where that is empty or not unique.
std::string column_name(const Header& header, std::size_t column);

// 'NAME=COLUMNS' of --multi (kind flags) or --spread. Throws Error [usage] and as find_columns.
Question question_of_columns(const Header& header, std::string_view definition, QuestionKind kind);

}  // namespace sondeo
