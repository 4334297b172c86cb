// SPDX-License-Identifier: MIT
// Conditions of a filter.
#include "base/text.h"
#include "base/text_fold.h"
#include "data/filter_binding.h"

namespace sondeo {
namespace {

// A code whose truth has not been worked out yet.
constexpr auto not_known = static_cast<Truth>(3);

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

Truth negated(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

Truth decide(ExprKind kind, int order) {
  switch (kind) {
    case ExprKind::equal:
      return truth_of(order == 0);
    case ExprKind::not_equal:
      return truth_of(order != 0);
    case ExprKind::less:
      return truth_of(order < 0);
    case ExprKind::less_equal:
      return truth_of(order <= 0);
    case ExprKind::greater:
      return truth_of(order > 0);
    default:
      return truth_of(order >= 0);
  }
}

}  // namespace

Truth Filter::Binding::truth(Node& node, const Block& block, std::size_t row) {
  if (!node.memo) return work_out(node, block, row);
  if (node.memo->question != nullptr) return truth_of_code(node, block, row);
  auto& memo = *node.memo;
  const auto start = block.cell_start(row, memo.column);
  const auto size = block.ends[row * block.columns + memo.column] - start;
  const auto code = memo.texts.find(block.bytes + start, size);
  if (code != Dictionary::unknown) return memo.truths[code];
  const auto misread = not_numbers + not_dates;
  const auto result = work_out(node, block, row);
  // A cell that cannot be read is counted in every row, so it is not remembered.
  if (memo.truths.size() < most_categories && misread == not_numbers + not_dates) {
    memo.texts.add(block.bytes + start, size);
    memo.truths.push_back(result);
  }
  return result;
}

Truth Filter::Binding::truth_of_code(Node& node, const Block& block, std::size_t row) {
  auto& truths = node.memo->truths;
  const auto& coder = *node.memo->question->coder;
  const auto code = coder.codes()[row];
  // Not one value but many.
  if (coder.is_uncoded() && code == any_number) return work_out(node, block, row);
  if (code >= truths.size()) truths.resize(code + 1, not_known);
  if (truths[code] != not_known) return truths[code];
  const auto misread = not_numbers + not_dates;
  const auto result = work_out(node, block, row);
  if (misread == not_numbers + not_dates) truths[code] = result;
  return result;
}

Truth Filter::Binding::work_out(Node& node, const Block& block, std::size_t row) {
  switch (node.expr->kind) {
    case ExprKind::boolean:
      return truth_of(node.expr->value != 0);
    case ExprKind::logical_not:
      return negated(truth(node.args[0], block, row));
    case ExprKind::logical_and:
    case ExprKind::logical_or: {
      const auto decides = node.expr->kind == ExprKind::logical_and ? Truth::no : Truth::yes;
      bool unknown = false;
      for (auto& arg : node.args) {
        const auto each = truth(arg, block, row);
        if (each == decides) return decides;
        unknown |= each == Truth::unknown;
      }
      return unknown ? Truth::unknown : negated(decides);
    }
    case ExprKind::missing:
      if (node.args[0].asked != nullptr) return truth_of(not_asked(node.args[0], row));
      return truth_of(operand(node.args[0], block, row).missing);
    case ExprKind::any:
      return any(node, block, row);
    case ExprKind::in:
      return in(node, operand(node.args[0], block, row), block, row);
    case ExprKind::contains:
    case ExprKind::matches: {
      const auto value = operand(node.args[0], block, row);
      if (value.missing) return Truth::unknown;
      const auto text = fold_case(value.text);
      return truth_of(node.expr->kind == ExprKind::contains
                          ? text.find(node.pattern) != std::string::npos
                          : glob_match(node.pattern, text));
    }
    default:
      return compare(node.expr->kind, operand(node.args[0], block, row),
                     operand(node.args[1], block, row));
  }
}

bool Filter::Binding::not_asked(const Node& name, std::size_t row) {
  const auto& coder = *name.asked->coder;
  return coder.codes()[coder.offsets()[row]] > 1;
}

Truth Filter::Binding::any(Node& node, const Block& block, std::size_t row) {
  auto& name = node.args[0];
  if (name.asked == nullptr) {
    const auto value = operand(name, block, row);
    if (node.args.size() == 1) return truth_of(!value.missing);
    return in(node, value, block, row);
  }
  const auto& coder = *name.asked->coder;
  if (not_asked(name, row)) return Truth::unknown;
  if (node.args.size() == 1) return truth_of(coder.codes()[coder.offsets()[row]] == 0);
  node.chosen.resize(coder.size(), -1);
  const bool listed = name.asked->question->study != nullptr;
  const auto is_item = [&](std::string_view text) {
    Operand option;
    option.text = text;
    option.is_code = listed;
    return in(node, option, block, row) == Truth::yes;
  };
  for (auto i = coder.offsets()[row] + 1; i < coder.offsets()[row + 1]; ++i) {
    const auto code = coder.codes()[i];
    if (node.chosen[code] < 0) {
      const auto answer = coder.answer(code);
      node.chosen[code] = answer.kind == AnswerKind::category && is_item(answer.text) ? 1 : 0;
    }
    if (node.chosen[code] == 1) return Truth::yes;
    const auto& question = *name.asked->question;
    if (question.kind != QuestionKind::flags || listed) continue;
    // Or the text of its cell: of this row alone, since others need not agree.
    const auto text = text_at(block, row, question.columns[code - first_option]);
    if (names_option(text) && is_item(text)) return Truth::yes;
  }
  return Truth::no;
}

// Whether `value` is one of args[1..].
Truth Filter::Binding::in(Node& node, const Operand& value, const Block& block, std::size_t row) {
  if (value.missing) return Truth::unknown;
  for (std::size_t i = 1; i < node.args.size(); ++i) {
    auto& item = node.args[i];
    const bool found =
        item.expr->kind == ExprKind::range
            ? in_range(value, operand(item.args[0], block, row), operand(item.args[1], block, row))
            : compare(ExprKind::equal, value, operand(item, block, row)) == Truth::yes;
    if (found) return Truth::yes;
  }
  return Truth::no;
}

bool Filter::Binding::in_range(const Operand& value, const Operand& low,
                               const Operand& high) const {
  if (low.is_date && high.is_date) {
    return value.is_date && compare_dates(value.date, low.date) >= 0 &&
           compare_dates(value.date, high.date) <= 0;
  }
  if (low.is_number && high.is_number) {
    double number = 0;
    return number_of(value, number) && number >= low.number && number <= high.number;
  }
  return value.text >= low.text && value.text <= high.text;
}

Truth Filter::Binding::compare(ExprKind kind, const Operand& a, const Operand& b) {
  if (a.missing || b.missing) return Truth::unknown;
  if (a.is_date && b.is_date) return decide(kind, compare_dates(a.date, b.date));
  if (!a.is_number && !b.is_number) return decide(kind, a.text.compare(b.text));
  double x = 0;
  double y = 0;
  if (!number_of(a, x) || !number_of(b, y)) {
    if (kind == ExprKind::equal) return Truth::no;
    if (kind == ExprKind::not_equal) return Truth::yes;
    ++not_numbers;
    return Truth::unknown;
  }
  return decide(kind, x < y ? -1 : x > y);
}

}  // namespace sondeo
