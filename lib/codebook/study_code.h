// SPDX-License-Identifier: MIT
// What the answers of a question are: texts in several languages, codes, missing kinds, nets,
// items.
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

// Where a row stays when rows are sorted by size.
enum class Pin { none, first, last };

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
  Pin pin = Pin::none;
  Place at;
};

// Several answers together; a respondent counts once. Members are codes or names of other nets.
struct StudyNet {
  std::string name;  // no code and no other net of the question is called so
  Texts label;
  std::vector<std::string> of;
  Pin pin = Pin::none;
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
  Pin pin = Pin::none;
  Place at;
};

}  // namespace sondeo
