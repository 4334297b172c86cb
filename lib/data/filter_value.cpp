// SPDX-License-Identifier: MIT
// Values of a filter: what its operands are in a row.
#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "codebook/study_question.h"
#include "data/filter_binding.h"

namespace sondeo {
namespace {

Operand number_operand(double number) {
  Operand operand;
  operand.is_number = true;
  operand.number = number;
  operand.missing = !std::isfinite(number);
  return operand;
}

Operand text_operand(std::string_view text) {
  Operand operand;
  operand.text = text;
  return operand;
}

// A listed answer that is part of the base (don't know) is still none to compare with.
template <typename Node>
bool is_listed_missing(const Node& name, std::size_t row) {
  const auto& codes = name.single->question->study->codes;
  const auto code = name.single->coder->codes()[row];
  const bool number = name.single->question->kind == QuestionKind::number;
  return !number && code < codes.size() && codes[code].missing != MissingKind::none;
}

Operand missing_number() { return number_operand(std::nan("")); }

// Half away from zero on the decimal value, as tables round.
double round_to_whole(double value) { return parse_number(rounded(value, 0)).value_or(value); }

}  // namespace

std::string_view Filter::Binding::text_at(const Block& block, std::size_t row, std::size_t column) {
  const auto cell = block.cell(row, column);
  if (cell.empty() || cell.front() != '"') return trim_blanks(cell);
  if (texts_used == texts.size()) texts.emplace_back();
  auto& text = texts[texts_used++];
  text = cell_text(cell);
  return trim_blanks(text);
}

bool Filter::Binding::number_of(const Operand& operand, double& number) const {
  if (operand.is_number) {
    number = operand.number;
    return true;
  }
  const auto parsed =
      parse_number(operand.text, operand.is_code ? NumberFormat{} : context.numbers);
  if (parsed) number = *parsed;
  return parsed.has_value();
}

bool Filter::Binding::needed_number(const Operand& operand, double& number) {
  if (operand.missing) return false;
  const bool found = number_of(operand, number);
  not_numbers += !found;
  return found;
}

Operand Filter::Binding::operand(Node& node, const Block& block, std::size_t row) {
  const auto& expr = *node.expr;
  switch (expr.kind) {
    case ExprKind::number:
      return number_operand(expr.value);
    case ExprKind::text:
      return text_operand(expr.text);
    case ExprKind::name:
    case ExprKind::column: {
      if (node.single != nullptr) return value_of(node, row);
      auto cell = text_operand(text_at(block, row, node.column));
      cell.missing = is_missing(cell.text, context.rules);
      return cell;
    }
    case ExprKind::text_of:
      return text_operand(raw_text(node.args[0], block, row));
    case ExprKind::count:
      return count(node, block, row);
    case ExprKind::if_else: {
      const auto condition = truth(node.args[0], block, row);
      double number = 0;
      if (condition == Truth::unknown) return missing_number();
      auto& branch = node.args[condition == Truth::yes ? 1 : 2];
      return needed_number(operand(branch, block, row), number) ? number_operand(number)
                                                                : missing_number();
    }
    case ExprKind::min:
    case ExprKind::max:
    case ExprKind::sum:
    case ExprKind::mean:
      return reduced(node, block, row);
    case ExprKind::date:
    case ExprKind::date_of:
      return date_in(node, block, row);
    case ExprKind::days:
    case ExprKind::hours:
    case ExprKind::minutes:
    case ExprKind::seconds:
    case ExprKind::year:
    case ExprKind::month:
    case ExprKind::weekday:
      return of_dates(node, block, row);
    default:
      return arithmetic(node, block, row);
  }
}

Operand Filter::Binding::count(Node& node, const Block& block, std::size_t row) {
  auto& name = node.args[0];
  if (name.asked == nullptr) return number_operand(operand(name, block, row).missing ? 0 : 1);
  return not_asked(name, row) ? missing_number() : number_operand(options_chosen(node, row));
}

// Nets follow the options in the list and are none.
double Filter::Binding::options_chosen(Node& node, std::size_t row) {
  const auto& coder = *node.args[0].asked->coder;
  const auto& offsets = coder.offsets();
  std::size_t count = 0;
  for (auto i = offsets[row] + 1; i < offsets[row + 1]; ++i) {
    const auto code = coder.codes()[i];
    for (auto known = node.chosen.size(); known <= code; ++known) {
      const auto kind = coder.answer(static_cast<std::uint32_t>(known)).kind;
      node.chosen.push_back(kind == AnswerKind::category);
    }
    count += node.chosen[code] != 0;
  }
  return static_cast<double>(count);
}

const Answer& Filter::Binding::answer_of(Node& name, std::size_t row) {
  const auto& coder = *name.single->coder;
  const auto code = coder.codes()[row];
  while (name.answers.size() <= code) {
    const auto next = static_cast<std::uint32_t>(name.answers.size());
    name.answers.push_back(std::make_unique<const Answer>(coder.answer(next)));
  }
  return *name.answers[code];
}

bool Filter::Binding::is_uncoded(const Node& name, std::size_t row) {
  const auto& coder = *name.single->coder;
  return coder.is_uncoded() && coder.codes()[row] == any_number;
}

std::string_view Filter::Binding::text_of(double number) {
  if (texts_used == texts.size()) texts.emplace_back();
  return texts[texts_used++] = shortest(number);
}

Operand Filter::Binding::value_of(Node& name, std::size_t row) {
  if (is_uncoded(name, row)) {
    auto value = number_operand(name.single->coder->numbers()[row]);
    value.text = text_of(value.number);
    return value;
  }
  const auto& answer = answer_of(name, row);
  auto value = text_operand(answer.text);
  value.missing = answer.kind != AnswerKind::category || is_listed_missing(name, row);
  if (value.missing) return value;
  value.is_number = name.single->question->kind == QuestionKind::number;
  value.number = answer.number;
  value.is_code = !value.is_number;
  return value;
}

// Of a listed answer its code, also where that counts as missing. Who was not asked gave none,
// whatever the cell says.
std::string_view Filter::Binding::raw_text(Node& name, const Block& block, std::size_t row) {
  if (name.single == nullptr) return text_at(block, row, name.column);
  if (is_uncoded(name, row)) return text_of(name.single->coder->numbers()[row]);
  const auto& answer = answer_of(name, row);
  const auto& columns = name.single->question->columns;
  if (!answer.text.empty() || columns.empty()) return answer.text;
  const auto* study = name.single->question->study;
  if (study != nullptr && study->asked && answer.kind == AnswerKind::not_asked) return "";
  return text_at(block, row, columns[0]);
}

Operand Filter::Binding::arithmetic(Node& node, const Block& block, std::size_t row) {
  double values[2] = {0, 0};
  for (std::size_t i = 0; i < node.args.size() && i < 2; ++i) {
    if (!needed_number(operand(node.args[i], block, row), values[i])) return missing_number();
  }
  switch (node.expr->kind) {
    case ExprKind::negate:
      return number_operand(-values[0]);
    case ExprKind::add:
      return number_operand(values[0] + values[1]);
    case ExprKind::subtract:
      return number_operand(values[0] - values[1]);
    case ExprKind::multiply:
      return number_operand(values[0] * values[1]);
    case ExprKind::divide:
      return number_operand(values[0] / values[1]);
    case ExprKind::round:
      return number_operand(round_to_whole(values[0]));
    case ExprKind::floor:
      return number_operand(std::floor(values[0]));
    default:
      return number_operand(std::abs(values[0]));
  }
}

// min, max, sum, mean of the numbers that are there; missing if none is.
Operand Filter::Binding::reduced(Node& node, const Block& block, std::size_t row) {
  const auto kind = node.expr->kind;
  std::size_t count = 0;
  double result = 0;
  for (auto& arg : node.args) {
    double number = 0;
    if (!needed_number(operand(arg, block, row), number)) continue;
    if (++count == 1) {
      result = number;
    } else if (kind == ExprKind::min) {
      result = std::min(result, number);
    } else if (kind == ExprKind::max) {
      result = std::max(result, number);
    } else {
      result += number;
    }
  }
  if (count == 0) return missing_number();
  return number_operand(kind == ExprKind::mean ? result / static_cast<double>(count) : result);
}

Operand Filter::Binding::date_in(Node& node, const Block& block, std::size_t row) {
  Operand result;
  result.is_date = true;
  result.date = node.date;
  if (node.expr->kind == ExprKind::date) return result;
  const auto cell = operand(node.args[0], block, row);
  result.missing = cell.missing;
  if (cell.missing) return result;
  const auto date = parse_date(cell.text, node.expr->text);
  not_dates += !date;
  result.missing = !date;
  if (date) result.date = *date;
  return result;
}

Operand Filter::Binding::of_dates(Node& node, const Block& block, std::size_t row) {
  const auto first = operand(node.args[0], block, row);
  if (first.missing) return missing_number();
  if (node.args.size() == 1) {
    const auto day = calendar_day(first.date);
    return number_operand(node.expr->kind == ExprKind::year    ? day.year
                          : node.expr->kind == ExprKind::month ? day.month
                                                               : day.weekday);
  }
  const auto second = operand(node.args[1], block, row);
  if (second.missing) return missing_number();
  const auto milliseconds = static_cast<double>(milliseconds_between(first.date, second.date));
  switch (node.expr->kind) {
    case ExprKind::days:
      return number_operand(milliseconds / 86'400'000);
    case ExprKind::hours:
      return number_operand(milliseconds / 3'600'000);
    case ExprKind::minutes:
      return number_operand(milliseconds / 60'000);
    default:
      return number_operand(milliseconds / 1000);
  }
}

}  // namespace sondeo
