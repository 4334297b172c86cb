// SPDX-License-Identifier: MIT
// A question as the study file describes it: wording and codes in several languages, missing kinds,
// nets, routing, and how derived variables are made. A value; it knows no data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "expr/expr.h"

namespace sondeo {

// A text in several languages, in the order of the file. A plain string has the language "".
struct Texts {
  std::vector<std::pair<std::string, std::string>> by_language;

  bool empty() const { return by_language.empty(); }
  // In that language; else the plain one, else the first; "" if there is none.
  const std::string& in(std::string_view language) const;
  bool operator==(const Texts& other) const = default;
};

enum class MissingKind { none, not_asked, dont_know, refused, skipped };

// One answer of a closed list.
struct StudyCode {
  std::string code;                 // the stable id; cells hold it, unless `values` says otherwise
  Texts label;                      // empty: the code is shown
  std::vector<std::string> values;  // cell texts that mean this answer, instead of the code
  std::optional<double> score;      // for means
  MissingKind missing = MissingKind::none;
  bool in_base = false;      // missing, yet part of the base: a row like the others, without score
  std::string column;        // multiple over flag columns: the column that is ticked for it
  std::optional<Expr> when;  // derived: for whom it holds
  Place at;
};

// Several answers together; a respondent counts once. Members are codes or names of other nets.
struct StudyNet {
  std::string name;  // no code and no other net of the question is called so
  Texts label;
  std::vector<std::string> of;
  Place at;
};

// The percentage of some answers less that of others, such as a net promoter score. Members are
// codes, nets or boxes; no answer is on both sides.
struct StudyDifference {
  std::string name;  // no code and no net of the question is called so
  Texts label;
  std::vector<std::string> plus;
  std::vector<std::string> minus;
  Place at;
};

// A part of a grid, rank or allocation question: a variable of its own.
struct StudyItem {
  std::string name;    // unique among all questions and items
  std::string column;  // "": the name
  Texts label;
  Place at;
};

enum class StudyKind {
  single,      // one answer of a list
  multiple,    // any number of answers of a list
  scale,       // one answer of an ordered list with scores
  grid,        // several items with one list
  number,      // a number
  rank,        // items, each with its place (1, 2, ...)
  allocation,  // items, each with its part of a whole (a number)
  date,
  text,    // open answers
  id,      // identifies the respondent
  weight,  // what the respondent stands for
};

// A number cut into bands [cuts[0], cuts[1]), ..., [last, infinity).
struct StudyBands {
  std::string of;
  std::vector<double> cuts;  // rising
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
