// SPDX-License-Identifier: MIT
// Coded answers, nets, filters and derived numbers as cells of new columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/filter.h"
#include "data/question_coders.h"
#include "layout/append.h"

namespace sondeo {

// What a new column holds. An empty cell where there is no answer, or where nobody was asked.
enum class NewColumnKind {
  answer,  // the code (or label) of a question with one answer; a number in the file's own marks
  option,  // 1 if an option of a select-all question is chosen, else 0
  net,     // 1 if one of the net's answers was given, else 0
  filter,  // 1 if the condition is true, 0 if it is not, empty if it is unknown
  number,  // the value of an expression
};

struct NewColumn {
  std::string name;
  NewColumnKind kind = NewColumnKind::answer;
  std::size_t question = 0;  // in the plan's questions
  std::string text;          // option: its code; net: its name
  std::optional<Expr> expr;  // filter, number: resolved
};

// What all threads share; must outlive the cells.
struct NewColumnPlan {
  std::vector<Question> questions;  // of a study, bound, with all that they depend on
  std::vector<std::size_t> needed;  // of these, the ones that columns or expressions need
  std::vector<NewColumn> columns;
  Header header;
  CodingContext context;
  std::optional<std::string> labels;  // this language's labels instead of codes
};

class DerivedCells : public NewCells {
 public:
  explicit DerivedCells(const NewColumnPlan& plan);
  void take(const Block& block) override;
  void append(std::size_t row, std::size_t column, TextBuffer& out) override;

  // Rows in which an expression of a new column met a cell that is no number, or no date.
  std::uint64_t not_numbers() const;
  std::uint64_t not_dates() const;
  StudyCoder::LeftOut left_out(std::size_t question) const { return coders_.left_out(question); }

 private:
  struct Column {
    std::vector<std::string> texts;  // answer: by code, as far as they have come
    std::vector<std::int8_t> held;   // option, net: by code, -1 not known yet
    std::optional<Filter> filter;
    std::vector<double> values;
  };
  std::string text_of(const NewColumn& column, std::uint32_t code) const;
  std::int8_t holds(const NewColumn& column, std::uint32_t code) const;
  std::string number_text(double value) const;

  const NewColumnPlan& plan_;
  QuestionCoders coders_;
  std::vector<Column> columns_;
};

}  // namespace sondeo
