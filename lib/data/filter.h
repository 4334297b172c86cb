// SPDX-License-Identifier: MIT
// Evaluates an expression for the rows of a block: on distinct cell texts where it can.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "codebook/question.h"
#include "data/answers.h"
#include "data/block.h"
#include "expr/expr.h"

namespace sondeo {

enum class Truth : std::uint8_t { no, yes, unknown };

// Questions that an expression may name besides columns (select-all questions, and all of a study),
// each with the coder that has coded the block at hand. Those of a study that are not coded (dates,
// open texts) have none: their name means their column.
struct FilterQuestion {
  const Question* question = nullptr;
  const AnswerCoder* coder = nullptr;
};

// Whether an expression may name it: other questions go by their column.
bool is_named(const Question& question);

// An expression bound to a file. One per thread.
class Filter {
 public:
  // Binds names: a question by its name, else a column. A question of a study with one answer has
  // the value of its code (a number, if it is one of numbers), and text() of it is its code, also
  // where that counts as missing. Throws Error [unknown-column], [ambiguous-column], [expr-type] (a
  // select-all question where one answer is needed). The arguments must outlive the filter.
  Filter(const Expr& expr, const Header& header, const std::vector<FilterQuestion>& questions,
         const CodingContext& context);
  Filter(Filter&&) noexcept;
  ~Filter();

  // truths[row] for every row of the block, whose questions have been coded. Of a condition: throws
  // Error [expr-type] if the expression is a value.
  void evaluate(const Block& block, std::vector<Truth>& truths);

  // The same for an expression of parse_value: values[row] is its number, NaN where it is missing
  // (a cell that is missing or no number, x / 0). A condition gives 1, 0, and NaN if unknown.
  void evaluate_number(const Block& block, std::vector<double>& values);

  // Rows for which a cell was needed as a number (in a sum, a function, a comparison in size) but
  // is none, and as a date but is none. What needs it is missing or unknown there.
  std::uint64_t not_numbers() const;
  std::uint64_t not_dates() const;

 private:
  struct Node;
  struct Binding;
  std::unique_ptr<Binding> binding_;
};

// The questions (see is_named) that the expression names, as positions in `questions`.
std::vector<std::size_t> questions_in(const Expr& expr, const std::vector<Question>& questions);

}  // namespace sondeo
