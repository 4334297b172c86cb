// SPDX-License-Identifier: MIT
#include "expr/expr.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "trees.h"

using sondeo::Error;
using sondeo::Expr;
using sondeo::ExprKind;
using sondeo::names_of;
using sondeo::parse_expr;
using sondeo::parse_value;
using sondeo::print_expr;
using sondeo::quote_name;
using sondeo::quote_text;
using sondeo::same_expr;
using sondeo::trees::Trees;

namespace {

std::string printed(std::string_view source) { return print_expr(parse_expr(source)); }

std::optional<Error> refusal(std::string_view source) {
  try {
    parse_expr(source);
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

// "COLUMN: message" of a refusal.
std::string refused(std::string_view source) {
  const std::optional<Error> error = refusal(source);
  return error ? std::to_string(error->place().column) + ": " + error->message() : "accepted";
}

bool reads_as(std::string_view source, const Expr& expr) {
  try {
    return same_expr(parse_expr(source), expr);
  } catch (const Error&) {
    return false;
  }
}

std::string repeated(std::size_t times, std::string_view part) {
  std::string out;
  out.reserve(times * part.size());
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

// Offsets of the parentheses outside quotes, in pairs.
std::vector<std::pair<std::size_t, std::size_t>> parentheses(const std::string& text) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<std::size_t> open;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '`') {
      quote = c;
    } else if (c == '(') {
      open.push_back(i);
    } else if (c == ')') {
      pairs.emplace_back(open.back(), i);
      open.pop_back();
    }
  }
  return pairs;
}

// Whatever the source, it is either refused with a place in it or prints and reads back the same.
void hold_to_contract(const std::string& source) {
  CAPTURE(source);
  try {
    const Expr expr = parse_expr(source, "here");
    REQUIRE(same_expr(parse_expr(print_expr(expr)), expr));
  } catch (const Error& error) {
    REQUIRE(error.id() == "expr-syntax");
    REQUIRE(error.place().file == "here");
    REQUIRE(error.place().line == 1);
    REQUIRE(error.place().column >= 1);
    REQUIRE(error.place().column <= source.size() + 1);
    REQUIRE(!error.message().empty());
  }
}

}  // namespace

TEST_CASE("the grammar, in the printer's words") {
  CHECK(printed("q1=1") == "q1 = 1");
  CHECK(printed("q1 == 1 AND q2<>2 or NOT q3 >= 4") == "q1 = 1 and q2 != 2 or not q3 >= 4");
  CHECK(printed("((q1 = 1))") == "q1 = 1");
  CHECK(printed("(a = 1 or b = 2) and c = 3") == "(a = 1 or b = 2) and c = 3");
  CHECK(printed("a = 1 or (b = 2 and c = 3)") == "a = 1 or b = 2 and c = 3");
  CHECK(printed("not (a = 1)") == "not a = 1");
  CHECK(printed("not (a = 1 and b = 2)") == "not (a = 1 and b = 2)");
  CHECK(printed("a - (b - c) > (a - b) - c") == "a - (b - c) > a - b - c");
  CHECK(printed("a / (b * c) < (a + b) * c") == "a / (b * c) < (a + b) * c");
  CHECK(printed("-(a + b) = - - a * -b") == "-(a + b) = --a * -b");
  CHECK(printed("q1 in (1,2 , 5..9)") == "q1 in (1, 2, 5..9)");
  CHECK(printed("q1 NOT IN (-1, 'x', \"y\", 'a'..'f')") == "q1 not in (-1, 'x', 'y', 'a'..'f')");
  CHECK(printed("not q1 in (1)") == "q1 not in (1)");
  CHECK(printed("not (q1 not in (1))") == "not q1 not in (1)");
  CHECK(printed("q1 in (-3..-1, .5..1.5, 1e2)") == "q1 in (-3..-1, 0.5..1.5, 100)");
  CHECK(printed("missing(q1) or missing( #12 )") == "missing(q1) or missing(#12)");
  CHECK(printed("text(`How old?`) = ''") == "text(`How old?`) = ''");
  CHECK(printed("any(q7)and any(q7,1,3..4)") == "any(q7) and any(q7, 1, 3..4)");
  CHECK(printed("count(q7) > 2") == "count(q7) > 2");
  CHECK(printed("TRUE or false") == "true or false");
  CHECK(printed("año = 'it''s' or \"x\" = \"\"\"q\"\"\"") == "año = 'it''s' or 'x' = '\"q\"'");
  CHECK(printed("`a``b` = 1 and `and` = 1 and `plain` = 1") ==
        "`a``b` = 1 and `and` = 1 and plain = 1");
  CHECK(printed("And = 1") == "And = 1");
  CHECK(printed("\n\tq1\u00A0=\u202F1 ") == "q1 = 1");
  CHECK(printed("q.1.a_2 = 100000") == "q.1.a_2 = 100000");
}

TEST_CASE("the tree") {
  const Expr expr = parse_expr("  not (ñ = 1) and (b in (-2, 3..4) and true)");
  REQUIRE(expr.kind == ExprKind::logical_and);
  REQUIRE(expr.args.size() == 3);
  CHECK(expr.at == 2);
  const Expr& negation = expr.args[0];
  REQUIRE(negation.kind == ExprKind::logical_not);
  CHECK(negation.args[0].kind == ExprKind::equal);
  CHECK(negation.args[0].at == 7);
  CHECK(negation.args[0].args[0].text == "ñ");
  CHECK(negation.args[0].args[1].value == 1);
  const Expr& in = expr.args[1];
  REQUIRE(in.kind == ExprKind::in);
  CHECK(in.at == in.args[0].at);
  CHECK(in.args[1].kind == ExprKind::number);
  CHECK(in.args[1].value == -2);
  CHECK(in.args[2].kind == ExprKind::range);
  CHECK(in.args[2].args[1].value == 4);
  CHECK(expr.args[2].kind == ExprKind::boolean);
  CHECK(expr.args[2].value == 1);
  CHECK(parse_expr("#12 = 1").args[0].kind == ExprKind::column);
  CHECK(parse_expr("#12 = 1").args[0].value == 12);
}

TEST_CASE("sums and products lean to the left") {
  const Expr expr = parse_expr("a - b + c = a / b * c");
  CHECK(expr.args[0].kind == ExprKind::add);
  CHECK(expr.args[0].args[0].kind == ExprKind::subtract);
  CHECK(expr.args[1].kind == ExprKind::multiply);
  CHECK(expr.args[1].args[0].kind == ExprKind::divide);
}

TEST_CASE("conjunctions and disjunctions are flat, wherever the parentheses are") {
  const Expr flat = parse_expr("a=1 and b=1 and c=1 and d=1");
  CHECK(flat.args.size() == 4);
  CHECK(same_expr(parse_expr("(a=1 and b=1) and (c=1 and d=1)"), flat));
  CHECK(same_expr(parse_expr("a=1 and (b=1 and (c=1 and d=1))"), flat));
  CHECK_FALSE(same_expr(parse_expr("a=1 and b=1 and d=1 and c=1"), flat));
}

TEST_CASE("refusals name the place, what was expected and what was found") {
  CHECK(refused("") == "1: expected a name, a number or a text, found the end");
  CHECK(refused("  ") == "3: expected a name, a number or a text, found the end");
  CHECK(refused("q1 =") == "5: expected a name, a number or a text, found the end");
  CHECK(refused("q1 == and") == "7: expected a name, a number or a text, found and");
  CHECK(refused("(q1 = 1") == "8: expected an operator or \")\", found the end");
  CHECK(refused("q1 = 1)") == "7: expected an operator or the end, found )");
  CHECK(refused("q1 = 1 q2") == "8: expected an operator or the end, found q2");
  CHECK(refused("ñ = 'hola") == "5: the ' that opens here is not closed");
  CHECK(refused("`x = 1") == "1: the ` that opens here is not closed");
  CHECK(refused("`` = 1") == "1: a name in backquotes is empty");
  CHECK(refused("a = 1 && b = 2") == "7: & means nothing here");
  CHECK(refused("a = \x1b") == "5: \\x1b means nothing here");
  CHECK(refused("ñ ñ \xFF") == "5: the expression is not valid UTF-8: \\xff");
  CHECK(refused("q1 = 2x") == "6: 2x is neither a number nor a name");
  CHECK(refused("q1 = 0x10") == "6: 0x10 is neither a number nor a name");
  CHECK(refused("q1 = 1e") == "6: 1e is neither a number nor a name");
  CHECK(refused("q1 = 1e400") == "6: the number 1e400 is too large or too small");
  CHECK(refused("q1 = 1e-400") == "6: the number 1e-400 is too large or too small");
  CHECK(refused("#0 = 1") == "1: expected the number of a column, counted from 1, after #");
  CHECK(refused("# = 1") == "1: expected the number of a column, counted from 1, after #");
  CHECK(refused("#99999999999999999999 = 1") ==
        "1: expected the number of a column, counted from 1, after #");
  CHECK(refused("q1 in 1") == "7: expected \"(\" after in, found 1");
  CHECK(refused("q1 in ()") == "8: expected a number or a text, found )");
  CHECK(refused("q1 in (a)") == "8: expected a number or a text, found a");
  CHECK(refused("q1 in (- 'a')") == "10: expected a number, found 'a'");
  CHECK(refused("q1 in (1 2)") == "10: expected \",\" or \")\", found 2");
  CHECK(
      refused("q1 in (1..'b')") ==
      "8: a range goes from a number to a number, from a text to a text or from a date to a date");
  CHECK(refused("q1 not = 2") == "8: expected \"in\" after \"not\", found =");
  CHECK(refused("count = 3") == "7: expected \"(\" after count, found =");
  CHECK(refused("missing(1)") == "9: expected the name of a column in missing(), found 1");
  CHECK(refused("missing(a, b)") == "10: expected \")\", found ,");
  CHECK(refused("1 < q1 < 3") == "8: a comparison cannot be compared");
}

TEST_CASE("a truth is not a value, nor a value a truth") {
  CHECK(refused("q1 and 2 = 2") == "1: expected a condition, found the value q1");
  CHECK(refused("q1 = 1 and 2") == "12: expected a condition, found the number 2");
  CHECK(refused("'x'") == "1: expected a condition, found the text 'x'");
  CHECK(refused("not (a + 1)") == "6: expected a condition, found the number a + 1");
  CHECK(refused("(a = b) + 1 = 2") == "2: expected a number or a text, found the condition a = b");
  CHECK(refused("1 + (a = b) = 2") == "6: expected a number or a text, found the condition a = b");
  CHECK(refused("-(a = b) = 2") == "3: expected a number or a text, found the condition a = b");
  CHECK(refused("true = 1") == "1: expected a number or a text, found the condition true");
  CHECK(refused("a = missing(b)") ==
        "5: expected a number or a text, found the condition missing(b)");
  CHECK(refused("(a = 1) in (1)") == "2: expected a number or a text, found the condition a = 1");
}

TEST_CASE("parse_value wants a number as the whole") {
  const auto value = [](std::string_view source) {
    try {
      return print_expr(parse_value(source));
    } catch (const Error& error) {
      return error.place().file + std::to_string(error.place().column) + ": " + error.message();
    }
  };
  CHECK(value("q1") == "q1");
  CHECK(value(" (q1+2)*-3 ") == "(q1 + 2) * -3");
  CHECK(value("days(a, b)") == "days(a, b)");
  CHECK(value("date(a)") == "value1: expected a number, found the date date(a)");
  CHECK(value("count(q7)") == "count(q7)");
  CHECK(value("#3 / 2") == "#3 / 2");
  CHECK(value("q1 = 1") == "value1: expected a number, found the condition q1 = 1");
  CHECK(value("true") == "value1: expected a number, found the condition true");
  CHECK(value(" 'x'") == "value2: expected a number, found the text 'x'");
  CHECK(value("text(a)") == "value1: expected a number, found the text text(a)");
  CHECK(value("") == "value1: expected a name, a number or a text, found the end");
  CHECK(value("q1 q2") == "value4: expected an operator or the end, found q2");
}

TEST_CASE("functions") {
  CHECK(printed("MIN( q1 ,2,-q3)>1") == "min(q1, 2, -q3) > 1");
  CHECK(printed("if(q1 = 1 or q2 = 1, q3 + 1, 0) = 1") == "if(q1 = 1 or q2 = 1, q3 + 1, 0) = 1");
  CHECK(printed("round (q1 / 2) = floor(abs(q1))") == "round(q1 / 2) = floor(abs(q1))");
  CHECK(printed("contains(text(q9),'wait') and not matches(q9, \"*x?\")") ==
        "contains(text(q9), 'wait') and not matches(q9, '*x?')");
  CHECK(printed("missing(date(a)) or missing(mean(a, b))") ==
        "missing(date(a)) or missing(mean(a, b))");
  // A function's name is a name where no parenthesis follows.
  CHECK(printed("date = 1 and min > year and missing(sum) and days in (1)") ==
        "date = 1 and min > year and missing(sum) and days in (1)");
  CHECK(printed("min(min, max) = 1") == "min(min, max) = 1");
  CHECK(names_of(parse_expr("if(a = 1, b, max(c, year(d))) = 1")).size() == 4);
  // Conjunctions inside values are flat too.
  CHECK(parse_expr("if(a=1 and (b=1 and c=1), 1, 0) = 1").args[0].args[0].args.size() == 3);

  CHECK(refused("mim(a) = 1") == "1: there is no function mim");
  CHECK(refusal("mim(a) = 1")->hint() == "did you mean min()?");
  CHECK(refusal("zzzzz(a) = 1")->hint() ==
        "the functions are missing text any count date days hours minutes seconds year month "
        "weekday min max sum mean round floor abs if contains matches");
  CHECK(refused("Min(a) = 1") == "1: there is no function Min");
  CHECK(refused("min() = 1") == "5: expected a name, a number or a text, found )");
  CHECK(refused("round(a, 2) = 1") == "8: expected \")\", found ,");
  CHECK(refused("days(a) = 1") == "7: expected \",\" and another argument, found )");
  CHECK(refusal("if(a = 1, 2) = 1")->hint() == "as in if(q1 = 1, q2, 0)");
  CHECK(refused("max(a b) = 1") == "7: expected \",\" or \")\", found b");
  CHECK(refused("if(a, 1, 2) = 1") == "4: expected a condition, found the value a");
  CHECK(refused("if(a = 1, 'x', 2) = 1") == "11: expected a number, found the text 'x'");
  CHECK(refused("abs(a = 1) = 1") == "5: expected a number, found the condition a = 1");
  CHECK(refused("sum(text(a)) = 1") == "5: expected a number, found the text text(a)");
  CHECK(refused("contains(1, 'x')") == "10: expected a name or a text, found the number 1");
  CHECK(refused("contains(a, b)") == "13: expected a text in quotes, found b");
  CHECK(
      refused("matches(a, '" + repeated(501, "*") + "')").starts_with("12: the text to look for"));
  CHECK(refused("contains(a, 'x') = 1") ==
        "1: expected a number or a text, found the condition contains(a, 'x')");
  CHECK(refused("missing(contains(a, 'x'))") ==
        "9: expected a number or a text, found the condition contains(a, 'x')");
  CHECK(refused("a in (min(1))") ==
        "7: expected a number, a text or a date, found the number min(1)");
}

TEST_CASE("dates in expressions") {
  CHECK(printed("date(began)>=date('2024-03-01')") == "date(began) >= date('2024-03-01')");
  CHECK(printed("minutes(began, ended) < 5") == "minutes(began, ended) < 5");
  CHECK(printed("days(date(a, '%d/%m/%Y'), #2) < 5") == "days(date(a, '%d/%m/%Y'), #2) < 5");
  CHECK(printed("year(date(a)) = 2024 and weekday(a) in (6, 7)") ==
        "year(a) = 2024 and weekday(a) in (6, 7)");
  CHECK(printed("a < date('2024-03-01') and date(b) = a") ==
        "date(a) < date('2024-03-01') and date(b) = date(a)");
  CHECK(printed("a in (date('2024-03-01')..date('2024-03-31'))") ==
        "date(a) in (date('2024-03-01')..date('2024-03-31'))");
  CHECK(refused("date(a) = '2024-03-01'") == "11: expected a date, found the text '2024-03-01'");
  CHECK(refusal("date(a) = '2024-03-01'")->hint() == "a date is written date('2024-03-01')");
  CHECK(refused("date(a) in (1)") == "13: expected a date, found the number 1");
  CHECK(refused("a + 1 in (date('2024-03-01'))") == "1: expected a date, found the number a + 1");
  CHECK(refused("a in (date('2024-03-01'), 1)") ==
        "27: a list holds either dates or numbers and texts");
  CHECK(refused("a in (1, date('2024-03-01'))") ==
        "10: a list holds either dates or numbers and texts");
  CHECK(refused("a in (date('2024-03-01')..1)").ends_with("or from a date to a date"));
  CHECK(refused("any(a, date('2024-03-01'))") == "8: any() looks for numbers and texts");
  CHECK(refused("date(b) - date(a) > 3") == "1: expected a number, found the date date(b)");
  CHECK(refusal("date(b) - date(a) > 3")->hint() ==
        "the time between two dates is days(a, b), hours(a, b), minutes(a, b) or seconds(a, b)");
  CHECK(refused("max(date(a)) = 1") == "5: expected a number, found the date date(a)");
  CHECK(refused("year('2024') = 1") == "6: expected a date, found the text '2024'");
  CHECK(refused("a = date('2024-02-30')") == "10: '2024-02-30' is no date");
  CHECK(refused("date(a, '%d/%m') = date(b)") ==
        "9: the format '%d/%m' needs the year once, as %Y or %y");
  CHECK(refused("date(a, b) = date(b)") == "9: expected a format in quotes, found b");
  CHECK(refused("date(1) = date(b)") == "6: expected the name of a column in date(), found 1");
  CHECK(refused("date(a 1) = date(b)") == "8: expected \",\" or \")\", found 1");
  CHECK(refused("date(a)") == "1: expected a condition, found the date date(a)");
}

TEST_CASE("hints") {
  CHECK(refusal("a = 1 | b = 2")->hint() == "write or");
  CHECK(refusal("!a = 1")->hint() == "write not");
  CHECK(refusal("count = 3")->hint() == "a column of that name is written `count`");
  CHECK(refusal("q1 in (yes)")->hint() == "a text is written in quotes: 'yes'");
  CHECK(refusal("q1 = 1 and (q2 = 3")->hint() == "the \"(\" at column 12 is not closed yet");
}

TEST_CASE("messages are inert and short") {
  const std::string hostile = "q1 = 1 `\x1b[2J" + std::string(500, 'x') + "`";
  const Error error = *refusal(hostile);
  CHECK(error.message().find('\x1b') == std::string::npos);
  CHECK(error.message().size() < 120);
}

TEST_CASE("depth is bounded, length is not") {
  CHECK(refused(repeated(200, "(") + "true" + repeated(200, ")")) == "accepted");
  CHECK(refused(repeated(200, "not ") + "true") == "accepted");
  CHECK(refused(repeated(199, "-") + "a = 1") == "accepted");
  CHECK(refused(repeated(199, "a + ") + "a = 1") == "accepted");
  CHECK(refused(repeated(199, "min(") + "a" + repeated(199, ")") + " = 1") == "accepted");
  CHECK(refused(repeated(100000, "if(1=1,")).ends_with("nested more than 200 levels deep"));
  CHECK(refused(repeated(100000, "min(")).ends_with("nested more than 200 levels deep"));
  CHECK(refused(repeated(100000, "if(")).ends_with("nested more than 200 levels deep"));
  CHECK(refused(repeated(100000, "q1 ")) == "4: expected an operator or the end, found q1");
  const std::string deep = ": the expression is nested more than 200 levels deep";
  CHECK(refused(repeated(201, "(") + "true" + repeated(201, ")")) == "201" + deep);
  CHECK(refused(repeated(100000, "(")) == "201" + deep);
  CHECK(refused(repeated(100000, "not ")) == "801" + deep);
  CHECK(refused(repeated(100000, "-")) == "201" + deep);
  CHECK(refused("a = " + repeated(100000, "-(")).ends_with(deep));
  CHECK(refused(repeated(100000, "1+")).ends_with(deep));
  CHECK(refused(repeated(100000, "1*") + "1 = 1").ends_with(deep));
  CHECK(refused(repeated(150, "(") + "a" + repeated(150, "+1)") + repeated(60, "*1") + " = 1")
            .ends_with(deep));

  const Expr chain = parse_expr("true" + repeated(100000, " or a=1"));
  CHECK(chain.args.size() == 100001);
  CHECK(same_expr(parse_expr(print_expr(chain)), chain));
  const Expr nested = parse_expr(repeated(199, "(") + "true or a=1" + repeated(199, ") or a=1") +
                                 repeated(80000, " or a=1"));
  CHECK(nested.args.size() == 80201);
  CHECK(parse_expr("a in (1" + repeated(100000, ",1") + ")").args.size() == 100002);
  CHECK(refused("true" + repeated(1 << 20, " ")) == "1: the expression is longer than 1 MiB");
}

TEST_CASE("random trees print and read back the same, without superfluous parentheses") {
  Trees trees(20240607);
  std::size_t removals = 0;
  for (int i = 0; i < 3000; ++i) {
    const Expr expr = trees.condition(i % 5);
    const std::string text = print_expr(expr);
    CAPTURE(text);
    const Expr back = parse_expr(text);
    REQUIRE(same_expr(back, expr));
    REQUIRE(print_expr(back) == text);
    for (const auto& [open, close] : parentheses(text)) {
      std::string without = text;
      without[open] = ' ';
      without[close] = ' ';
      ++removals;
      CAPTURE(without);
      REQUIRE_FALSE(reads_as(without, expr));
    }
  }
  CHECK(removals > 5000);
}

TEST_CASE("garbage and mutations are refused in good order") {
  Trees trees(4711);
  for (int i = 0; i < 20000; ++i) hold_to_contract(trees.garbage());
  for (int i = 0; i < 20000; ++i) {
    hold_to_contract(trees.mutated(print_expr(trees.condition(i % 4))));
  }
}

TEST_CASE("names are listed once, in order of first use") {
  const Expr expr = parse_expr("b = 1 and any(`x y`, 1) and #3 = b and a + b > #3 and `#3` = 'b'");
  std::string names;
  for (const Expr& name : names_of(expr)) names += print_expr(name) + ';';
  CHECK(names == "b;`x y`;#3;a;`#3`;");
  CHECK(names_of(expr)[3].at == 39);
  CHECK(names_of(parse_expr("true")).empty());
}

TEST_CASE("quoting") {
  CHECK(quote_name("q1") == "q1");
  CHECK(quote_name("_a.b") == "_a.b");
  CHECK(quote_name("año") == "año");
  CHECK(quote_name("1st") == "`1st`");
  CHECK(quote_name("a b") == "`a b`");
  CHECK(quote_name("a`b") == "`a``b`");
  CHECK(quote_name("or") == "`or`");
  CHECK(quote_name("MISSING") == "`MISSING`");
  CHECK(quote_name("Missing") == "Missing");
  CHECK(quote_name("a\u00A0b") == "`a\u00A0b`");
  CHECK(quote_text("") == "''");
  CHECK(quote_text("it's") == "'it''s'");
}

TEST_CASE("trees differ in kind, value, text and arguments") {
  CHECK(same_expr(parse_expr("a = 1"), parse_expr(" (a  ==  1.0)")));
  CHECK_FALSE(same_expr(parse_expr("a = 1"), parse_expr("a != 1")));
  CHECK_FALSE(same_expr(parse_expr("a = 1"), parse_expr("a = 2")));
  CHECK_FALSE(same_expr(parse_expr("a = 1"), parse_expr("A = 1")));
  CHECK_FALSE(same_expr(parse_expr("any(a, 1)"), parse_expr("any(a, 1, 2)")));
  CHECK_FALSE(same_expr(parse_expr("a = '1'"), parse_expr("a = 1")));
}
