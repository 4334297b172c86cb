// SPDX-License-Identifier: MIT
#include "data/study_coder.h"

#include <doctest/doctest.h>

#include "study_setting.h"

namespace sondeo {
namespace {

using blocks::column;
using studies::Meanings;
using studies::Setting;

const std::string single = R"toml(
[[question]]
name = "q"
codes = [
  { code = 1, label = "Yes" },
  { code = "no", label = "No", values = ["No", "N"] },
  { code = 8, label = "Don't know", missing = "dont_know", base = true },
  { code = 9, label = "Refused", missing = "refused" },
  { code = 97, label = "Not asked", missing = "not_asked" },
]
)toml";

Error error_of(Setting& setting, const blocks::Rows& rows, std::uint64_t first_line = 2) {
  const blocks::MadeBlock block(rows, first_line);
  try {
    setting.code(block.get());
  } catch (const Error& error) {
    return error;
  }
  return Error("none", "");
}

}  // namespace

TEST_CASE("study coder: cells match codes as text, then as numbers; values stand for the code") {
  Setting setting(single, {"q"});
  CHECK(setting.meanings("q",
                         column({"1", " 1 ", "1.0", "01", "No", "N", "8", "9", "97", "", "  "})) ==
        Meanings{"1", "1", "1", "1", "no", "no", "8", "!9", "-97", "!", "!"});
  // The listed ones are coded by their place, whether they occur or not.
  CHECK(setting.coder("q").answer(1).text == "no");
  CHECK(setting.coder("q").codes()[4] == 1);
}

TEST_CASE("study coder: an answer that is not listed is refused with line and column") {
  Setting setting(single, {"é", "q"});
  const auto error = error_of(setting, {{"ñ", "1"}, {"\"a\nb\"", "no"}, {"c", "1"}});
  CHECK(error.id() == "code-range");
  // The row starts in line 3, its second cell stands in line 4, after b" and the comma.
  CHECK(error.place().line == 4);
  CHECK(error.place().column == 4);
  CHECK(error.message() == "q is 'no'; q allows 1, No, N, 8, 9, 97");
  CHECK(error.hint() ==
        "add it to the codes of q (s.toml:4), list it under missing, or open_codes = true");
  const auto number = error_of(setting, {{"ñ", "7"}}, 10);
  CHECK(number.message() == "q is 7; q allows 1, No, N, 8, 9, 97");
  CHECK(number.place().line == 10);
  CHECK(number.place().column == 3);
}

TEST_CASE("study coder: of several errors in a block the first in the file is told") {
  Setting setting(R"toml(
[[question]]
name = "a"
codes = [ { code = 1 } ]
[[question]]
name = "b"
codes = [ { code = 1 } ]
)toml",
                  {"a", "b"});
  CHECK(error_of(setting, {{"1", "1"}, {"1", "5"}, {"6", "1"}}).place().line == 3);
  CHECK(error_of(setting, {{"1", "1"}, {"6", "5"}}).message().starts_with("a is 6"));
}

TEST_CASE("study coder: open codes keep what is not listed; texts that are no answer anywhere") {
  Setting setting(R"toml(
[[question]]
name = "q"
open_codes = true
empty = "not_asked"
codes = [ { code = 1 } ]
)toml",
                  {"q"});
  setting.context.rules.missing = {"NA"};
  CHECK(setting.meanings("q", column({"1", "other", " other", "NA", ""})) ==
        Meanings{"1", "other", "other", "-", "-"});
}

TEST_CASE("study coder: an open answer called like a code or a net is refused, not mixed up") {
  const std::string list = R"toml(
open_codes = true
codes = [ { code = 1, values = ["Yes"] }, { code = 9, values = ["DK"], missing = "dont_know" } ]
nets = [ { name = "top", of = [1] } ]
)toml";
  for (const std::string kind : {"single", "multiple"}) {
    for (const std::string cell : {"1", "9", "top"}) {
      CAPTURE(kind);
      CAPTURE(cell);
      Setting setting("[[question]]\nname = \"q\"\ncolumn = \"q\"\nkind = \"" + kind + "\"" + list,
                      {"q"});
      try {
        setting.meanings("q", {{"Yes"}, {"other"}, {cell}});
        FAIL("accepted");
      } catch (const Error& error) {
        CHECK(error.id() == "code-range");
        CHECK(error.place().line == 4);
      }
    }
  }
}

TEST_CASE("study coder: numbers, their missing codes and their decimal mark") {
  const std::string text = R"toml(
[[question]]
name = "n"
kind = "number"
codes = [ { code = 999, missing = "refused" } ]
)toml";
  Setting setting(text, {"n"});
  setting.context.numbers = {',', "."};
  CHECK(setting.meanings("n", column({"1,50", "1,5", "999", "5", "", "1.000"})) ==
        Meanings{"1.5", "1.5", "!999", "5", "!", "1000"});
  CHECK(setting.coder("n").codes()[0] == setting.coder("n").codes()[1]);
  CHECK(setting.coder("n").answer(setting.coder("n").codes()[5]).number == 1000);
  const auto error = error_of(setting, column({"1", "x"}));
  CHECK(error.id() == "not-a-number");
  CHECK(error.place().line == 3);
}

TEST_CASE("study coder: flags, with nets and an option that counts as no answer") {
  Setting setting(R"toml(
[[question]]
name = "m"
kind = "multiple"
codes = [
  { code = "a", column = "m_a" }, { code = "b", column = "m_b" }, { code = "c", column = "m_c" },
  { code = "dk", column = "m_dk", missing = "dont_know" },
]
nets = [ { name = "ab", of = ["a", "b"] }, { name = "all", of = ["ab", "c"] } ]
)toml",
                  {"m_a", "m_b", "m_c", "m_dk"});
  CHECK(setting.meanings("m", {{"1", "1", "0", "0"},
                               {"0", "0", "1", "1"},
                               {"0", "0", "0", "1"},
                               {"0", "", "", ""},
                               {"", "", "", ""}}) ==
        Meanings{"answered a b =ab =all", "answered c =all", "!dk", "asked", "!"});
}

TEST_CASE("study coder: a joined cell, whose options may contain the separator") {
  Setting setting(R"toml(
[[question]]
name = "j"
kind = "multiple"
column = "j"
separator = ","
empty = "not_asked"
codes = [
  { code = 1, values = ["TV"] }, { code = 2, values = ["Web, apps", "Web"] },
  { code = 9, values = ["None, really"], missing = "dont_know" },
]
)toml",
                  {"j"});
  CHECK(setting.meanings("j", column({"TV", "\"Web, apps\"", "\"TV, Web, apps\"",
                                      "\"Web,TV,Web, apps\"", "\"None, really\"", "", "\",\""})) ==
        Meanings{"answered 1", "answered 2", "answered 1 2", "answered 2 1", "!9", "-", "asked"});
  const auto error = error_of(setting, column({"TV", "\"TV, Radio\""}));
  CHECK(error.id() == "code-range");
  CHECK(error.message() == "j is 'Radio'; j allows TV, Web, apps, Web, None, really");
}

TEST_CASE("study coder: several columns that each hold any code") {
  Setting setting(R"toml(
[[question]]
name = "s"
kind = "multiple"
form = "spread"
columns = ["s1", "s2"]
codes = [ { code = 1 }, { code = 2 }, { code = 9, missing = "refused" } ]
)toml",
                  {"s1", "s2"});
  CHECK(
      setting.meanings("s", {{"1", "2"}, {"2", "2"}, {"", "1"}, {"9", ""}, {"9", "1"}, {"", ""}}) ==
      Meanings{"answered 1 2", "answered 2", "answered 1", "!9", "answered 1", "!"});
}

TEST_CASE("study coder: a condition finds no answer of those who were not asked") {
  Setting setting(R"(
[[question]]
name = "age"
kind = "number"
[[question]]
name = "why"
asked = "age >= 18"
codes = [{ code = 1, label = "Dear" }, { code = 9, label = "Refused", missing = "refused" }]
[[question]]
name = "refuses"
codes = [{ code = 1, when = "why = 'Refused'" }, { code = 2, when = "text(why) = ''" }]
)",
                  {"age", "why"});
  // A refusal of somebody who was not asked is none, like any other answer.
  const blocks::Rows rows{{"30", "9"}, {"12", "9"}, {"12", "1"}, {"30", ""}, {"30", "1"}};
  CHECK(setting.meanings("refuses", rows) == Meanings{"1", "2", "2", "2", "!"});
}

TEST_CASE("study coder: routing leaves out answers of those who were not asked, and counts them") {
  Setting setting(R"toml(
[[question]]
name = "role"
codes = [ { code = 1, label = "CMO" }, { code = 2, label = "Other" }, { code = 9, missing = "refused" } ]
[[question]]
name = "q"
asked = "role = 'CMO'"
codes = [ { code = 1 }, { code = 9, missing = "refused" } ]
[[question]]
name = "m"
kind = "multiple"
asked = "not missing(q)"
codes = [ { code = "a", column = "a" }, { code = "b", column = "b" } ]
nets = [ { name = "n", of = ["a"] } ]
)toml",
                  {"role", "q", "a", "b"});
  const blocks::Rows rows{{"1", "1", "1", "1"},
                          {"2", "1", "1", "0"},
                          {"9", "", "0", "0"},
                          {"2", "9", "", ""},
                          {"1", "", "0", "1"}};
  CHECK(setting.meanings("q", rows) == Meanings{"1", "-", "-", "-", "!"});
  CHECK(setting.meanings("m", rows) == Meanings{"answered a b =n", "-", "-", "-", "-"});
  // Each block counts: two blocks so far.
  CHECK(setting.coders->left_out(1).answers == 2);
  CHECK(setting.coders->left_out(1).first_line == 3);
  CHECK(setting.coders->left_out(2).answers == 4);
  CHECK(setting.coders->left_out(0).answers == 0);
}

}  // namespace sondeo
