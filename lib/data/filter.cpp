// SPDX-License-Identifier: MIT
#include "data/filter.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <set>

#include "base/text.h"
#include "data/dictionary.h"

namespace sondeo {
namespace {

// What an operand is in one row. A text may also be read as a number; a computed number has no
// text.
struct Operand {
  bool missing = false;
  bool is_number = false;  // a literal or computed number
  double number = 0;
  std::string_view text;
  bool code = false;  // the text is a code of a study: numbers are written with a point
};

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

// A code whose truth has not been worked out yet.
constexpr auto no_memo = static_cast<Truth>(3);

Truth negated(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

}  // namespace

struct Filter::Node {
  const Expr* expr = nullptr;
  std::vector<Node> args;
  std::size_t column = 0;                  // of a name
  const FilterQuestion* asked = nullptr;   // of a name that is a select-all question
  std::vector<std::int8_t> chosen;         // any: by option code: -1 not known yet, 0, 1
  const FilterQuestion* single = nullptr;  // of a name that is a coded question with one answer
  std::deque<Answer> answers;              // of it, by code, as far as they have come

  // A truth that depends on one column alone is worked out once per distinct cell text.
  bool memoized = false;
  std::size_t memo_column = 0;
  Dictionary texts;
  std::vector<Truth> memo;
  // Or on one coded question alone: once per code (unset codes are `no_memo`).
  const FilterQuestion* memo_question = nullptr;
};

struct Filter::Binding {
  const Header& header;
  const std::vector<FilterQuestion>& questions;
  const CodingContext& context;
  Node root;
  std::uint64_t not_numbers = 0;  // comparisons of a cell that is none with a number
  std::uint64_t rows_of_them = 0;
  // Texts of quoted or trimmed cells of the row at hand: views into them must last one row.
  std::deque<std::string> texts;
  std::size_t texts_used = 0;

  Node bind(const Expr& expr) {
    Node node;
    node.expr = &expr;
    if (expr.kind == ExprKind::name || expr.kind == ExprKind::column) {
      bind_name(expr, node);
      return node;
    }
    for (const auto& arg : expr.args) node.args.push_back(bind(arg));
    const bool takes_several = expr.kind == ExprKind::any || expr.kind == ExprKind::count ||
                               expr.kind == ExprKind::missing;
    for (const auto& arg : node.args) {
      if (arg.asked != nullptr && !(takes_several && &arg == &node.args[0])) {
        const auto name = excerpt(arg.asked->question->name);
        throw Error("expr-type", "'" + name + "' is a select-all question and has no single answer",
                    "ask for any(" + name + ", …) or count(" + name + ")");
      }
    }
    memoize(node);
    return node;
  }

  void bind_name(const Expr& expr, Node& node) const {
    if (expr.kind == ExprKind::column) {
      node.column =
          find_column(header, "#" + std::to_string(static_cast<unsigned long long>(expr.value)));
      return;
    }
    for (const auto& each : questions) {
      if (!is_named(*each.question) || each.question->name != expr.text) continue;
      if (each.coder == nullptr)
        node.column = each.question->columns[0];
      else if (each.coder->several())
        node.asked = &each;
      else
        node.single = &each;
      return;
    }
    node.column = find_column(header, quoted_for_lookup(expr.text));
  }

  // The name has been taken out of its backquotes: `#12` in them is a header text, not a position.
  static std::string quoted_for_lookup(const std::string& name) {
    std::string quoted = "`";
    for (const char c : name) quoted += c == '`' ? std::string("``") : std::string(1, c);
    return quoted + "`";
  }

  // What a condition depends on.
  struct Names {
    std::set<std::size_t> columns;
    std::set<const FilterQuestion*> questions;
    bool several = false;
    bool raw = false;  // the cell's own text of a question
  };

  static void collect(const Node& node, Names& names) {
    const auto kind = node.expr->kind;
    if (kind == ExprKind::name || kind == ExprKind::column) {
      if (node.asked != nullptr)
        names.several = true;
      else if (node.single != nullptr)
        names.questions.insert(node.single);
      else
        names.columns.insert(node.column);
    }
    names.raw |= kind == ExprKind::text_of;
    for (const auto& arg : node.args) collect(arg, names);
  }

  static void memoize(Node& node) {
    if (!is_condition(node.expr->kind)) return;
    Names names;
    collect(node, names);
    if (names.several) return;
    if (names.columns.size() == 1 && names.questions.empty()) {
      node.memoized = true;
      node.memo_column = *names.columns.begin();
    } else if (names.columns.empty() && names.questions.size() == 1 && !names.raw) {
      node.memo_question = *names.questions.begin();
    }
  }

  Truth truth(Node& node, const Block& block, std::size_t row) {
    if (node.memo_question != nullptr) return truth_of_code(node, block, row);
    if (!node.memoized) return work_out(node, block, row);
    const auto start = block.cell_start(row, node.memo_column);
    const auto size = block.ends[row * block.columns + node.memo_column] - start;
    const auto code = node.texts.find(block.bytes + start, size);
    if (code != Dictionary::unknown) {
      return node.memo[code];
    }
    const auto before = not_numbers;
    const auto result = work_out(node, block, row);
    // A cell that is no number is counted in every row, so it is not remembered.
    if (node.memo.size() < most_categories && before == not_numbers) {
      node.texts.add(block.bytes + start, size);
      node.memo.push_back(result);
    }
    return result;
  }

  Truth truth_of_code(Node& node, const Block& block, std::size_t row) {
    const auto code = node.memo_question->coder->codes()[row];
    if (code >= node.memo.size()) node.memo.resize(code + 1, no_memo);
    if (node.memo[code] != no_memo) return node.memo[code];
    const auto before = not_numbers;
    const auto result = work_out(node, block, row);
    if (before == not_numbers) node.memo[code] = result;
    return result;
  }

  Truth work_out(Node& node, const Block& block, std::size_t row) {
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
      default:
        return compare(node.expr->kind, operand(node.args[0], block, row),
                       operand(node.args[1], block, row));
    }
  }

  // Neither answered (the first code) nor asked and nothing chosen (the second).
  static bool not_asked(const Node& name, std::size_t row) {
    const auto& coder = *name.asked->coder;
    return coder.codes()[coder.offsets()[row]] > 1;
  }

  Truth any(Node& node, const Block& block, std::size_t row) {
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
    for (auto i = coder.offsets()[row] + 1; i < coder.offsets()[row + 1]; ++i) {
      const auto code = coder.codes()[i];
      if (node.chosen[code] < 0) {
        const auto answer = coder.answer(code);
        const bool listed = name.asked->question->study != nullptr;
        const Operand option{false, false, 0, answer.text, listed};
        const bool is_option = answer.kind == AnswerKind::category;
        node.chosen[code] = is_option && in(node, option, block, row) == Truth::yes ? 1 : 0;
      }
      if (node.chosen[code] == 1) return Truth::yes;
      const auto& question = *name.asked->question;
      if (question.kind != QuestionKind::flags || question.study != nullptr) continue;
      // Or the text of its cell: of this row alone, since others need not agree.
      const auto text = text_at(block, row, question.columns[code - first_option]);
      if (names_option(text) && in(node, {false, false, 0, text}, block, row) == Truth::yes) {
        return Truth::yes;
      }
    }
    return Truth::no;
  }

  // Whether `value` is one of args[1..].
  Truth in(Node& node, const Operand& value, const Block& block, std::size_t row) {
    if (value.missing) return Truth::unknown;
    for (std::size_t i = 1; i < node.args.size(); ++i) {
      auto& item = node.args[i];
      if (item.expr->kind == ExprKind::range) {
        const auto low = operand(item.args[0], block, row);
        const auto high = operand(item.args[1], block, row);
        double number = 0;
        if (low.is_number && high.is_number) {
          if (number_of(value, number) && number >= low.number && number <= high.number)
            return Truth::yes;
        } else if (value.text >= low.text && value.text <= high.text) {
          return Truth::yes;
        }
      } else if (compare(ExprKind::equal, value, operand(item, block, row)) == Truth::yes) {
        return Truth::yes;
      }
    }
    return Truth::no;
  }

  bool number_of(const Operand& operand, double& number) const {
    if (operand.is_number) {
      number = operand.number;
      return true;
    }
    const auto parsed = parse_number(operand.text, operand.code ? NumberFormat{} : context.numbers);
    if (parsed) number = *parsed;
    return parsed.has_value();
  }

  Truth compare(ExprKind kind, const Operand& a, const Operand& b) {
    if (a.missing || b.missing) return Truth::unknown;
    int order = 0;
    if (a.is_number || b.is_number) {
      double x = 0;
      double y = 0;
      if (!number_of(a, x) || !number_of(b, y)) {
        if (kind == ExprKind::equal) return Truth::no;
        if (kind == ExprKind::not_equal) return Truth::yes;
        ++not_numbers;
        return Truth::unknown;
      }
      order = x < y ? -1 : x > y;
    } else {
      order = a.text.compare(b.text);
    }
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

  std::string_view text_at(const Block& block, std::size_t row, std::size_t column) {
    const auto cell = block.cell(row, column);
    if (cell.empty() || cell.front() != '"') return trim_blanks(cell);
    if (texts_used == texts.size()) texts.emplace_back();
    auto& text = texts[texts_used++];
    text = cell_text(cell);
    return trim_blanks(text);
  }

  Operand operand(Node& node, const Block& block, std::size_t row) {
    const auto& expr = *node.expr;
    switch (expr.kind) {
      case ExprKind::number:
        return {false, true, expr.value, {}};
      case ExprKind::text:
        return {false, false, 0, expr.text};
      case ExprKind::name:
      case ExprKind::column: {
        if (node.single != nullptr) return value_of(node, row);
        const auto text = text_at(block, row, node.column);
        return {is_missing(text, context.rules), false, 0, text};
      }
      case ExprKind::text_of:
        return {false, false, 0, raw_text(node.args[0], block, row)};
      case ExprKind::count: {
        auto& name = node.args[0];
        if (name.asked == nullptr) {
          return {false, true, operand(name, block, row).missing ? 0.0 : 1.0, {}};
        }
        return {not_asked(name, row), true, options_chosen(node, row), {}};
      }
      default:
        return arithmetic(node, block, row);
    }
  }

  // Nets follow the options in the list and are none.
  static double options_chosen(Node& node, std::size_t row) {
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

  static const Answer& answer_of(Node& name, std::size_t row) {
    const auto& coder = *name.single->coder;
    const auto code = coder.codes()[row];
    while (name.answers.size() <= code)
      name.answers.push_back(coder.answer(static_cast<std::uint32_t>(name.answers.size())));
    return name.answers[code];
  }

  static Operand value_of(Node& name, std::size_t row) {
    const auto& answer = answer_of(name, row);
    if (answer.kind != AnswerKind::category) return {true, false, 0, {}, false};
    if (name.single->question->kind == QuestionKind::number)
      return {false, true, answer.number, answer.text, false};
    return {false, false, 0, answer.text, true};
  }

  std::string_view raw_text(Node& name, const Block& block, std::size_t row) {
    if (name.single == nullptr) return text_at(block, row, name.column);
    const auto& answer = answer_of(name, row);
    const auto& columns = name.single->question->columns;
    if (!answer.text.empty() || columns.empty()) return answer.text;
    return text_at(block, row, columns[0]);
  }

  Operand arithmetic(Node& node, const Block& block, std::size_t row) {
    double values[2] = {0, 0};
    for (std::size_t i = 0; i < node.args.size() && i < 2; ++i) {
      const auto each = operand(node.args[i], block, row);
      if (each.missing || !number_of(each, values[i])) return {true, true, 0, {}};
    }
    double result = 0;
    switch (node.expr->kind) {
      case ExprKind::negate:
        result = -values[0];
        break;
      case ExprKind::add:
        result = values[0] + values[1];
        break;
      case ExprKind::subtract:
        result = values[0] - values[1];
        break;
      case ExprKind::multiply:
        result = values[0] * values[1];
        break;
      default:
        result = values[0] / values[1];
        break;
    }
    return {!std::isfinite(result), true, result, {}};
  }
};

Filter::Filter(const Expr& expr, const Header& header, const std::vector<FilterQuestion>& questions,
               const CodingContext& context)
    : binding_(new Binding{header, questions, context, {}, 0, 0, {}, 0}) {
  binding_->root = binding_->bind(expr);
}
Filter::Filter(Filter&&) noexcept = default;
Filter::~Filter() = default;

void Filter::evaluate(const Block& block, std::vector<Truth>& truths) {
  if (!is_condition(binding_->root.expr->kind)) {
    throw Error("expr-type", excerpt(print_expr(*binding_->root.expr)) + " is no condition");
  }
  truths.resize(block.rows);
  for (std::size_t row = 0; row < block.rows; ++row) {
    binding_->texts_used = 0;
    const auto before = binding_->not_numbers;
    truths[row] = binding_->truth(binding_->root, block, row);
    binding_->rows_of_them += binding_->not_numbers != before;
  }
}

void Filter::evaluate_number(const Block& block, std::vector<double>& values) {
  values.resize(block.rows);
  auto& root = binding_->root;
  for (std::size_t row = 0; row < block.rows; ++row) {
    binding_->texts_used = 0;
    const auto before = binding_->not_numbers;
    if (is_condition(root.expr->kind)) {
      const auto truth = binding_->truth(root, block, row);
      values[row] = truth == Truth::unknown ? std::nan("") : truth == Truth::yes;
    } else {
      const auto value = binding_->operand(root, block, row);
      if (value.missing || !binding_->number_of(value, values[row])) values[row] = std::nan("");
      binding_->not_numbers += !value.missing && std::isnan(values[row]);
    }
    binding_->rows_of_them += binding_->not_numbers != before;
  }
}

std::uint64_t Filter::not_numbers() const { return binding_->rows_of_them; }

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
