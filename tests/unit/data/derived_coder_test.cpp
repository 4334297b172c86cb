// SPDX-License-Identifier: MIT
#include "data/derived_coder.h"

#include <doctest/doctest.h>

#include "study_setting.h"

namespace sondeo {
namespace {

using studies::Meanings;
using studies::Setting;

// Derived variables before what they are made from: the order of the file does not matter.
const std::string text = R"toml(
[[question]]
name = "both"
cross = ["sex", "age3"]
[[question]]
name = "segment"
codes = [
  { code = 1, label = "Young", when = "age3 = '18-34'" },
  { code = 2, label = "Men", when = "sex = 'Men'" },
  { code = 3, label = "Others", when = "true" },
]
[[question]]
name = "traits"
kind = "multiple"
codes = [
  { code = "old", when = "age >= 55" },
  { code = "man", when = "sex = 2" },
  { code = "uses", when = "any(m, 'a')" },
]
nets = [ { name = "n", of = ["old", "man"] } ]
[[question]]
name = "double"
kind = "number"
value = "age * 2 + count(m)"
[[question]]
name = "age3"
bands = { of = "age", cuts = [18, 35, 55] }
[[question]]
name = "age"
kind = "number"
codes = [ { code = 999, missing = "refused" } ]
[[question]]
name = "sex"
codes = [
  { code = 1, label = "Women" },
  { code = 2, label = "Men" },
  { code = 9, missing = "refused" },
]
[[question]]
name = "m"
kind = "multiple"
codes = [ { code = "a", column = "a" }, { code = "b", column = "b" } ]
nets = [ { name = "ab", of = ["a", "b"] } ]
)toml";

const std::vector<std::string> columns{"age", "sex", "a", "b"};
const blocks::Rows rows{{"18", "1", "1", "1"}, {"34.5", "2", "0", "0"}, {"35", "2", "1", "0"},
                        {"60", "1", "", ""},   {"999", "2", "0", "1"},  {"17", "9", "0", "0"},
                        {"", "", "0", "0"}};

}  // namespace

TEST_CASE("derived: bands include their lower end; below the first is no answer") {
  Setting setting(text, columns);
  CHECK(setting.meanings("age3", rows) ==
        Meanings{"18-34", "18-34", "35-54", "55+", "!", "!", "!"});
}

TEST_CASE("derived: the first code whose condition holds; unknown does not hold") {
  Setting setting(text, columns);
  CHECK(setting.meanings("segment", rows) == Meanings{"1", "1", "2", "3", "2", "3", "3"});
}

TEST_CASE("derived: of a select-all question all codes that hold") {
  Setting setting(text, columns);
  CHECK(setting.meanings("traits", rows) == Meanings{"answered uses", "answered man =n",
                                                     "answered man uses =n", "answered old =n",
                                                     "answered man =n", "asked", "asked"});
}

TEST_CASE("derived: combinations, in the order of the first question's codes") {
  Setting setting(text, columns);
  CHECK(setting.meanings("both", rows) ==
        Meanings{"1:18-34", "2:18-34", "2:35-54", "1:55+", "!", "!", "!"});
  CHECK(setting.coder("both").answer(0).text == "1:18-34");
  CHECK(setting.coder("both").answer(5).text == "2:55+");
}

TEST_CASE("derived: a number by its value; count() does not count nets") {
  Setting setting(text, columns);
  CHECK(setting.meanings("double", rows) == Meanings{"38", "69", "71", "!", "!", "34", "!"});
}

TEST_CASE("derived: a circle is refused, whoever made it") {
  std::vector<StudyQuestion> variables(2);
  variables[0].name = "a";
  variables[1].name = "b";
  for (std::size_t i = 0; i < 2; ++i) {
    StudyCode code;
    code.code = "1";
    code.when = parse_expr(i == 0 ? "b = 1" : "a = 1");
    variables[i].codes.push_back(code);
  }
  std::vector<Question> questions(2);
  for (std::size_t i = 0; i < 2; ++i) {
    questions[i].name = variables[i].name;
    questions[i].study = &variables[i];
  }
  const Header header{"f.csv", 1, {"x"}};
  const CodingContext context{"f.csv", {}, {}};
  std::string id;
  try {
    QuestionCoders(questions, {0}, header, context);
  } catch (const Error& error) {
    id = error.id();
  }
  CHECK(id == "study-reference");
}

TEST_CASE("derived: only what is needed is coded") {
  Setting setting(text, columns);
  const auto age3 = setting.position("age3");
  QuestionCoders coders(setting.questions, {age3}, setting.header, setting.context);
  std::size_t coded = 0;
  for (const auto& coder : coders.coders()) coded += coder != nullptr;
  CHECK(coded == 2);
  CHECK(names_used(setting.variables[setting.position("segment")]) ==
        std::vector<std::string>{"age3", "sex"});
}

}  // namespace sondeo
