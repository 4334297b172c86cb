// SPDX-License-Identifier: MIT
#include "layout/derived_cells.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "codebook/nets.h"
#include "codebook/study.h"

namespace sondeo {
namespace {

bool is_member(const StudyQuestion& study, const std::string& net, const std::string& code) {
  const auto nets = nets_of(study);
  const auto members = net_codes(study, nets);
  for (std::size_t i = 0; i < nets.size(); ++i) {
    if (nets[i].name != net) continue;
    return std::any_of(members[i].begin(), members[i].end(),
                       [&](std::size_t member) { return study.codes[member].code == code; });
  }
  return false;
}

}  // namespace

DerivedCells::DerivedCells(const NewColumnPlan& plan)
    : plan_(plan), coders_(plan.questions, plan.needed, plan.header, plan.context) {
  for (const auto& column : plan.columns) {
    columns_.emplace_back();
    if (column.expr)
      columns_.back().filter.emplace(*column.expr, plan.header, coders_.named(), plan.context);
  }
}

void DerivedCells::take(const Block& block) {
  coders_.code(block);
  for (auto& column : columns_) {
    if (column.filter) column.filter->evaluate_number(block, column.values);
  }
}

std::string DerivedCells::text_of(const NewColumn& column, std::uint32_t code) const {
  const auto& question = plan_.questions[column.question];
  const auto answer = coders_.coders()[column.question]->answer(code);
  if (answer.kind != AnswerKind::category) return "";
  if (question.kind == QuestionKind::number) return number_text(answer.number);
  if (!plan_.labels) return answer.text;
  const auto& codes = question.study->codes;
  const auto listed = std::find_if(codes.begin(), codes.end(),
                                   [&](const auto& each) { return each.code == answer.text; });
  if (listed == codes.end()) return answer.text;
  const auto& label = listed->label.in(*plan_.labels);
  return label.empty() ? answer.text : label;
}

// What a code says about the column's option or net: 1 it is held, 0 it is not, 2 the respondent
// has no answer.
std::int8_t DerivedCells::holds(const NewColumn& column, std::uint32_t code) const {
  const auto& question = plan_.questions[column.question];
  const auto answer = coders_.coders()[column.question]->answer(code);
  switch (answer.kind) {
    case AnswerKind::missing:
    case AnswerKind::not_asked:
      return 2;
    case AnswerKind::net:
      return column.kind == NewColumnKind::net && answer.text == column.text;
    case AnswerKind::category:
      if (column.kind == NewColumnKind::option) return answer.text == column.text;
      return !question.several() && is_member(*question.study, column.text, answer.text);
    case AnswerKind::answered:
    case AnswerKind::asked:
    case AnswerKind::number:
      return 0;
  }
  return 0;
}

void DerivedCells::append(std::size_t row, std::size_t column, TextBuffer& out) {
  const auto& wanted = plan_.columns[column];
  auto& known = columns_[column];
  if (known.filter) {
    const auto value = known.values[row];
    if (std::isfinite(value)) out += number_text(value);
    return;
  }
  const auto& coder = *coders_.coders()[wanted.question];
  if (wanted.kind == NewColumnKind::answer) {
    const auto code = coder.codes()[row];
    while (known.texts.size() <= code)
      known.texts.push_back(text_of(wanted, static_cast<std::uint32_t>(known.texts.size())));
    out += known.texts[code];
    return;
  }
  auto begin = static_cast<std::uint32_t>(row);
  auto end = begin + 1;
  if (coder.several()) {
    begin = coder.offsets()[row];
    end = coder.offsets()[row + 1];
  }
  std::int8_t result = 0;
  for (auto i = begin; i < end; ++i) {
    const auto code = coder.codes()[i];
    if (code >= known.held.size()) known.held.resize(code + 1, -1);
    auto& held = known.held[code];
    if (held < 0) held = holds(wanted, code);
    result = std::max(result, held);
  }
  if (result != 2) out += result == 1 ? '1' : '0';
}

std::string DerivedCells::number_text(double value) const {
  auto text = shortest(value);
  const auto point = text.find('.');
  if (point != std::string::npos) text[point] = plan_.context.numbers.decimal;
  return text;
}

std::uint64_t DerivedCells::not_numbers() const {
  std::uint64_t count = 0;
  for (const auto& column : columns_) count += column.filter ? column.filter->not_numbers() : 0;
  return count;
}

std::uint64_t DerivedCells::not_dates() const {
  std::uint64_t count = 0;
  for (const auto& column : columns_) count += column.filter ? column.filter->not_dates() : 0;
  return count;
}

}  // namespace sondeo
