// SPDX-License-Identifier: MIT
#include "render/diff.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "delimited.h"
#include "render/diff_lines.h"

namespace sondeo {
namespace {

// Two files in memory: what the published and the new tables say.
struct Files {
  TableNumbers before, after;

  static TableNumber number(const char* row, const char* column, const char* statistic,
                            std::optional<double> value, const char* unit = "percent",
                            const char* flag = "") {
    TableNumber number;
    number.table = "Q3";
    number.weight = "w";
    number.row_id = number.row = row;
    number.column_id = number.column = column;
    number.statistic = statistic;
    number.unit = unit;
    number.flag = flag;
    number.value = value;
    return number;
  }

  static TableNumber letters(const char* row, const char* column, const char* text) {
    TableNumber line = number(row, column, "letters", std::nullopt, "");
    line.letters = text;
    return line;
  }

  // The picture of the manual.
  Files() {
    before.name = "published.json";
    after.name = "new.json";
    before.numbers = {number("Approve (net)", "18-34", "column_percent", 43.1),
                      number("Other", "18-34", "column_percent", 12.04),
                      letters("Don't know", "18-34", "F")};
    after.numbers = {number("Approve (net)", "18-34", "column_percent", 41.3),
                     number("Other", "18-34", "column_percent", 12.05),
                     letters("Don't know", "18-34", "FG")};
  }

  Diff diff(double tolerance) const { return diff_numbers(before, after, {tolerance, {}}, {}); }
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("diff text: the picture") {
  CHECK(render_diff_text(Files().diff(0.5)) ==
        "1 of 2 numbers moved by more than 0.5; 1 letter changed\n"
        "  table  row            column  published   new   change\n"
        "  Q3     Approve (net)  18-34        43.1  41.3     -1.8\n"
        "  Q3     Don't know     18-34           F    FG  letters\n");
}

TEST_CASE("diff text: nothing moved") {
  Files files;
  files.after.numbers = files.before.numbers;
  CHECK(render_diff_text(files.diff(0.5)) == "2 numbers compared, none moved by more than 0.5\n");
  CHECK(render_diff_text(files.diff(0)) == "2 numbers compared, none moved\n");
}

TEST_CASE("diff text: as many decimals as show the change beyond the tolerance") {
  Files files;
  CHECK(contains(render_diff_text(files.diff(0)), "12.04  12.05    +0.01\n"));
  files.before.numbers = {Files::number("a", "b", "mean", 2.5, "value"),
                          Files::number("a", "b", "column_percent", 10.0),
                          Files::number("a", "b", "n", 1504, "respondents")};
  files.after.numbers = {Files::number("a", "b", "mean", 2.5000001, "value"),
                         Files::number("a", "b", "column_percent", 10.54),
                         Files::number("a", "b", "n", 1499, "respondents")};
  const std::string out = render_diff_text(files.diff(0));
  CHECK(contains(out, "mean       2.5000000  2.5000001  +0.0000001\n"));
  CHECK(contains(out, "n              1,504      1,499          -5\n"));
  // +0.5 would not be more than 0.5.
  CHECK(contains(render_diff_text(files.diff(0.5)), "10.00  10.54   +0.54\n"));
}

TEST_CASE("diff: numbers that became absent say why; whole rows are one line") {
  Files files;
  files.before.numbers = {
      Files::number("a", "x", "mean", 2.5, "value"), Files::number("b", "x", "mean", 1, "value"),
      Files::number("b", "x", "sd", 1, "value"), Files::number("c", "x", "mean", 1, "value")};
  files.after.numbers = {
      Files::number("a", "x", "mean", std::nullopt, "value", "min_base"),
      Files::number("c", "x", "mean", 1, "value"),
  };
  const std::vector<DiffLine> lines = diff_lines(files.diff(0));
  REQUIRE(lines.size() == 2);
  CHECK(diff_sentence(lines[0]) == "a × x, mean: 2.50 → – (min base) (vanished)");
  CHECK(diff_sentence(lines[1]) == "b vanished: 2 numbers");
}

TEST_CASE("diff csv and json: every change with all its digits") {
  const Files files;
  const Diff diff = files.diff(0);
  const auto records = sample::parse_delimited(render_diff_csv(diff), ',');
  REQUIRE(records.size() == 4);
  CHECK(records[1] == std::vector<std::string>{"moved", "Q3", "w", "Approve (net)", "Approve (net)",
                                               "18-34", "18-34", "", "column_percent", "percent",
                                               "43.1", "41.3", "-1.8000000000000043", "", ""});
  CHECK(records[3][0] == "letters");
  CHECK(records[3][10] == "F");
  CHECK(records[3][11] == "FG");
  const auto json = nlohmann::json::parse(render_diff_json(diff));
  CHECK(json["schema"] == "sondeo.diff/1");
  CHECK(json["moved"] == 2);
  CHECK(json["compared"] == 2);
  REQUIRE(json["changes"].size() == 3);
  CHECK(json["changes"][0]["new"] == 41.3);
  CHECK(json["changes"][2]["old"] == "F");
}

TEST_CASE("diff github: commands that labels cannot break, ten at most") {
  Files files;
  files.before.numbers.clear();
  files.after.numbers.clear();
  for (int i = 0; i < 30; ++i) {
    TableNumber number = Files::number("100%\n::error::x", "a", "n", i, "respondents");
    number.table = "q:1,2";
    files.before.numbers.push_back(number);
    number.value = i + 1;
    files.after.numbers.push_back(number);
  }
  const std::string out = render_diff_github(files.diff(0));
  CHECK(std::count(out.begin(), out.end(), '\n') == 10);
  CHECK(contains(out,
                 "::error file=published.json,title=q%3A1%2C2::100%25\\x0a::error::x × a, n: "
                 "0 → 1 (+1)\n"));
  CHECK(contains(out, "::and 22 more\n"));
}

TEST_CASE("diff junit: one case a table, text escaped") {
  Files files;
  files.before.numbers[0].row = "<b> & \"x\"";
  files.after.numbers[0].row = "<b> & \"x\"";
  TableNumber other = Files::number("a", "b", "n", 1);
  other.table = "Q4";
  files.before.numbers.push_back(other);
  files.after.numbers.push_back(other);
  CHECK(render_diff_junit(files.diff(0.5)) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites tests=\"2\" failures=\"1\">\n"
        "  <testsuite name=\"published.json\" tests=\"2\" failures=\"1\">\n"
        "    <testcase classname=\"sondeo-diff\" name=\"Q3\">\n"
        "      <failure message=\"2 changes\">&lt;b&gt; &amp; &quot;x&quot; × 18-34, column %: "
        "43.1 → "
        "41.3 (-1.8)\n"
        "Don't know × 18-34: F → FG (letters)\n"
        "</failure>\n"
        "    </testcase>\n"
        "    <testcase classname=\"sondeo-diff\" name=\"Q4\"/>\n"
        "  </testsuite>\n"
        "</testsuites>\n");
}

}  // namespace sondeo
