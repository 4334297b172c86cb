// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "expr/expr.h"
#include "expr/lexer.h"

namespace sondeo {
namespace {

// Bounds the stack of the parser and of whatever walks the tree later.
constexpr int max_depth = 200;
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
  } else if (is_condition(expr.kind)) {
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
  explicit Parser(const ExprSource& source) : source_(source), lexer_(source) { advance(); }

  // The whole source: a condition or, if `value`, a number.
  Expr parse(bool value) {
    Tree tree = parse_or();
    if (token_.kind != ExprTokenKind::end) unexpected("an operator or the end");
    if (value) {
      require_number(tree);
    } else {
      require_condition(tree);
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
    if (!at_keyword(keyword)) return first;
    Tree tree = leaf(kind, first.expr.at);
    add_operand(tree, std::move(first));
    while (take_keyword(keyword)) add_operand(tree, (this->*operand)());
    return tree;
  }

  // An operand of the same kind will be flattened into its parent: it is no level.
  void add_operand(Tree& tree, Tree operand) {
    require_condition(operand);
    if (operand.expr.kind == tree.expr.kind) --operand.height;
    add(tree, std::move(operand));
  }

  Tree parse_not() {
    std::vector<std::size_t> nots;
    while (at_keyword("not")) {
      deepen();
      nots.push_back(token_.at);
      advance();
    }
    Tree tree = parse_test();
    for (; !nots.empty(); nots.pop_back()) {
      require_condition(tree);
      tree = parent(ExprKind::logical_not, nots.back(), std::move(tree));
      --depth_;
    }
    return tree;
  }

  Tree parse_test() {
    Tree left = parse_sum();
    if (const Operator* comparison = at_operator(comparisons)) {
      require_value(left);
      advance();
      Tree right = parse_sum();
      require_value(right);
      if (at_operator(comparisons) != nullptr) refuse_chain();
      return binary(comparison->kind, std::move(left), std::move(right));
    }
    return at_keyword("in") || at_keyword("not") ? parse_in(std::move(left)) : std::move(left);
  }

  // This and the other functions marked so are no part of the recursion, and are kept out of its
  // stack frames: with a sanitizer these are large enough for 200 levels to matter.
  [[gnu::noinline]] Tree parse_in(Tree left) {
    const bool negated = take_keyword("not");
    if (!take_keyword("in")) unexpected("\"in\" after \"not\"");
    require_value(left);
    const std::size_t at = left.expr.at;
    Tree tree = parent(ExprKind::in, at, std::move(left));
    const std::size_t open = expect_open("in");
    do {
      add(tree, parse_item());
    } while (take_sign(","));
    expect_close(open, "\",\" or \")\"");
    return negated ? parent(ExprKind::logical_not, at, std::move(tree)) : std::move(tree);
  }

  Tree parse_sum() { return parse_chain(additions, &Parser::parse_product); }
  Tree parse_product() { return parse_chain(multiplications, &Parser::parse_unary); }

  Tree parse_chain(const std::array<Operator, 2>& operators, Rule operand) {
    Tree tree = (this->*operand)();
    while (const Operator* found = at_operator(operators)) {
      require_value(tree);
      advance();
      Tree right = (this->*operand)();
      require_value(right);
      tree = binary(found->kind, std::move(tree), std::move(right));
    }
    return tree;
  }

  Tree parse_unary() {
    std::vector<std::size_t> signs;
    while (at_sign("-")) {
      deepen();
      signs.push_back(token_.at);
      advance();
    }
    Tree tree = parse_primary();
    for (; !signs.empty(); signs.pop_back()) {
      require_value(tree);
      tree = parent(ExprKind::negate, signs.back(), std::move(tree));
      --depth_;
    }
    return tree;
  }

  Tree parse_primary() {
    if (!at_sign("(")) return parse_atom();
    const std::size_t open = token_.at;
    deepen();
    advance();
    Tree tree = parse_or();
    expect_close(open, "an operator or \")\"");
    --depth_;
    return tree;
  }

  [[gnu::noinline]] Tree parse_atom() {
    switch (token_.kind) {
      case ExprTokenKind::number:
        return take_leaf(ExprKind::number);
      case ExprTokenKind::text:
        return take_leaf(ExprKind::text);
      case ExprTokenKind::name:
      case ExprTokenKind::column:
        return parse_name();
      default:
        break;
    }
    if (at_keyword("true") || at_keyword("false")) {
      token_.value = at_keyword("true") ? 1 : 0;
      token_.text.clear();
      return take_leaf(ExprKind::boolean);
    }
    if (at_keyword("missing")) return parse_call(ExprKind::missing);
    if (at_keyword("text")) return parse_call(ExprKind::text_of);
    if (at_keyword("count")) return parse_call(ExprKind::count);
    if (at_keyword("any")) return parse_call(ExprKind::any);
    unexpected("a name, a number or a text");
  }

  Tree parse_call(ExprKind kind) {
    const ExprToken function = token_;
    advance();
    const std::size_t open = expect_open(function.text);
    if (token_.kind != ExprTokenKind::name && token_.kind != ExprTokenKind::column) {
      unexpected("the name of a column in " + function.text + "()");
    }
    Tree tree = parent(kind, function.at, parse_name());
    if (kind != ExprKind::any) {
      expect_close(open, "\")\"");
      return tree;
    }
    while (take_sign(",")) add(tree, parse_item());
    expect_close(open, "\",\" or \")\"");
    return tree;
  }

  Tree parse_name() {
    return take_leaf(token_.kind == ExprTokenKind::name ? ExprKind::name : ExprKind::column);
  }

  Tree parse_item() {
    Tree low = parse_literal();
    if (!take_sign("..")) return low;
    const std::size_t at = low.expr.at;
    Tree high = parse_literal();
    if (low.expr.kind != high.expr.kind) {
      source_.fail(at, "a range goes from a number to a number or from a text to a text");
    }
    return binary(ExprKind::range, std::move(low), std::move(high));
  }

  Tree parse_literal() {
    if (token_.kind == ExprTokenKind::text) return take_leaf(ExprKind::text);
    const std::size_t at = token_.at;
    const bool negative = take_sign("-");
    if (token_.kind != ExprTokenKind::number) {
      const bool bare = token_.kind == ExprTokenKind::name && !negative;
      unexpected(negative ? "a number" : "a number or a text",
                 bare ? "a text is written in quotes: " + quote_text(excerpt(token_.text)) : "");
    }
    // 0 - x, because a minus before 0 is still 0.
    if (negative) token_.value = 0 - token_.value;
    token_.at = at;
    return take_leaf(ExprKind::number);
  }

  static Tree leaf(ExprKind kind, std::size_t at) {
    Tree tree;
    tree.expr.kind = kind;
    tree.expr.at = at;
    return tree;
  }

  Tree take_leaf(ExprKind kind) {
    Tree tree = leaf(kind, token_.at);
    tree.expr.value = token_.value;
    tree.expr.text = std::move(token_.text);
    advance();
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
    source_.fail(token_.at,
                 "the expression is nested more than " + std::to_string(max_depth) + " levels deep",
                 "every sign in a chain of + - * / is a level; and, or are not");
  }

  void require_condition(const Tree& tree) const {
    if (!is_condition(tree.expr.kind)) refuse_value(tree);
  }
  void require_number(const Tree& tree) const {
    require_value(tree);
    if (tree.expr.kind == ExprKind::text || tree.expr.kind == ExprKind::text_of) refuse_text(tree);
  }
  void require_value(const Tree& tree) const {
    if (is_condition(tree.expr.kind)) refuse_condition(tree);
  }

  [[noreturn, gnu::noinline]] void refuse_value(const Tree& tree) const {
    source_.fail(tree.expr.at,
                 "expected a condition, found the value " + excerpt(print_expr(tree.expr)),
                 "compare it with something, as in q1 = 1");
  }

  [[noreturn, gnu::noinline]] void refuse_condition(const Tree& tree) const {
    source_.fail(tree.expr.at, "expected a number or a text, found the condition " +
                                   excerpt(print_expr(tree.expr)));
  }

  [[noreturn, gnu::noinline]] void refuse_text(const Tree& tree) const {
    source_.fail(tree.expr.at,
                 "expected a number, found the text " + excerpt(print_expr(tree.expr)));
  }

  [[noreturn, gnu::noinline]] void refuse_chain() const {
    source_.fail(token_.at, "a comparison cannot be compared",
                 "between two bounds is written a < x and x < b");
  }

  [[noreturn, gnu::noinline]] void unexpected(const std::string& wanted,
                                              const std::string& hint = "") const {
    const std::string_view found = source_.text().substr(token_.at, token_.end - token_.at);
    source_.fail(token_.at,
                 "expected " + wanted + ", found " + (found.empty() ? "the end" : excerpt(found)),
                 hint);
  }

  std::size_t expect_open(const std::string& function) {
    const std::size_t open = token_.at;
    if (!take_sign("(")) {
      unexpected("\"(\" after " + function,
                 function == "in" ? "as in q1 in (1, 2)"
                                  : "a column of that name is written " + quote_name(function));
    }
    return open;
  }

  void expect_close(std::size_t open, const std::string& wanted) {
    if (take_sign(")")) return;
    unexpected(wanted, "the \"(\" at column " + std::to_string(source_.column(open)) +
                           " is not closed yet");
  }

  void advance() { token_ = lexer_.next(); }

  bool at_sign(std::string_view sign) const {
    return token_.kind == ExprTokenKind::sign && token_.text == sign;
  }
  bool at_keyword(std::string_view keyword) const {
    return token_.kind == ExprTokenKind::keyword && token_.text == keyword;
  }
  template <std::size_t n>
  const Operator* at_operator(const std::array<Operator, n>& operators) const {
    if (token_.kind != ExprTokenKind::sign) return nullptr;
    const auto found = std::find_if(operators.begin(), operators.end(),
                                    [&](const Operator& op) { return op.sign == token_.text; });
    return found == operators.end() ? nullptr : &*found;
  }
  bool take_sign(std::string_view sign) {
    const bool found = at_sign(sign);
    if (found) advance();
    return found;
  }
  bool take_keyword(std::string_view keyword) {
    const bool found = at_keyword(keyword);
    if (found) advance();
    return found;
  }

  const ExprSource& source_;
  ExprLexer lexer_;
  ExprToken token_;
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
