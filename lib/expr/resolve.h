// SPDX-License-Identifier: MIT
// Names and answers of an expression, as a study means them: labels become codes. Knows what a
// question is only through the description given here.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expr.h"

namespace sondeo {

// One answer of a coded question.
struct ExprCode {
  std::string code;                 // as it stands in the data
  std::vector<std::string> labels;  // in any number of languages
  bool missing = false;             // declared no answer: don't know, refused, ...
};

struct ExprQuestion {
  std::string name;
  std::vector<ExprCode> codes;  // none: a question of numbers, texts or dates
  bool several = false;         // select-all: any(q, ...) takes its options' codes or labels
  bool others = false;          // answers that are none of the codes occur too (a labelled scale)
  std::string date_format;      // how date(q) reads its cells unless it says so itself; "": ISO
};

// What an expression may name.
struct ExprScope {
  // The question of that name, or nullptr. Columns of the file that are no questions, if they may
  // be named, are questions without codes. The pointer must last until resolve_expr returns.
  std::function<const ExprQuestion*(const std::string& name)> find;
  std::vector<std::string> names;  // of all questions, for "did you mean"
  // The items of a question that is asked about several things and has an answer to each; none for
  // any other name. May be empty: then there is no such question.
  std::function<std::vector<std::string>(const std::string& name)> items = {};
};

// `expr`, parsed from `source`, in the words of the data. Where a coded question is compared with a
// literal (=, !=, <, <=, >, >=, in, ranges, any()):
//   - a text is, in this order, a label in any language or a code, exactly but for trim(); a label
//     folded in case, if that leaves one code; a code as a number ('1.0' is the code 1);
//   - a number is a code, as a number (1 is the code '1.0'), else a label ("18");
//   - it is replaced by the code: as a number if the code is one and no other code is the same
//     number, else as text;
//   - with = and != and as an item of `in` or any() of a question with one answer, a code declared
//     missing makes this comparison one of the raw cell: q = 9 becomes text(q) = 9, and
//     q in (1, 9) becomes q in (1) or text(q) in (9), since q itself is missing there;
//   - comparisons in size (< <= > >= and ranges) are by codes as numbers: numbers stand as they
//     are, whether there is such a code or not; a label must have a code that is a number.
// date(q) takes on the format of the question. Columns (#12) and text(q) stay as they are.
// Throws Error, its place {what, 1, column in characters} as parse_expr does:
//   [unknown-question] a name that the scope does not have, with the nearest one; [several-items] a
//   question that has items;
//   [unknown-answer] a literal that is neither label nor code (unless `others`), with the nearest
//   label; [ambiguous-answer] a label of two codes; [expr-type] a label without a number, or a
//   missing one, in a comparison in size, and contains() or matches() of a coded question.
Expr resolve_expr(const Expr& expr, const ExprScope& scope, std::string_view source,
                  const std::string& what = "--where");

}  // namespace sondeo
