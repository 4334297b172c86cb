// SPDX-License-Identifier: MIT
// How a filter works inside; only filter*.cpp include this.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "data/dictionary.h"
#include "data/filter.h"

namespace sondeo {

// What an operand is in one row. A text may also be read as a number; a computed number has no
// text.
struct Operand {
  bool missing = false;
  bool is_number = false;  // a literal or computed number
  double number = 0;
  std::string_view text;
  bool is_date = false;
  DateTime date;
  bool is_code = false;  // the text is a code of a study: numbers are written with a point
};

// A truth that depends on one column alone, by the distinct texts of its cells; or on one coded
// question alone, by its codes.
struct FilterMemo {
  std::size_t column = 0;
  Dictionary texts;
  const FilterQuestion* question = nullptr;
  std::vector<Truth> truths;
};

struct Filter::Node {
  const Expr* expr = nullptr;
  std::vector<Node> args;
  std::size_t column = 0;                  // of a name
  const FilterQuestion* asked = nullptr;   // of a name that is a select-all question
  std::vector<std::int8_t> chosen;         // any, count: by option code: -1 not known yet, 0, 1
  const FilterQuestion* single = nullptr;  // of a name that is a coded question with one answer
  // Of it, by code, as far as they have come; kept where they are, since operands view their texts.
  std::vector<std::unique_ptr<const Answer>> answers;
  DateTime date;        // of a date literal
  std::string pattern;  // of contains and matches, its case folded
  std::unique_ptr<FilterMemo> memo;
};

struct Filter::Binding {
  const Header& header;
  const std::vector<FilterQuestion>& questions;
  const CodingContext& context;
  Node root;
  // Cells that could not be read as what was needed, and the rows in which there were some.
  std::uint64_t not_numbers = 0;
  std::uint64_t not_dates = 0;
  std::uint64_t rows_not_numbers = 0;
  std::uint64_t rows_not_dates = 0;
  // Texts of quoted or trimmed cells of the row at hand: views into them must last one row.
  std::deque<std::string> texts;
  std::size_t texts_used = 0;
  std::uint64_t not_numbers_before = 0;
  std::uint64_t not_dates_before = 0;

  // Around the evaluation of every row.
  void begin_row();
  void end_row();

  // filter.cpp: names become columns and questions.
  Node bind(const Expr& expr) const;
  void bind_name(const Expr& expr, Node& node) const;

  // filter_truth.cpp
  Truth truth(Node& node, const Block& block, std::size_t row);
  Truth truth_of_code(Node& node, const Block& block, std::size_t row);
  Truth work_out(Node& node, const Block& block, std::size_t row);
  Truth any(Node& node, const Block& block, std::size_t row);
  Truth in(Node& node, const Operand& value, const Block& block, std::size_t row);
  bool in_range(const Operand& value, const Operand& low, const Operand& high) const;
  Truth compare(ExprKind kind, const Operand& a, const Operand& b);
  // Whether select-all question `name` was neither answered nor seen with nothing chosen.
  static bool not_asked(const Node& name, std::size_t row);

  // filter_value.cpp
  Operand operand(Node& node, const Block& block, std::size_t row);
  Operand count(Node& node, const Block& block, std::size_t row);
  static double options_chosen(Node& node, std::size_t row);
  static const Answer& answer_of(Node& name, std::size_t row);
  // Whether a coded question's answer is a number without a code of its own.
  static bool is_uncoded(const Node& name, std::size_t row);
  std::string_view text_of(double number);
  Operand value_of(Node& name, std::size_t row);
  std::string_view raw_text(Node& name, const Block& block, std::size_t row);
  Operand arithmetic(Node& node, const Block& block, std::size_t row);
  Operand reduced(Node& node, const Block& block, std::size_t row);
  Operand date_in(Node& node, const Block& block, std::size_t row);
  Operand of_dates(Node& node, const Block& block, std::size_t row);
  std::string_view text_at(const Block& block, std::size_t row, std::size_t column);
  bool number_of(const Operand& operand, double& number) const;
  // The same where a number is needed: one that is missing or none (which counts) is refused.
  bool needed_number(const Operand& operand, double& number);
};

}  // namespace sondeo
