// SPDX-License-Identifier: MIT
// Dates, functions and text tests of a filter; and all of it against a naive evaluator.
#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "base/number.h"
#include "blocks.h"
#include "data/filter.h"
#include "naive_filter.h"

namespace sondeo {
namespace {

using blocks::MadeBlock;
using blocks::Rows;

const Header header{"f.csv", 1, {"n", "k", "t", "from", "to", "born"}};
const CodingContext context{"f.csv", {{"99", "NA"}, false, {}, {}}, {',', ""}};
const std::vector<FilterQuestion> no_questions;

std::string marks(const std::vector<Truth>& truths) {
  std::string text;
  for (const auto truth : truths)
    text += truth == Truth::yes ? '+' : truth == Truth::no ? '-' : '?';
  return text;
}

std::string truths(const std::string& source, const Rows& rows) {
  const auto expr = parse_expr(source);
  Filter filter(expr, header, no_questions, context);
  std::vector<Truth> result;
  filter.evaluate(MadeBlock(rows).get(), result);
  return marks(result);
}

// The values, "?" where missing, and how many rows had what is no number or no date.
std::string values(const std::string& source, const Rows& rows) {
  const auto expr = parse_value(source);
  Filter filter(expr, header, no_questions, context);
  std::vector<double> result;
  filter.evaluate_number(MadeBlock(rows).get(), result);
  std::string text;
  for (const auto value : result) text += (std::isnan(value) ? "?" : shortest(value)) + " ";
  text += "n" + std::to_string(filter.not_numbers());
  return text + " d" + std::to_string(filter.not_dates());
}

Rows of(std::size_t column, const std::vector<std::string>& cells) {
  Rows rows;
  for (const auto& cell : cells) {
    rows.emplace_back(6);
    rows.back()[column] = cell;
  }
  return rows;
}

Rows pairs(std::size_t a, std::size_t b,
           const std::vector<std::pair<std::string, std::string>>& cells) {
  Rows rows;
  for (const auto& [x, y] : cells) {
    rows.emplace_back(6);
    rows.back()[a] = x;
    rows.back()[b] = y;
  }
  return rows;
}

// Random sources and rows over the columns above.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  std::vector<std::string> row() {
    const std::vector<std::string> numbers{"",   "1",  "2,5", "-3", "0,1",
                                           "99", "NA", "1.5", "x",  "7"};
    const std::vector<std::string> dates{"",
                                         "NA",
                                         "2024-02-29",
                                         "2024-03-01",
                                         "2023-02-29",
                                         "2024-03-01T10:00",
                                         "2024-03-01 09:59:30",
                                         "2024-03-01T10:00:00Z",
                                         "2024-03-01T11:00+01:00",
                                         "2024-02-29T23:30-05:00",
                                         "1969-12-31 23:00",
                                         "soon"};
    return {pick(numbers),
            pick(numbers),
            pick({"", "Espera larga", "ESPERA", "atención", "ATENCIÓN al cliente", "NA", "2,5"}),
            pick(dates),
            pick(dates),
            pick({"", "1/3/2024", "01/03/2024", "31/12/1969", "31/11/2024", "2024-03-01"})};
  }

  std::string literal() { return pick({"0", "1", "2.5", "7", "0.1", "3"}); }

  std::string date_literal() {
    return "date('" +
           pick({"2024-02-29", "2024-03-01", "2024-03-01 10:00", "2024-03-01T10:30Z",
                 "1970-01-01"}) +
           "')";
  }

  std::string date() {
    return below(3) == 0 ? date_literal()
                         : pick({"date(from)", "date(to)", "date(born, '%d/%m/%Y')", "date(born)",
                                 "date(t)"});
  }

  std::string number(int depth) {
    const auto again = [&] { return number(depth - 1); };
    switch (below(depth > 0 ? 10 : 3)) {
      case 0:
        return literal();
      case 1:
      case 2:
        return pick({"n", "k", "t", "count(n)"});
      case 3:
        return "-(" + again() + ")";
      case 4:
        return pick({"round(", "floor(", "abs("}) + again() + ")";
      case 5:
        return "if(" + condition(depth - 1) + ", " + again() + ", " + again() + ")";
      case 6:
        return pick({"days(", "hours(", "minutes(", "seconds("}) + date() + ", " + date() + ")";
      case 7:
        return pick({"year(", "month(", "weekday("}) + date() + ")";
      case 8: {
        auto source = pick({"min(", "max(", "sum(", "mean("}) + again();
        for (auto more = below(3); more > 0; --more) source += ", " + again();
        return source + ")";
      }
      default:
        return "(" + again() + ") " + pick({"+", "-", "*", "/"}) + " (" + again() + ")";
    }
  }

  std::string items() {
    std::string source = "(";
    for (auto more = 1 + below(3); more > 0; --more) {
      source += source.size() > 1 ? ", " : "";
      source += below(2) == 0   ? literal()
                : below(2) == 0 ? "-1 .. " + literal()
                                : pick({"'2,5'", "'ESPERA'", "'a'..'b'"});
    }
    return source + ")";
  }

  std::string dates() {
    std::string source = "(" + date_literal();
    for (auto more = below(3); more > 0; --more) {
      source += ", " + date_literal() + (below(2) == 0 ? ".." + date_literal() : "");
    }
    return source + ")";
  }

  std::string condition(int depth) {
    const auto sign = pick({" = ", " != ", " < ", " <= ", " > ", " >= "});
    switch (below(depth > 0 ? 10 : 7)) {
      case 0:
        return number(depth) + sign + number(depth);
      case 1:
        return date() + sign + date();
      case 2:
        return date() + pick({" in ", " not in "}) + dates();
      case 3:
        return pick({"contains(", "matches("}) + pick({"t", "text(t)"}) + ", " +
               pick({"'espera'", "'ÓN'", "'ATENCI?N*'", "'*a'", "''", "'?'"}) + ")";
      case 4:
        return "missing(" + pick({"n", "from", "date(from)", "mean(n, k)", "days(from, to)"}) + ")";
      case 5:
        return number(depth) + pick({" in ", " not in "}) + items();
      case 6:
        return pick({"t", "text(t)"}) + sign + pick({"'ESPERA'", "2.5", "text(n)", "n"});
      case 7:
        return "not (" + condition(depth - 1) + ")";
      default:
        return "(" + condition(depth - 1) + pick({") and (", ") or ("}) + condition(depth - 1) +
               ")";
    }
  }

 private:
  std::mt19937 random_;
};

naive::Cells cells_of(const std::vector<std::string>& row) {
  naive::Cells cells;
  for (std::size_t i = 0; i < row.size(); ++i) cells[header.names[i]] = row[i];
  return cells;
}

}  // namespace

TEST_CASE("Filter: random conditions and values with functions, against a naive evaluator") {
  Generator make(97);
  std::size_t known = 0;
  for (int round = 0; round < 4000; ++round) {
    const auto condition = make.condition(3);
    const auto value = make.number(3);
    CAPTURE(condition);
    CAPTURE(value);
    const auto condition_expr = parse_expr(condition);
    const auto value_expr = parse_value(value);
    Filter filter(condition_expr, header, no_questions, context);
    Filter numbers(value_expr, header, no_questions, context);
    Rows rows;
    for (int i = 0; i < 20; ++i) rows.push_back(make.row());
    const MadeBlock block(rows);
    std::vector<Truth> result;
    std::vector<double> result_numbers;
    filter.evaluate(block.get(), result);
    numbers.evaluate_number(block.get(), result_numbers);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CAPTURE(rows[i]);
      const auto cells = cells_of(rows[i]);
      const naive::Evaluator expected(cells);
      const auto truth = expected.truth(condition_expr);
      REQUIRE(result[i] == (!truth ? Truth::unknown : *truth ? Truth::yes : Truth::no));
      const auto number = expected.number(value_expr);
      REQUIRE(std::isnan(result_numbers[i]) == !number);
      if (number) REQUIRE(result_numbers[i] == *number);
      known += truth && number;
    }
  }
  CHECK(known > 20000);
}

TEST_CASE("Filter: dates") {
  const auto from = [](const std::vector<std::string>& cells) { return of(3, cells); };
  const auto march = from(
      {"2024-02-29 23:59", "2024-03-01", "2024-03-31T18:00", "2024-04-01", "", "NA", "31/03/2024"});
  CHECK(truths("from >= date('2024-03-01') and from <= date('2024-03-31')", march) == "-++-???");
  CHECK(truths("from in (date('2024-03-01')..date('2024-03-31'))", march) == "-++-???");
  CHECK(truths("missing(date(from))", march) == "----+++");
  CHECK(truths("missing(from)", march) == "----++-");
  CHECK(values("year(from) * 100 + month(from)", march) ==
        "202402 202403 202403 202404 ? ? ? n0 d1");
  CHECK(values("weekday(from)", from({"2024-03-04", "2024-03-10"})) == "1 7 n0 d0");
  CHECK(values("year(date(born, '%d/%m/%Y'))", of(5, {"1/3/1980", "1980-03-01"})) ==
        "1980 ? n0 d1");

  const auto times = pairs(3, 4,
                           {{"2024-03-01 10:00", "2024-03-01 10:04:30"},
                            {"2024-03-01T23:00Z", "2024-03-02T01:00+01:00"},
                            {"2024-03-01", "2024-03-02T12:00"},
                            {"2024-03-02", ""},
                            {"x", "y"}});
  CHECK(values("minutes(from, to)", times) == "4.5 60 2160 ? ? n0 d1");
  CHECK(values("days(from, to)", times).starts_with("0.003125 0.041666666666666664 1.5 ? ?"));
  CHECK(values("-seconds(to, from)", times).starts_with("270 3600 129600 ? ?"));
  CHECK(truths("hours(from, to) < 1", times) == "+--??");
}

TEST_CASE("Filter: rows with unreadable dates are counted once each, every time") {
  const auto expr = parse_expr("from > date('2024-01-01') or to > date('2024-01-01')");
  Filter filter(expr, header, no_questions, context);
  std::vector<Truth> result;
  const MadeBlock block(pairs(3, 4, {{"x", "x"}, {"x", "2025-01-01"}, {"", ""}}));
  filter.evaluate(block.get(), result);
  CHECK(marks(result) == "?+?");
  CHECK(filter.not_dates() == 2);
  filter.evaluate(block.get(), result);
  CHECK(filter.not_dates() == 4);
  CHECK(filter.not_numbers() == 0);
}

TEST_CASE("Filter: helpers over numbers leave out what is missing") {
  const auto rows = pairs(0, 1, {{"1", "2,5"}, {"1", ""}, {"", "NA"}, {"x", "4"}});
  CHECK(values("sum(n, k)", rows) == "3.5 1 ? 4 n1 d0");
  CHECK(values("mean(n, k)", rows) == "1.75 1 ? 4 n1 d0");
  CHECK(values("min(n, k)", rows) == "1 1 ? 4 n1 d0");
  CHECK(values("max(n, k, 2)", rows) == "2.5 2 2 4 n1 d0");
  CHECK(values("n + k", rows) == "3.5 ? ? ? n1 d0");
  CHECK(values("if(n = 1, k, 0)", rows) == "2.5 ? ? 0 n0 d0");
  CHECK(values("if(missing(n), 0, n)", rows) == "1 1 0 ? n1 d0");
  const auto halves = of(0, {"2,5", "-2,5", "28,499999999999996", "0,4", "1e300"});
  CHECK(values("round(n)", halves).starts_with("3 -3 29 0 1e+300"));
  CHECK(values("floor(n)", halves).starts_with("2 -3 28 0 1e+300"));
  CHECK(values("abs(n)", halves).starts_with("2.5 2.5 28.499999999999996 0.4 1e+300"));
}

TEST_CASE("Filter: texts are looked for whatever their case") {
  const auto rows =
      of(2, {"La ESPERA", "espera", "ATENCIO\u0301N", "\" \"\"Espera\"\" \"", "", "NA"});
  CHECK(truths("contains(t, 'espera')", rows) == "++-+??");
  CHECK(truths("contains(text(t), 'espera')", rows) == "++-+--");
  CHECK(truths("matches(t, 'esp*')", rows) == "-+--??");
  CHECK(truths("contains(t, 'atención')", rows) == "--+-??");
  CHECK(truths("matches(t, 'ATENCI?N')", rows) == "--+-??");
  CHECK(truths("contains(text(t), 'na')", of(2, {"NA", "manzana", "\xFFNA", ""})) == "+++-");
}

}  // namespace sondeo
