// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "expr/expr.h"
#include "expr/functions.h"
#include "expr/lexer.h"
#include "expr/tokens.h"
#include "expr/typing.h"

namespace sondeo {
namespace {

// Bounds the stack of the parser and of whatever walks the tree later.
constexpr int max_depth = 200;
constexpr std::size_t max_pattern = 500;  // is tried at each place of a cell
constexpr std::size_t max_source = std::size_t{1} << 20;

// A node and how many levels hang below it.
struct Tree {
  Expr expr;
  int height = 0;
};

void flatten(Expr& expr);

// Moves the operands of `expr`, which is of `kind`, to `out`: those of `(a and b) and c` are three.
void collect_operands(Expr& expr, ExprKind kind, std::vector<Expr>& out) {
  for (Expr& arg : expr.args) {
    if (arg.kind == kind) {
      collect_operands(arg, kind, out);
    } else {
      flatten(arg);
      out.push_back(std::move(arg));
    }
  }
}

// From the top down and only once, so that each operand moves once however deep it was.
void flatten(Expr& expr) {
  if (expr.kind == ExprKind::logical_and || expr.kind == ExprKind::logical_or) {
    std::vector<Expr> operands;
    collect_operands(expr, expr.kind, operands);
    expr.args = std::move(operands);
  } else {
    for (Expr& arg : expr.args) flatten(arg);
  }
}

struct Operator {
  std::string_view sign;
  ExprKind kind;
};
constexpr std::array<Operator, 6> comparisons = {{{"=", ExprKind::equal},
                                                  {"!=", ExprKind::not_equal},
                                                  {"<", ExprKind::less},
                                                  {"<=", ExprKind::less_equal},
                                                  {">", ExprKind::greater},
                                                  {">=", ExprKind::greater_equal}}};
constexpr std::array<Operator, 2> additions = {{{"+", ExprKind::add}, {"-", ExprKind::subtract}}};
constexpr std::array<Operator, 2> multiplications = {
    {{"*", ExprKind::multiply}, {"/", ExprKind::divide}}};

// One function per line of the grammar.
class Parser {
 public:
  explicit Parser(const ExprSource& source) : source_(source), tokens_(source) {}

  // The whole source: a condition or, if `value`, a number.
  Expr parse(bool value) {
    Tree tree = parse_or();
    if (token().kind != ExprTokenKind::end) tokens_.unexpected("an operator or the end");
    if (value) {
      require_number(source_, tree.expr);
    } else {
      require_condition(source_, tree.expr);
    }
    flatten(tree.expr);
    return std::move(tree.expr);
  }

 private:
  using Rule = Tree (Parser::*)();

  Tree parse_or() { return parse_logical("or", ExprKind::logical_or, &Parser::parse_and); }
  Tree parse_and() { return parse_logical("and", ExprKind::logical_and, &Parser::parse_not); }

  Tree parse_logical(std::string_view keyword, ExprKind kind, Rule operand) {
    Tree first = (this->*operand)();
    if (!tokens_.at_keyword(keyword)) return first;
    Tree tree = leaf(kind, first.expr.at);
    add_operand(tree, std::move(first));
    while (tokens_.take_keyword(keyword)) add_operand(tree, (this->*operand)());
    return tree;
  }

  // An operand of the same kind will be flattened into its parent: it is no level.
  void add_operand(Tree& tree, Tree operand) {
    require_condition(source_, operand.expr);
    if (operand.expr.kind == tree.expr.kind) --operand.height;
    add(tree, std::move(operand));
  }

  Tree parse_not() {
    std::vector<std::size_t> nots;
    while (tokens_.at_keyword("not")) {
      deepen();
      nots.push_back(token().at);
      tokens_.advance();
    }
    Tree tree = parse_test();
    for (; !nots.empty(); nots.pop_back()) {
      require_condition(source_, tree.expr);
      tree = parent(ExprKind::logical_not, nots.back(), std::move(tree));
      --depth_;
    }
    return tree;
  }

  Tree parse_test() {
    Tree left = parse_sum();
    if (const Operator* comparison = at_operator(comparisons)) {
      require_value(source_, left.expr);
      tokens_.advance();
      Tree right = parse_sum();
      require_value(source_, right.expr);
      if (at_operator(comparisons) != nullptr) refuse_chain();
      match_dates(left, right);
      return binary(comparison->kind, std::move(left), std::move(right));
    }
    return tokens_.at_keyword("in") || tokens_.at_keyword("not") ? parse_in(std::move(left))
                                                                 : std::move(left);
  }

  // This and the other functions marked so are no part of the recursion, and are kept out of its
  // stack frames: with a sanitizer these are large enough for 200 levels to matter.
  [[gnu::noinline]] Tree parse_in(Tree left) {
    const bool negated = tokens_.take_keyword("not");
    if (!tokens_.take_keyword("in")) tokens_.unexpected("\"in\" after \"not\"");
    require_value(source_, left.expr);
    const std::size_t at = left.expr.at;
    const std::size_t open = tokens_.expect_open("in");
    Tree item = parse_item();
    match_dates(left, item);
    Tree tree = parent(ExprKind::in, at, std::move(left));
    add(tree, std::move(item));
    while (tokens_.take_sign(",")) {
      item = parse_item();
      if (is_date(item.expr) != is_date(tree.expr.args[0])) {
        source_.fail(item.expr.at, "a list holds either dates or numbers and texts");
      }
      add(tree, std::move(item));
    }
    tokens_.expect_close(open, "\",\" or \")\"");
    return negated ? parent(ExprKind::logical_not, at, std::move(tree)) : std::move(tree);
  }

  Tree parse_sum() { return parse_chain(additions, &Parser::parse_product); }
  Tree parse_product() { return parse_chain(multiplications, &Parser::parse_unary); }

  Tree parse_chain(const std::array<Operator, 2>& operators, Rule operand) {
    Tree tree = (this->*operand)();
    while (const Operator* found = at_operator(operators)) {
      require_term(source_, tree.expr);
      tokens_.advance();
      Tree right = (this->*operand)();
      require_term(source_, right.expr);
      tree = binary(found->kind, std::move(tree), std::move(right));
    }
    return tree;
  }

  Tree parse_unary() {
    std::vector<std::size_t> signs;
    while (tokens_.at_sign("-")) {
      deepen();
      signs.push_back(token().at);
      tokens_.advance();
    }
    Tree tree = parse_primary();
    for (; !signs.empty(); signs.pop_back()) {
      require_term(source_, tree.expr);
      tree = parent(ExprKind::negate, signs.back(), std::move(tree));
      --depth_;
    }
    return tree;
  }

  Tree parse_primary() {
    if (!tokens_.at_sign("(")) return parse_atom();
    const std::size_t open = token().at;
    deepen();
    tokens_.advance();
    Tree tree = parse_or();
    tokens_.expect_close(open, "an operator or \")\"");
    --depth_;
    return tree;
  }

  [[gnu::noinline]] Tree parse_atom() {
    switch (token().kind) {
      case ExprTokenKind::number:
        return take_leaf(ExprKind::number);
      case ExprTokenKind::text:
        return take_leaf(ExprKind::text);
      case ExprTokenKind::name:
      case ExprTokenKind::column:
        return parse_name();
      case ExprTokenKind::function:
        return parse_function();
      default:
        break;
    }
    if (tokens_.at_keyword("true") || tokens_.at_keyword("false")) {
      token().value = tokens_.at_keyword("true") ? 1 : 0;
      token().text.clear();
      return take_leaf(ExprKind::boolean);
    }
    if (tokens_.at_keyword("missing")) return parse_call(ExprKind::missing);
    if (tokens_.at_keyword("text")) return parse_call(ExprKind::text_of);
    if (tokens_.at_keyword("count")) return parse_call(ExprKind::count);
    if (tokens_.at_keyword("any")) return parse_call(ExprKind::any);
    tokens_.unexpected("a name, a number or a text");
  }

  Tree parse_call(ExprKind kind) {
    const ExprToken function = tokens_.token();
    tokens_.advance();
    const std::size_t open = tokens_.expect_open(function.text);
    Tree tree = leaf(kind, function.at);
    if (kind == ExprKind::missing && token().kind == ExprTokenKind::function) {
      Tree value = parse_function();
      require_value(source_, value.expr);
      add(tree, std::move(value));
    } else {
      add(tree, expect_name(function.text));
    }
    while (kind == ExprKind::any && tokens_.take_sign(",")) {
      Tree item = parse_item();
      if (is_date(item.expr)) source_.fail(item.expr.at, "any() looks for numbers and texts");
      add(tree, std::move(item));
    }
    tokens_.expect_close(open, kind == ExprKind::any ? "\",\" or \")\"" : "\")\"");
    return tree;
  }

  Tree expect_name(const std::string& function) {
    if (token().kind != ExprTokenKind::name && token().kind != ExprTokenKind::column) {
      tokens_.unexpected("the name of a column in " + function + "()");
    }
    return parse_name();
  }

  // A call of the table in functions.h.
  [[gnu::noinline]] Tree parse_function() {
    const ExprToken token = tokens_.token();
    const ExprFunction* function = find_function(token.text);
    if (function == nullptr) refuse_function(token);
    tokens_.advance();
    const std::size_t open = tokens_.expect_open(token.text);
    if (function->kind == ExprKind::date_of) return parse_date_call(token.at, open);
    deepen();
    Tree tree = leaf(function->kind, token.at);
    std::string_view takes = function->takes;
    for (;;) {
      add(tree, parse_argument(takes[0]));
      const bool again = takes.ends_with('+');
      if (!again) takes.remove_prefix(1);
      if (again ? !tokens_.take_sign(",") : takes.empty()) break;
      if (!again && !tokens_.take_sign(",")) {
        tokens_.unexpected("\",\" and another argument", "as in " + std::string(function->example));
      }
    }
    --depth_;
    tokens_.expect_close(open, function->takes.ends_with('+') ? "\",\" or \")\"" : "\")\"");
    return tree;
  }

  // One that is given by a letter of ExprFunction::takes.
  Tree parse_argument(char letter) {
    if (letter == 't') {
      if (token().kind != ExprTokenKind::text) tokens_.unexpected("a text in quotes");
      if (token().text.size() > max_pattern) {
        source_.fail(token().at, "the text to look for is longer than 500 bytes");
      }
      return take_leaf(ExprKind::text);
    }
    Tree tree = parse_or();
    if (letter == 'c') {
      require_condition(source_, tree.expr);
    } else if (letter == 'n') {
      require_number(source_, tree.expr);
    } else if (letter == 'd') {
      make_date(tree);
    } else {
      require_text(source_, tree.expr);
    }
    return tree;
  }

  // What is behind "date(": 'a text', or a name and perhaps a format.
  Tree parse_date_call(std::size_t at, std::size_t open) {
    Tree tree = leaf(ExprKind::date_of, at);
    if (token().kind == ExprTokenKind::text) {
      tree.expr.kind = ExprKind::date;
      tree.expr.text = token().text;
      if (!parse_date(token().text)) {
        source_.fail(token().at, excerpt(quote_text(token().text)) + " is no date",
                     "as in date('2024-03-01') or date('2024-03-01 09:30')");
      }
      tokens_.advance();
      tokens_.expect_close(open, "\")\"");
      return tree;
    }
    add(tree, expect_name("date"));
    if (tokens_.take_sign(",")) {
      if (token().kind != ExprTokenKind::text) tokens_.unexpected("a format in quotes");
      const std::string fault = date_format_fault(token().text);
      if (!fault.empty()) {
        source_.fail(token().at, "the format " + excerpt(quote_text(token().text)) + ' ' + fault,
                     "as in date(began, '%d/%m/%Y %H:%M')");
      }
      tree.expr.text = token().text;
      tokens_.advance();
    }
    tokens_.expect_close(open, tree.expr.text.empty() ? "\",\" or \")\"" : "\")\"");
    return tree;
  }

  // A name among dates stands for the date in its cell.
  void make_date(Tree& tree) {
    if (type_of(tree.expr) == ExprType::cell) {
      tree = parent(ExprKind::date_of, tree.expr.at, std::move(tree));
    }
    require_date(source_, tree.expr);
  }

  void match_dates(Tree& left, Tree& right) {
    if (is_date(left.expr) || is_date(right.expr)) {
      make_date(left);
      make_date(right);
    }
  }

  Tree parse_name() {
    return take_leaf(token().kind == ExprTokenKind::name ? ExprKind::name : ExprKind::column);
  }

  Tree parse_item() {
    Tree low = parse_literal();
    if (!tokens_.take_sign("..")) return low;
    const std::size_t at = low.expr.at;
    Tree high = parse_literal();
    if (low.expr.kind != high.expr.kind) {
      source_.fail(at,
                   "a range goes from a number to a number, from a text to a text or from a date "
                   "to a date");
    }
    return binary(ExprKind::range, std::move(low), std::move(high));
  }

  Tree parse_literal() {
    if (token().kind == ExprTokenKind::text) return take_leaf(ExprKind::text);
    const std::size_t at = token().at;
    if (token().kind == ExprTokenKind::function) {
      Tree tree = parse_function();
      if (tree.expr.kind != ExprKind::date) {
        source_.fail(at, "expected a number, a text or a date, found " + describe(tree.expr));
      }
      return tree;
    }
    const bool negative = tokens_.take_sign("-");
    if (token().kind != ExprTokenKind::number) {
      const bool bare = token().kind == ExprTokenKind::name && !negative;
      tokens_.unexpected(
          negative ? "a number" : "a number or a text",
          bare ? "a text is written in quotes: " + quote_text(excerpt(token().text)) : "");
    }
    // 0 - x, because a minus before 0 is still 0.
    if (negative) token().value = 0 - token().value;
    token().at = at;
    return take_leaf(ExprKind::number);
  }

  static Tree leaf(ExprKind kind, std::size_t at) {
    Tree tree;
    tree.expr.kind = kind;
    tree.expr.at = at;
    return tree;
  }

  Tree take_leaf(ExprKind kind) {
    Tree tree = leaf(kind, token().at);
    tree.expr.value = token().value;
    tree.expr.text = std::move(token().text);
    tokens_.advance();
    return tree;
  }

  void add(Tree& tree, Tree child) {
    tree.height = std::max(tree.height, child.height + 1);
    if (tree.height > max_depth) too_deep();
    tree.expr.args.push_back(std::move(child.expr));
  }

  Tree parent(ExprKind kind, std::size_t at, Tree child) {
    Tree tree = leaf(kind, at);
    add(tree, std::move(child));
    return tree;
  }

  Tree binary(ExprKind kind, Tree left, Tree right) {
    Tree tree = leaf(kind, left.expr.at);
    add(tree, std::move(left));
    add(tree, std::move(right));
    return tree;
  }

  void deepen() {
    if (++depth_ > max_depth) too_deep();
  }

  [[noreturn, gnu::noinline]] void too_deep() const {
    source_.fail(token().at,
                 "the expression is nested more than " + std::to_string(max_depth) + " levels deep",
                 "every sign in a chain of + - * / is a level; and, or are not");
  }

  [[noreturn, gnu::noinline]] void refuse_function(const ExprToken& token) const {
    std::vector<std::string> names = {"missing", "text", "any", "count"};
    for (const auto& function : expr_functions()) names.emplace_back(function.name);
    std::string near = nearest(token.text, names);
    if (near.empty()) {
      near = "the functions are";
      for (const auto& name : names) near += ' ' + name;
    } else {
      near = "did you mean " + near + "()?";
    }
    source_.fail(token.at, "there is no function " + excerpt(token.text), near);
  }

  [[noreturn, gnu::noinline]] void refuse_chain() const {
    source_.fail(token().at, "a comparison cannot be compared",
                 "between two bounds is written a < x and x < b");
  }

  template <std::size_t n>
  const Operator* at_operator(const std::array<Operator, n>& operators) const {
    if (token().kind != ExprTokenKind::sign) return nullptr;
    const auto found = std::find_if(operators.begin(), operators.end(),
                                    [&](const Operator& op) { return op.sign == token().text; });
    return found == operators.end() ? nullptr : &*found;
  }
  ExprToken& token() { return tokens_.token(); }
  const ExprToken& token() const { return tokens_.token(); }

  const ExprSource& source_;
  ExprTokens tokens_;
  int depth_ = 0;
};

Expr parse_source(std::string_view text, const std::string& what, bool value) {
  const ExprSource source(text, what);
  if (text.size() > max_source) source.fail(0, "the expression is longer than 1 MiB");
  if (const std::size_t bad = find_invalid_utf8(text); bad != std::string_view::npos) {
    source.fail(bad, "the expression is not valid UTF-8: " + visible(text.substr(bad, 1)));
  }
  return Parser(source).parse(value);
}

}  // namespace

Expr parse_expr(std::string_view text, const std::string& what) {
  return parse_source(text, what, false);
}

Expr parse_value(std::string_view text, const std::string& what) {
  return parse_source(text, what, true);
}

}  // namespace sondeo
