// SPDX-License-Identifier: MIT
#include "table/build.h"

#include <doctest/doctest.h>

#include <cmath>

#include "../tabulate/request.h"

namespace sondeo {
namespace {

using requests::count_text;
using requests::question;
using requests::table;

struct Made {
  Question asked;
  CountRequest request;
  TableRules rules;
  TableContext context;
  bool show_total = true;

  explicit Made(Question question) : asked(std::move(question)) {}

  Made& weight(const char* column) {
    request.weight.column = context.weight = column;
    context.weighted = true;
    return *this;
  }
  // By each of the variables apart.
  Table operator()(const std::string& text, const std::vector<Question>& by = {}) {
    auto counting = request;
    counting.questions = {asked};
    counting.axes = {{{0}, false}, {{}, false}};
    counting.tables = {{0, 1}};
    for (const auto& each : by) {
      counting.axes.push_back({{counting.questions.size()}, true});
      counting.tables.push_back({0, counting.axes.size() - 1});
      counting.questions.push_back(each);
    }
    const auto counted = count_text(text, counting).result;
    context.units = counted.rows;
    std::vector<BannerPart> parts;
    for (std::size_t i = 0; i < by.size(); ++i)
      parts.push_back({{by[i].name}, counted.tables[i + 1]});
    return build_table(asked, counted.tables[0], parts,
                       by.empty() ? TableShape::topline : TableShape::banner, show_total, context,
                       rules);
  }
};

const Row& row_of(const Table& table, const std::string& id) {
  for (const auto& row : table.rows) {
    if (row.id == id) return row;
  }
  FAIL("no row " << id);
  return table.rows[0];
}

const Value& value(const Table& table, const std::string& row, std::size_t column,
                   const char* statistic, const char* of = "") {
  const auto* found = row_of(table, row).cells.at(column).find(statistic, of);
  REQUIRE(found != nullptr);
  return *found;
}

double number(const Table& table, const std::string& row, std::size_t column, const char* statistic,
              const char* of = "") {
  const auto& found = value(table, row, column, statistic, of);
  REQUIRE(found.number.has_value());
  return *found.number;
}

std::vector<std::string> row_ids(const Table& table) {
  std::vector<std::string> ids;
  for (const auto& row : table.rows) ids.push_back(row.id);
  return ids;
}

std::vector<std::string> column_ids(const Table& table) {
  std::vector<std::string> ids;
  for (const auto& column : table.columns) ids.push_back(column.id);
  return ids;
}

using Ids = std::vector<std::string>;
const Question q = question("q", QuestionKind::single, {0});
const Question g = question("g", QuestionKind::single, {1});
const Question flags = question("m", QuestionKind::flags, {0, 1});
// q by g with a missing answer each way, and weights.
const std::string sample = "q,g,w\na,N,1\na,N,1\nb,N,2\nb,S,4\n,S,8\na,,16\n";
const std::string ticks = "m1,m2,g\n1,1,N\n1,0,N\n0,0,S\n,,S\n";

}  // namespace

TEST_CASE("build_table: counts, percentages and bases of a single question") {
  const auto made = Made(q)(sample);
  CHECK(made.id == "q");
  CHECK(made.base == "all who answered");
  CHECK(row_ids(made) == Ids{"_base", "a", "b", "_missing"});
  CHECK(column_ids(made) == Ids{"_total"});
  CHECK(number(made, "_base", 0, "n") == 5);
  CHECK(number(made, "a", 0, "n") == 3);
  CHECK(number(made, "a", 0, "column_percent") == 60);
  CHECK(number(made, "b", 0, "column_percent") == 40);
  CHECK(number(made, "_missing", 0, "n") == 1);
  CHECK(number(made, "a", 0, "df", "column_percent") == 4);
  // se of 3 of 5 in a file of 6 rows: 100 sqrt(6/5 * (0.4^2 * 3 + 0.6^2 * 2) / 25).
  CHECK(number(made, "a", 0, "se", "column_percent") ==
        doctest::Approx(100 * std::sqrt(1.2 * (0.16 * 3 + 0.36 * 2) / 25)).epsilon(1e-12));
}

TEST_CASE("build_table: weighted") {
  const auto made = Made(q).weight("w")(sample);
  CHECK(made.weight == "w");
  CHECK(number(made, "_base", 0, "n") == 5);
  CHECK(number(made, "_base", 0, "weighted_n") == 24);
  CHECK(number(made, "_base", 0, "effective_n") == doctest::Approx(24.0 * 24 / 278).epsilon(1e-12));
  CHECK(number(made, "a", 0, "count") == 18);
  CHECK(number(made, "a", 0, "column_percent") == 75);
  CHECK(number(made, "_missing", 0, "n") == 1);
  CHECK(number(made, "_missing", 0, "count") == 8);
}

TEST_CASE("build_table: the bases asked, answered and all") {
  Made single(q);
  single.rules.base = Base::all;
  auto made = single(sample);
  CHECK(made.base == "all respondents");
  CHECK(number(made, "a", 0, "column_percent") == 50);
  CHECK(number(made, "_missing", 0, "n") == 0);
  single.rules.base = Base::asked;
  CHECK(number(single(sample), "_base", 0, "n") == 6);
  CHECK(single(sample).base == "all respondents");
  single.rules.asked = "g = 'N'";
  CHECK(single(sample).base == "asked: g = 'N'");

  Made several(flags);
  made = several(ticks);
  CHECK(made.base == "all asked");
  CHECK(number(made, "_base", 0, "n") == 3);
  CHECK(number(made, "_missing", 0, "n") == 1);
  CHECK(number(made, "o0", 0, "column_percent") == doctest::Approx(200.0 / 3));
  several.rules.base = Base::answered;
  made = several(ticks);
  CHECK(number(made, "_base", 0, "n") == 2);
  CHECK(number(made, "o0", 0, "column_percent") == 100);
  CHECK(number(made, "o1", 0, "column_percent") == 50);
  CHECK(number(made, "_missing", 0, "n") == 2);
  several.rules.base = Base::all;
  made = several(ticks);
  CHECK(number(made, "_base", 0, "n") == 4);
  CHECK(number(made, "o0", 0, "column_percent") == 50);
  CHECK(number(made, "_missing", 0, "n") == 0);
  // With --asked the filter has left out the others: whoever is there was asked.
  several.rules.base = Base::asked;
  several.rules.asked = "g = 'N'";
  CHECK(number(several(ticks), "_base", 0, "n") == 4);
}

TEST_CASE("build_table: a banner has the columns of respondents, with the total or without") {
  Made banner(q);
  auto made = banner(sample, {g});
  CHECK(column_ids(made) == Ids{"_total", "g=N", "g=S"});
  CHECK(made.columns[1].path == Ids{"g", "N"});
  CHECK(made.columns[1].label == "N");
  CHECK(number(made, "_base", 1, "n") == 3);
  CHECK(number(made, "_base", 2, "n") == 1);
  CHECK(number(made, "a", 1, "column_percent") == doctest::Approx(200.0 / 3));
  CHECK(number(made, "a", 2, "column_percent") == 0);
  CHECK(number(made, "_missing", 2, "n") == 1);
  banner.show_total = false;
  made = banner(sample, {g});
  CHECK(column_ids(made) == Ids{"g=N", "g=S"});
  CHECK(row_ids(made) == Ids{"_base", "a", "b", "_missing"});
  // Columns that only rows outside the filter have are not there; overlaps are never shown.
  banner.request.where = parse_expr("g = 'N'");
  CHECK(column_ids(banner(sample, {g})) == Ids{"g=N"});
  banner.request.where = {};
  banner.show_total = true;
  Made options(question("g", QuestionKind::single, {2}));
  const auto by_options = options(ticks, {flags});
  CHECK(column_ids(by_options) == Ids{"_total", "m=o0", "m=o1"});
}

TEST_CASE("build_table: percentages of the row and of the total") {
  Made made(q);
  made.rules.percents = {Percent::row, Percent::total, Percent::column};
  const auto result = made(sample, {g});
  CHECK(result.shown == Ids{"row_percent", "total_percent", "column_percent"});
  CHECK(number(result, "a", 0, "row_percent") == 100);
  CHECK(number(result, "a", 1, "row_percent") == doctest::Approx(200.0 / 3));
  CHECK(number(result, "b", 1, "row_percent") == 50);
  CHECK(number(result, "b", 2, "row_percent") == 50);
  CHECK(number(result, "a", 1, "total_percent") == 40);
  CHECK(number(result, "b", 2, "total_percent") == 20);
  CHECK(number(result, "b", 2, "column_percent") == 100);
}

TEST_CASE("build_table: rows by their answer, or the largest first") {
  const std::string text = "q,g\n10,N\n9,N\n9,N\nx,N\nx,N\nx,N\n2,S\n2,S\n";
  Made made(q);
  CHECK(row_ids(made(text)) == Ids{"_base", "2", "9", "10", "x", "_missing"});
  made.rules.sort = SortRows::size;
  CHECK(row_ids(made(text)) == Ids{"_base", "x", "2", "9", "10", "_missing"});
  CHECK(row_ids(made(text, {g})) == Ids{"_base", "x", "2", "9", "10", "_missing"});
  // By weight, where there is one.
  made.weight("w");
  CHECK(row_ids(made("q,g,w\na,N,1\na,N,1\nb,N,5\n")) == Ids{"_base", "b", "a", "_missing"});
  // Options stand as their columns do, unless by size.
  auto options = question("m", QuestionKind::flags, {1, 0});
  CHECK(row_ids(Made(options)(ticks)) == Ids{"_base", "o1", "o0", "_missing"});
  Made sized(options);
  sized.rules.sort = SortRows::size;
  CHECK(row_ids(sized(ticks)) == Ids{"_base", "o0", "o1", "_missing"});
}

TEST_CASE("build_table: columns below the least base are blank, bases aside") {
  Made made(q);
  made.rules.min_base = 2;
  for (const auto kind : {BaseKind::n, BaseKind::weighted, BaseKind::effective}) {
    made.rules.min_base_of = kind;
    const auto result = made(sample, {g});
    CHECK_FALSE(result.columns[0].suppressed);
    CHECK_FALSE(result.columns[1].suppressed);
    CHECK(result.columns[2].suppressed);
    CHECK(number(result, "_base", 2, "n") == 1);
    for (const auto& each : row_of(result, "a").cells[2].values) {
      CHECK_FALSE(each.number.has_value());
      CHECK(each.flag == "min_base");
    }
    CHECK(number(result, "a", 1, "n") == 2);
  }
  made.weight("w");
  made.rules.min_base = 4;
  made.rules.min_base_of = BaseKind::weighted;
  CHECK_FALSE(made(sample, {g}).columns[2].suppressed);
  made.rules.min_base = 4.1;
  CHECK(made(sample, {g}).columns[2].suppressed);
}

TEST_CASE("build_table: marks of low bases") {
  std::string text = "q,g\n";
  for (int i = 0; i < 130; ++i)
    text += std::string(i % 2 == 0 ? "a" : "b") + (i < 100 ? ",N\n" : i < 129 ? ",S\n" : ",E\n");
  Made made(q);
  const auto result = made(text, {g});
  CHECK(column_ids(result) == Ids{"_total", "g=E", "g=N", "g=S"});
  CHECK(result.columns[0].mark == BaseMark::enough);
  CHECK(result.columns[1].mark == BaseMark::very_low);
  CHECK(result.columns[2].mark == BaseMark::enough);  // 100 is not below 100
  CHECK(result.columns[3].mark == BaseMark::very_low);
  made.rules.very_low_base = 29;
  CHECK(made(text, {g}).columns[3].mark == BaseMark::low);
}

TEST_CASE("build_table: numbers have mean, standard deviation and median") {
  Made made(question("n", QuestionKind::number, {0}));
  const auto result = made("n,g\n1,N\n3,N\n8,S\n,S\n", {g});
  CHECK(row_ids(result) == Ids{"_base", "_mean", "_sd", "_median", "_missing"});
  CHECK(number(result, "_mean", 0, "mean") == 4);
  CHECK(number(result, "_mean", 1, "mean") == 2);
  CHECK(number(result, "_median", 0, "median") == 3);
  CHECK(number(result, "_sd", 1, "sd") == doctest::Approx(std::sqrt(2.0)).epsilon(1e-12));
  CHECK(number(result, "_missing", 0, "n") == 1);
  CHECK(number(result, "_mean", 2, "mean") == 8);
  const auto& se = value(result, "_mean", 2, "se", "mean");
  CHECK_FALSE(se.number.has_value());
  CHECK(se.flag == "one_respondent");
  made.rules.min_base = 2;
  const auto suppressed = made("n,g\n1,N\n3,N\n8,S\n,S\n", {g});
  for (const char* id : {"_mean", "_sd", "_median"}) {
    for (const auto& each : row_of(suppressed, id).cells[2].values) CHECK(each.flag == "min_base");
  }
}

TEST_CASE("build_table: everybody agrees: no margin of error is promised") {
  const auto made = Made(q)("q,g\na,N\na,N\na,N\n");
  CHECK(number(made, "a", 0, "column_percent") == 100);
  CHECK_FALSE(value(made, "a", 0, "moe", "column_percent").number.has_value());
  CHECK(value(made, "a", 0, "moe", "column_percent").flag == "no_variation");
  CHECK(number(made, "a", 0, "ci_high", "column_percent") == 100);
  CHECK(number(made, "a", 0, "ci_low", "column_percent") ==
        doctest::Approx(100 * std::cbrt(0.025)));
}

TEST_CASE("build_table: no respondents at all, or none that the filter keeps") {
  for (const std::string text : {"q,g\n", "q,g\na,N\n"}) {
    Made made(q);
    made.request.where = parse_expr("g = 'nobody'");
    const auto result = made(text, {g});
    CHECK(row_ids(result) == Ids{"_base", "_missing"});
    CHECK(column_ids(result) == Ids{"_total"});
    CHECK(number(result, "_base", 0, "n") == 0);
    const auto& effective = value(result, "_base", 0, "effective_n");
    CHECK_FALSE(effective.number.has_value());
    CHECK(effective.flag == "zero_base");
    CHECK(number(result, "_missing", 0, "n") == 0);
  }
  const auto options = Made(flags)("m1,m2\n");
  CHECK(row_ids(options) == Ids{"_base", "o0", "o1", "_missing"});
  CHECK(number(options, "o1", 0, "n") == 0);
  CHECK(value(options, "o1", 0, "column_percent").flag == "zero_base");
  const auto numbers = Made(question("n", QuestionKind::number, {0}))("n\n");
  CHECK(value(numbers, "_mean", 0, "mean").flag == "zero_base");
  CHECK(value(numbers, "_median", 0, "median").flag == "zero_base");
}

TEST_CASE("build_table: an answer that is empty has a name, and blanks of an answer are kept") {
  Made made(q);
  made.request.rules.keep_empty = true;
  const auto result = made("q,g\n,N\n  ,N\n b,N\n");
  CHECK(row_of(result, "").label == "(empty)");
  CHECK(number(result, "", 0, "n") == 2);
  CHECK(row_of(result, "b").label == " b");
}

}  // namespace sondeo
