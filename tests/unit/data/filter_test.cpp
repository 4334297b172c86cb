// SPDX-License-Identifier: MIT
#include "data/filter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <optional>
#include <random>

#include "base/text.h"
#include "blocks.h"

namespace sondeo {
namespace {

using blocks::MadeBlock;
using blocks::Rows;
using Row = std::vector<std::string>;

// The file of these tests: three plain columns, a select-all question m of three, one joined, j.
const std::vector<std::string> names{"a", "b", "c d", "m_1", "m_2", "m_3", "j"};

struct Setting {
  Header header{"f.csv", 1, names};
  CodingContext context{"f.csv", {{"99", "NA"}, false, {}, {}}, {}};
  std::vector<Question> questions;
  std::vector<std::unique_ptr<AnswerCoder>> coders;
  std::vector<FilterQuestion> asked;

  Setting() {
    questions.push_back({"m", QuestionKind::flags, {3, 4, 5}, {"m_1", "m_2", "m_3"}, "", {}});
    questions.push_back({"joined", QuestionKind::joined, {6}, {}, ";", {}});
    for (const auto& question : questions) coders.push_back(make_coder(question, context));
    for (std::size_t i = 0; i < questions.size(); ++i)
      asked.push_back({&questions[i], coders[i].get()});
  }
  std::vector<Truth> evaluate(Filter& filter, const Rows& rows) {
    const MadeBlock block(rows);
    for (auto& coder : coders) coder->code(block.get());
    std::vector<Truth> truths;
    filter.evaluate(block.get(), truths);
    return truths;
  }
};

std::string marks(const std::vector<Truth>& truths) {
  std::string text;
  for (const auto truth : truths)
    text += truth == Truth::yes ? '+' : truth == Truth::no ? '-' : '?';
  return text;
}

std::string marks(const std::string& source, const Rows& rows) {
  Setting setting;
  const auto expr = parse_expr(source);
  Filter filter(expr, setting.header, setting.asked, setting.context);
  return marks(setting.evaluate(filter, rows));
}

Rows of_a(const std::vector<std::string>& cells) {
  Rows rows;
  for (const auto& cell : cells) rows.push_back({cell, "", "", "", "", "", ""});
  return rows;
}

std::string error_of(const std::string& source) {
  Setting setting;
  try {
    const auto expr = parse_expr(source);
    Filter(expr, setting.header, setting.asked, setting.context);
  } catch (const Error& error) {
    return error.id();
  }
  return "";
}

// An expression's source together with what it must say, written apart from the filter.
struct Value {
  bool missing = false;
  std::optional<double> number;  // of literals and computed numbers
  std::string text;
};
struct Term {
  std::string source;
  std::function<Value(const Row&)> value;
};
struct Test {
  std::string source;
  std::function<Truth(const Row&)> truth;
};

std::string naive_text(const std::string& cell) {
  return std::string(trim_blanks(cell_text(cell)));
}
bool no_answer(const std::string& text) { return text.empty() || text == "99" || text == "NA"; }

std::optional<double> as_number(const Value& value) {
  return value.number ? value.number : parse_number(value.text);
}

Truth kleene(bool known, bool value) {
  return !known ? Truth::unknown : value ? Truth::yes : Truth::no;
}

Truth naive_compare(const std::string& sign, const Value& a, const Value& b) {
  if (a.missing || b.missing) return Truth::unknown;
  if (a.number || b.number) {
    const auto x = as_number(a);
    const auto y = as_number(b);
    if (!x || !y) return sign == "=" ? Truth::no : sign == "!=" ? Truth::yes : Truth::unknown;
    return kleene(true, sign == "="    ? *x == *y
                        : sign == "!=" ? *x != *y
                        : sign == "<"  ? *x < *y
                        : sign == "<=" ? *x <= *y
                        : sign == ">"  ? *x > *y
                                       : *x >= *y);
  }
  const auto& x = a.text;
  const auto& y = b.text;
  return kleene(true, sign == "="    ? x == y
                      : sign == "!=" ? x != y
                      : sign == "<"  ? x < y
                      : sign == "<=" ? x <= y
                      : sign == ">"  ? x > y
                                     : x >= y);
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }

  Row row() {
    const auto pick = [&](const std::vector<std::string>& from) {
      return from[below(from.size())];
    };
    const auto flag = [&] { return pick({"", "0", "1", "no", "Yes", "TV", "Radio", "99", " 1"}); };
    const std::vector<std::string> values{"",    "1",  "2", "3",  "10",    "99",  "NA",
                                          "1.0", "-2", "b", "ab", "\"2\"", " 3 ", "\" x\"\"y \""};
    return {pick(values),
            pick(values),
            pick(values),
            flag(),
            flag(),
            flag(),
            pick({"", "x;y", "y", "99", ";", "2; x"})};
  }

  Term column() {
    const auto i = below(3);
    const auto name = std::vector<std::string>{"a", "b", "`c d`"}[i];
    return {below(4) == 0 ? "#" + std::to_string(i + 1) : name, [i](const Row& row) {
              const auto text = naive_text(row[i]);
              return Value{no_answer(text), {}, text};
            }};
  }

  Term number(bool signed_literal = false) {
    const double value = static_cast<double>(below(8)) / 2;
    const bool minus = signed_literal && below(4) == 0;
    return {(minus ? "-" : "") + shortest(value), [v = minus ? -value : value](const Row&) {
              return Value{false, v, ""};
            }};
  }

  Term text() {
    const auto value = std::vector<std::string>{"1", "2", "b", "ab", "x\"y", "", "3"}[below(7)];
    return {"'" + value + "'", [value](const Row&) { return Value{false, {}, value}; }};
  }

  Term term(int depth) {
    switch (below(depth > 0 ? 8 : 3)) {
      case 0:
        return number();
      case 1:
      case 2:
        return column();
      case 3: {
        const auto i = below(3);
        return {"text(#" + std::to_string(i + 1) + ")", [i](const Row& row) {
                  return Value{false, {}, naive_text(row[i])};
                }};
      }
      case 4:
        return {"count(m)", [](const Row& row) {
                  const auto ticks = ticks_of(row);
                  double count = 0;
                  for (const auto& tick : ticks) count += tick == Truth::yes;
                  return Value{ticks == std::vector<Truth>(3, Truth::unknown), count, ""};
                }};
      case 5: {
        const auto a = term(depth - 1);
        return {"-(" + a.source + ")", [a](const Row& row) {
                  const auto x = a.value(row);
                  const auto n = x.missing ? std::nullopt : as_number(x);
                  return Value{!n, n ? -*n : 0, ""};
                }};
      }
      default: {
        const auto a = term(depth - 1);
        const auto b = term(depth - 1);
        const char sign = "+-*/"[below(4)];
        return {"(" + a.source + ") " + sign + " (" + b.source + ")", [a, b, sign](const Row& row) {
                  const auto x = a.value(row);
                  const auto y = b.value(row);
                  const auto first = x.missing ? std::nullopt : as_number(x);
                  const auto second = y.missing ? std::nullopt : as_number(y);
                  if (!first || !second) return Value{true, 0.0, ""};
                  const double m = first.value_or(0);
                  const double n = second.value_or(0);
                  const double r = sign == '+'   ? m + n
                                   : sign == '-' ? m - n
                                   : sign == '*' ? m * n
                                                 : m / n;
                  return Value{!std::isfinite(r), r, ""};
                }};
      }
    }
  }

  struct Items {
    std::string source;
    std::function<bool(const Value&)> has;
  };
  Items items() {
    Items items{"", [](const Value&) { return false; }};
    for (auto left = 1 + below(3); left > 0; --left) {
      std::function<bool(const Value&)> one;
      std::string source;
      if (below(3) == 0) {
        const bool texts = below(2) == 0;
        const auto low = texts ? text() : number(true);
        const auto high = texts ? text() : number(true);
        source = low.source + " .. " + high.source;
        one = [l = low.value({}), h = high.value({}), texts](const Value& value) {
          if (texts) return !value.number && value.text >= l.text && value.text <= h.text;
          const auto x = as_number(value);
          return x && *x >= *l.number && *x <= *h.number;
        };
      } else {
        const auto item = below(2) == 0 ? text() : number(true);
        source = item.source;
        one = [i = item.value({})](const Value& value) {
          return naive_compare("=", value, i) == Truth::yes;
        };
      }
      items.source += (items.source.empty() ? "" : ", ") + source;
      items.has = [before = items.has, one](const Value& value) {
        return before(value) || one(value);
      };
    }
    return items;
  }

  Test test(int depth) {
    switch (below(depth > 0 ? 10 : 6)) {
      case 0: {
        const auto a = column();
        return {"missing(" + a.source + ")",
                [a](const Row& row) { return kleene(true, a.value(row).missing); }};
      }
      case 1: {
        const auto a = column();
        const auto list = items();
        return {"any(" + a.source + ", " + list.source + ")", [a, list](const Row& row) {
                  const auto value = a.value(row);
                  return kleene(!value.missing, list.has(value));
                }};
      }
      case 2: {
        const auto a = column();
        const auto list = items();
        const bool none = below(3) == 0;
        return {a.source + (none ? " not in (" : " in (") + list.source + ")",
                [a, list, none](const Row& row) {
                  const auto value = a.value(row);
                  return kleene(!value.missing, list.has(value) != none);
                }};
      }
      case 3: {
        const auto option = std::vector<std::string>{"m_1", "m_3", "TV", "1", "Yes"}[below(5)];
        return {"any(m, '" + option + "')", [option](const Row& row) {
                  const auto ticks = ticks_of(row);
                  bool any = false;
                  for (std::size_t i = 0; i < 3; ++i) {
                    any |= ticks[i] == Truth::yes &&
                           (option == names[3 + i] || (option == "TV" && row[3 + i] == "TV"));
                  }
                  return kleene(ticks != std::vector<Truth>(3, Truth::unknown), any);
                }};
      }
      case 4: {
        const bool one = below(2) == 0;
        return {one ? "any(joined, 'x')" : "any(joined)", [one](const Row& row) {
                  const auto& cell = row[6];
                  const auto* wanted = one ? "x" : "xy2";
                  return kleene(!no_answer(cell), cell.find_first_of(wanted) != std::string::npos);
                }};
      }
      case 5: {
        const auto a = term(2);
        const auto b = below(3) == 0 ? text() : term(2);
        const auto sign = std::vector<std::string>{"=", "!=", "<", "<=", ">", ">="}[below(6)];
        return {"(" + a.source + ") " + sign + " (" + b.source + ")", [a, b, sign](const Row& row) {
                  return naive_compare(sign, a.value(row), b.value(row));
                }};
      }
      case 6: {
        const auto a = test(depth - 1);
        return {"not (" + a.source + ")", [a](const Row& row) {
                  const auto t = a.truth(row);
                  return kleene(t != Truth::unknown, t == Truth::no);
                }};
      }
      default: {
        const auto a = test(depth - 1);
        const auto b = test(depth - 1);
        const bool both = below(2) == 0;
        return {"(" + a.source + (both ? ") and (" : ") or (") + b.source + ")",
                [a, b, both](const Row& row) {
                  const auto s = a.truth(row);
                  const auto t = b.truth(row);
                  const auto decides = both ? Truth::no : Truth::yes;
                  if (s == decides || t == decides) return decides;
                  return kleene(s != Truth::unknown && t != Truth::unknown, both);
                }};
      }
    }
  }

 private:
  static std::vector<Truth> ticks_of(const Row& row) {
    std::vector<Truth> ticks;
    for (std::size_t i = 3; i < 6; ++i) {
      const auto text = naive_text(row[i]);
      ticks.push_back(no_answer(text)               ? Truth::unknown
                      : text == "0" || text == "no" ? Truth::no
                                                    : Truth::yes);
    }
    return ticks;
  }
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("Filter: random expressions on random rows, against a naive evaluator") {
  Generator make(31);
  for (int round = 0; round < 4000; ++round) {
    const auto test = make.test(3);
    CAPTURE(test.source);
    Setting setting;
    const auto expr = parse_expr(test.source);
    Filter filter(expr, setting.header, setting.asked, setting.context);
    for (int block = 0; block < 3; ++block) {
      Rows rows;
      for (int i = 0; i < 12; ++i) rows.push_back(make.row());
      std::vector<Truth> expected;
      for (const auto& row : rows) expected.push_back(test.truth(row));
      REQUIRE(marks(setting.evaluate(filter, rows)) == marks(expected));
    }
  }
}

TEST_CASE("Filter: comparisons with numbers, texts and missing cells") {
  CHECK(marks("a >= 2", of_a({"1", "2", "10", "", "99", "x"})) == "-++???");
  CHECK(marks("a = 2", of_a({"2", "2.0", " 2 ", "\"2\"", "x", ""})) == "++++-?");
  CHECK(marks("a != 2", of_a({"2", "x", "3", "NA"})) == "-++?");
  CHECK(marks("a = '2'", of_a({"2", "2.0", "\"2\"", ""})) == "+-+?");
  CHECK(marks("a in (1, 3..5, 'x')", of_a({"1", "2", "4.5", "x", "", "5"})) == "+-++?+");
  CHECK(marks("a not in (1)", of_a({"1", "2", ""})) == "-+?");
  CHECK(marks("missing(a)", of_a({"", "99", "NA", "1", " "})) == "+++-+");
  CHECK(marks("text(a) = '99'", of_a({"99", "", "1"})) == "+--");
  CHECK(marks("text(a) = ''", of_a({"", "  ", "1"})) == "++-");
  CHECK(marks("not a = 1 or missing(a)", of_a({"1", "2", ""})) == "-++");
  CHECK(marks("1 / a = 1", of_a({"1", "0", "2"})) == "+?-");
  CHECK(marks("true", of_a({"1", ""})) == "++");
  CHECK(marks("a in ('b'..'d')", of_a({"a", "b", "cx", "d", "da", ""})) == "-+++-?");
}

TEST_CASE("Filter: the rows of select-all questions") {
  const Rows rows{{"", "", "", "TV", "0", "", "x;y"},
                  {"", "", "", "Television", "1", "0", ";"},
                  {"", "", "", "0", "0", "0", ""},
                  {"", "", "", "", "", "99", "99"}};
  CHECK(marks("any(m)", rows) == "++-?");
  CHECK(marks("not any(m)", rows) == "--+?");
  CHECK(marks("any(m, 'm_1')", rows) == "++-?");
  CHECK(marks("count(m) >= 2", rows) == "-+-?");
  CHECK(marks("missing(m)", rows) == "---+");
  CHECK(marks("any(joined, 'y', 'z')", rows) == "+-??");
  CHECK(marks("count(joined) = 0", rows) == "-+??");
  CHECK(marks("any(m, 'm_1') and any(m, 'm_2')", rows) == "-+-?");
  // By the text of an option's cell, in its own row; what only ticks says nothing.
  CHECK(marks("any(m, 'TV')", rows) == "+--?");
  CHECK(marks("any(m, 1)", rows) == "---?");
}

TEST_CASE("Filter: a row's truth does not depend on the rows before it") {
  Rows rows{{"", "", "", "TV", "", "", ""},
            {"", "", "", "Television", "", "", ""},
            {"", "", "", "TV", "", "", ""}};
  const auto together = marks("any(m, 'TV')", rows);
  std::string apart;
  for (const auto& row : rows) apart += marks("any(m, 'TV')", {row});
  CHECK(together == apart);
  CHECK(together == "+-+");
}

TEST_CASE("Filter: rows with a cell that is no number are counted once each, every time") {
  Setting setting;
  const auto expr = parse_expr("a < 2 or a > 5");
  Filter filter(expr, setting.header, setting.asked, setting.context);
  CHECK(marks(setting.evaluate(filter, of_a({"1", "x", "x", "7", "", "y"}))) == "+??+??");
  CHECK(filter.not_numbers() == 3);
  setting.evaluate(filter, of_a({"x", "3"}));
  CHECK(filter.not_numbers() == 4);
}

TEST_CASE("Filter: more distinct texts than are remembered") {
  Setting setting;
  const auto expr = parse_expr("a >= 50000 and missing(b)");
  Filter filter(expr, setting.header, setting.asked, setting.context);
  for (int block = 0; block < 8; ++block) {
    std::vector<std::string> cells;
    for (int i = 0; i < 10000; ++i) cells.push_back(std::to_string(block * 10000 + i));
    const auto truths = setting.evaluate(filter, of_a(cells));
    REQUIRE(std::count(truths.begin(), truths.end(), Truth::yes) == (block < 5 ? 0 : 10000));
  }
}

TEST_CASE("Filter: values, and what is counted about them") {
  const auto numbers = [](const std::string& source, const Rows& rows, std::uint64_t counted) {
    Setting setting;
    const auto expr = parse_value(source);
    Filter filter(expr, setting.header, setting.asked, setting.context);
    const MadeBlock block(rows);
    for (auto& coder : setting.coders) coder->code(block.get());
    std::vector<double> values;
    filter.evaluate_number(block.get(), values);
    CHECK(filter.not_numbers() == counted);
    std::string text;
    for (const auto value : values) text += (std::isnan(value) ? "?" : shortest(value)) + " ";
    return text;
  };
  CHECK(numbers("a", of_a({"1", "", "x", "99", "2.5"}), 1) == "1 ? ? ? 2.5 ");
  CHECK(numbers("a * 2 + 1", of_a({"1", "", "99"}), 0) == "3 ? ? ");
  CHECK(numbers("1 / a", of_a({"4", "0"}), 0) == "0.25 ? ");
  CHECK(numbers("7", of_a({"4", ""}), 0) == "7 7 ");
  CHECK(numbers("count(m)", {{"", "", "", "TV", "1", "0", ""}, {"", "", "", "", "", "", ""}}, 0) ==
        "2 ? ");
}

TEST_CASE("Filter: truths as numbers; values are no truths") {
  Setting setting;
  const auto expr = parse_expr("a > 2");
  Filter filter(expr, setting.header, setting.asked, setting.context);
  std::vector<double> values;
  const MadeBlock block(of_a({"1", "3", ""}));
  filter.evaluate_number(block.get(), values);
  CHECK(values[0] == 0);
  CHECK(values[1] == 1);
  CHECK(std::isnan(values[2]));
  const auto value = parse_value("a + 1");
  Filter of_value(value, setting.header, setting.asked, setting.context);
  std::vector<Truth> truths;
  CHECK_THROWS_AS(of_value.evaluate(block.get(), truths), Error);
  const auto several = parse_value("m");
  CHECK_THROWS_AS(Filter(several, setting.header, setting.asked, setting.context), Error);
}

TEST_CASE("Filter: more conditions than are remembered") {
  std::string source = "a = -1";
  for (int i = 0; i < 20000; ++i) source += i % 2 == 0 ? " or a = 7" : " or b = 5";
  CHECK(marks(source, {{"7", "", "", "", "", "", ""},
                       {"1", "5", "", "", "", "", ""},
                       {"1", "1", "", "", "", "", ""},
                       {"1", "", "", "", "", "", ""}}) == "++-?");
}

TEST_CASE("Filter: names that are not there, or not fit") {
  CHECK(error_of("nobody = 1") == "unknown-column");
  CHECK(error_of("#8 = 1") == "unknown-column");
  CHECK(error_of("`#1` = 1") == "unknown-column");
  CHECK(error_of("m = 1") == "expr-type");
  CHECK(error_of("count(m) > joined") == "expr-type");
  CHECK(error_of("text(m) = 'x'") == "expr-type");
  CHECK(error_of("`c d` = 1 and m_1 = 1 and any(m) and missing(joined)") == "");
}

TEST_CASE("questions_in") {
  const Setting setting;
  CHECK(questions_in(parse_expr("any(joined) and count(m) > 1 and a = 1"), setting.questions) ==
        std::vector<std::size_t>{1, 0});
  CHECK(questions_in(parse_expr("a = 1"), setting.questions).empty());
}

}  // namespace sondeo
