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
  std::vector<std::string> option_labels = {};  // flags: what the header says of each, or ""

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

// The header of a file, and what messages call it. Where it has several rows, exports write a
// question once, over the first of its columns, and below it what each of them holds: a column
// whose text in the first row is empty, or the same again, belongs to the question to its left.
struct Header {
  std::string file;
  std::size_t line = 1;                              // of the first row
  std::vector<std::string> names;                    // the first row
  std::vector<std::vector<std::string>> below = {};  // the other rows, as long as the first
};

// The column called `name`: a text of the first header row, or else of the last; or in backquotes;
// or #12. A question of several columns is not one of them, unless the second row says that its
// first column is the answer itself ("Response"). Throws Error [unknown-column] with the nearest
// name, [ambiguous-column] with the positions if the text stands twice, [several-columns].
std::size_t find_column(const Header& header, std::string_view name);

// The columns of a comma list of names, `backquoted names`, #7, ranges #7-#31 and a-b of neighbours
// in the file, and patterns with * and ? (for texts of the first header row, or else of the last).
// A question of several columns stands for all of them. A list that is a name as a whole is one.
// In the order given; a column that comes twice is refused. Throws as find_column, and Error
// [no-columns] for a pattern that fits none.
std::vector<std::size_t> find_columns(const Header& header, std::string_view list);

// Whether a text of the first or the last header row is `name`, blanks around them aside.
bool names_column(const Header& header, std::string_view name);

// What find_column finds a column by: its header text, or #12 where that is empty or not unique.
std::string column_name(const Header& header, std::size_t column);

// What the second header row says of columns of questions of several columns; "" where it says
// nothing, and for other columns.
std::vector<std::string> option_labels(const Header& header,
                                       const std::vector<std::size_t>& columns);

// What columns are called as options of one question: by that text, if they have one and it is
// unique among them, else as column_name does.
std::vector<std::string> option_names(const Header& header,
                                      const std::vector<std::size_t>& columns);

// The header as one row: 'QUESTION: OPTION' for the columns of a question of several, otherwise the
// text of the first row, or the last where that is empty. Texts that are left out (of a second row
// below unique names, for example) are counted in `left_out`.
std::vector<std::string> one_row_names(const Header& header, std::size_t& left_out);

// 'NAME=COLUMNS' of --multi (kind flags) or --spread. Throws Error [usage] and as find_columns.
Question question_of_columns(const Header& header, std::string_view definition, QuestionKind kind);

}  // namespace sondeo
