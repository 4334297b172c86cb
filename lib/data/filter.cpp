// SPDX-License-Identifier: MIT
#include "data/filter.h"

#include <cmath>
#include <optional>

#include "base/text.h"
#include "base/text_fold.h"
#include "data/filter_binding.h"

namespace sondeo {
namespace {

// The name has been taken out of its backquotes: `#12` in them is a header text, not a position.
std::string quoted_for_lookup(const std::string& name) {
  std::string quoted = "`";
  for (const char c : name) quoted += c == '`' ? std::string("``") : std::string(1, c);
  return quoted + "`";
}

// The one column, or the one coded question, that all of a node depends on.
struct OnlyName {
  std::optional<std::size_t> column;
  const FilterQuestion* question = nullptr;
  bool raw = false;   // the cell's own text of a question is asked for
  bool none = false;  // there are several, or a question of several columns

  bool found() const { return column.has_value() || question != nullptr; }
};

template <typename Node>
void find_only_name(const Node& node, OnlyName& only) {
  const auto kind = node.expr->kind;
  if (kind == ExprKind::name || kind == ExprKind::column) {
    if (node.single != nullptr) {
      only.none |= only.column || (only.question != nullptr && only.question != node.single);
      only.question = node.single;
    } else {
      only.none |= node.asked != nullptr || only.question != nullptr ||
                   (only.column && *only.column != node.column);
      only.column = node.column;
    }
  }
  only.raw |= kind == ExprKind::text_of;
  for (auto arg = node.args.begin(); arg != node.args.end() && !only.none; ++arg) {
    find_only_name(*arg, only);
  }
}

// A memo takes some kilobytes; a condition beyond these is worked out for every row.
constexpr std::size_t most_memos = 1000;

// Gives memos to the conditions that depend on one name, the outermost ones.
template <typename Node>
void memoize(Node& node, std::size_t& memos) {
  if (memos == most_memos) return;
  if (is_condition(node.expr->kind)) {
    OnlyName only;
    find_only_name(node, only);
    if (!only.none && !only.found()) return;
    if (!only.none && !(only.question != nullptr && only.raw)) {
      node.memo = std::make_unique<FilterMemo>();
      node.memo->column = only.column.value_or(0);
      node.memo->question = only.question;
      ++memos;
      return;
    }
  }
  for (auto& arg : node.args) memoize(arg, memos);
}

[[noreturn]] void refuse_several(const FilterQuestion& asked) {
  const auto name = excerpt(quote_name(asked.question->name));
  throw Error("expr-type", name + " is a select-all question and has no single answer",
              "ask for any(" + name + ", …) or count(" + name + ")");
}

}  // namespace

Filter::Node Filter::Binding::bind(const Expr& expr) const {
  Node node;
  node.expr = &expr;
  if (expr.kind == ExprKind::name || expr.kind == ExprKind::column) {
    bind_name(expr, node);
    return node;
  }
  if (expr.kind == ExprKind::date) node.date = parse_date(expr.text).value_or(DateTime());
  if (expr.kind == ExprKind::contains || expr.kind == ExprKind::matches) {
    node.pattern = fold_case(expr.args[1].text);
  }
  node.args.reserve(expr.args.size());
  for (const auto& arg : expr.args) node.args.push_back(bind(arg));
  const bool takes_several =
      expr.kind == ExprKind::any || expr.kind == ExprKind::count || expr.kind == ExprKind::missing;
  for (const auto& arg : node.args) {
    if (arg.asked != nullptr && !(takes_several && &arg == &node.args[0])) {
      refuse_several(*arg.asked);
    }
  }
  return node;
}

void Filter::Binding::bind_name(const Expr& expr, Node& node) const {
  if (expr.kind == ExprKind::column) {
    node.column =
        find_column(header, "#" + std::to_string(static_cast<unsigned long long>(expr.value)));
    return;
  }
  for (const auto& each : questions) {
    if (!is_named(*each.question) || each.question->name != expr.text) continue;
    if (each.coder == nullptr) {
      node.column = each.question->columns[0];
    } else if (each.coder->several()) {
      node.asked = &each;
    } else {
      node.single = &each;
    }
    return;
  }
  node.column = find_column(header, quoted_for_lookup(expr.text));
}

void Filter::Binding::begin_row() {
  texts_used = 0;
  not_numbers_before = not_numbers;
  not_dates_before = not_dates;
}

void Filter::Binding::end_row() {
  rows_not_numbers += not_numbers != not_numbers_before;
  rows_not_dates += not_dates != not_dates_before;
}

Filter::Filter(const Expr& expr, const Header& header, const std::vector<FilterQuestion>& questions,
               const CodingContext& context)
    : binding_(new Binding{header, questions, context, {}, 0, 0, 0, 0, {}, 0, 0, 0}) {
  binding_->root = binding_->bind(expr);
  if (binding_->root.asked != nullptr) refuse_several(*binding_->root.asked);
  std::size_t memos = 0;
  memoize(binding_->root, memos);
}
Filter::Filter(Filter&&) noexcept = default;
Filter::~Filter() = default;

void Filter::evaluate(const Block& block, std::vector<Truth>& truths) {
  auto& root = binding_->root;
  if (!is_condition(root.expr->kind)) {
    throw Error("expr-type", excerpt(print_expr(*root.expr)) + " is no condition");
  }
  truths.resize(block.rows);
  for (std::size_t row = 0; row < block.rows; ++row) {
    binding_->begin_row();
    truths[row] = binding_->truth(root, block, row);
    binding_->end_row();
  }
}

void Filter::evaluate_number(const Block& block, std::vector<double>& values) {
  auto& root = binding_->root;
  values.resize(block.rows);
  for (std::size_t row = 0; row < block.rows; ++row) {
    binding_->begin_row();
    auto& value = values[row];
    if (is_condition(root.expr->kind)) {
      const auto truth = binding_->truth(root, block, row);
      value = truth == Truth::unknown ? std::nan("") : truth == Truth::yes;
    } else if (!binding_->needed_number(binding_->operand(root, block, row), value)) {
      value = std::nan("");
    }
    binding_->end_row();
  }
}

std::uint64_t Filter::not_numbers() const { return binding_->rows_not_numbers; }
std::uint64_t Filter::not_dates() const { return binding_->rows_not_dates; }

bool is_named(const Question& question) { return question.several() || question.study != nullptr; }

std::vector<std::size_t> questions_in(const Expr& expr, const std::vector<Question>& questions) {
  std::vector<std::size_t> found;
  for (const auto& name : names_of(expr)) {
    for (std::size_t i = 0; i < questions.size(); ++i) {
      if (name.kind == ExprKind::name && is_named(questions[i]) && questions[i].name == name.text) {
        found.push_back(i);
      }
    }
  }
  return found;
}

}  // namespace sondeo
