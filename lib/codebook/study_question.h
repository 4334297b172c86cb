// SPDX-License-Identifier: MIT
// A question as the study file describes it: its kind, columns, answers, routing, and how derived
// variables are made. A value; it knows no data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codebook/study_code.h"

namespace sondeo {

enum class StudyKind {
  single,      // one answer of a list
  multiple,    // any number of answers of a list
  scale,       // one answer of an ordered list with scores
  grid,        // several items with one list
  number,      // a number
  rank,        // items, each with its place (1, 2, ...)
  allocation,  // items, each with its part of a whole (a number)
  date,
  text,     // open answers
  id,       // identifies the respondent
  weight,   // what the respondent stands for
  maxdiff,  // tasks: of the answers shown, the best and the worst
};

// A number cut into bands [cuts[0], cuts[1]), ..., [last, infinity).
struct StudyBands {
  std::string of;
  std::vector<double> cuts;  // rising
};

// A task of a maxdiff question: cells of two columns say which answer is best and which is worst of
// those shown, which stand in further columns, or are the same for everybody.
struct StudyTask {
  std::string best;
  std::string worst;
  std::vector<std::string> shown;  // columns: names, patterns, ranges as find_columns reads them
  std::vector<std::string> of;     // or codes
  Place at;
};

// How a multiple question stands in the file.
enum class MultipleForm { flags, joined, spread };

struct StudyQuestion {
  std::string name;
  std::string parent;  // in variables_of: the question that this is an item of, or ""
  Texts parent_label;  // and its label
  StudyKind kind = StudyKind::single;
  Texts text;                        // the wording that respondents saw
  Texts label;                       // a short title; empty: the text
  std::vector<std::string> columns;  // names, patterns, ranges as find_columns reads them; empty:
                                     // the column called like the question
  MultipleForm form = MultipleForm::flags;
  std::string separator = ";";        // joined
  std::vector<std::string> ticked;    // flags: as AnswerRules
  std::vector<std::string> unticked;  // flags
  std::string list;                   // codes, nets and boxes were taken from this list
  std::vector<StudyCode> codes;
  bool open_codes = false;         // answers that are not listed are answers too
  std::vector<StudyNet> nets;      // without those of `boxes`
  std::vector<std::string> boxes;  // "top2", "bottom2": nets by score, highest and lowest
  std::vector<StudyDifference> differences;
  std::vector<StudyItem> items;
  std::vector<StudyTask> tasks;              // maxdiff
  std::string item;                          // maxdiff in variables_of: the answer that it counts
  std::optional<double> total;               // allocation: what the parts add up to
  MissingKind empty = MissingKind::skipped;  // what an empty cell means
  std::optional<Expr> asked;                 // routing: who was asked; nothing: everybody
  Texts asked_text;                          // that base in words
  std::string base;                          // "", "asked", "answered", "all"
  std::optional<Expr> value;                 // derived number: how it is made
  std::optional<StudyBands> bands;           // derived: its codes come from cutting a number
  std::vector<std::string> cross;            // derived: its codes are combinations of other's
  std::optional<double> least, most;         // number: what is plausible
  Texts unit;                                // number: what it counts
  std::string format;                        // date
  Place at;

  // Made from other questions, not read from a column of its own.
  bool derived() const;
};

}  // namespace sondeo
