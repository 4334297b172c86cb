// SPDX-License-Identifier: MIT
#include "codebook/wave_question.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace sondeo {
namespace {

Texts english(const std::string& text) { return {{{"en", text}}}; }

StudyQuestion question(const std::vector<std::string>& codes) {
  StudyQuestion result;
  result.name = "q";
  for (const auto& code : codes) {
    StudyCode one;
    one.code = code;
    one.label = english("label of " + code);
    result.codes.push_back(one);
  }
  return result;
}

std::string codes_of(const StudyQuestion& question) {
  std::string list;
  for (const auto& code : question.codes) list += code.code;
  return list;
}

std::vector<std::string> ids(const Issues& issues) {
  std::vector<std::string> list;
  for (const auto& issue : issues.list()) list.push_back(issue.id);
  return list;
}

TEST_CASE("wave question: the newest wave's, with the answers of older ones where they stood") {
  const auto old = question({"a", "b", "x", "c", "y"});
  const auto middle = question({"z", "a", "b"});
  const auto newest = question({"b", "a", "c"});
  const auto united =
      united_question({{"1", &old}, {"2", &middle}, {"3", nullptr}, {"4", &newest}});
  // z comes first, x after b, y after c.
  CHECK(codes_of(united) == "zbxacy");
}

TEST_CASE("wave question: nets and differences that are gone stay") {
  auto old = question({"a", "b"});
  old.nets = {{"both", {}, {"a", "b"}, {}, {}}, {"one", {}, {"a"}, {}, {}}};
  old.differences = {{"nps", {}, {"a"}, {"b"}, {}}};
  auto newest = question({"a", "b"});
  newest.nets = {{"one", english("One"), {"b"}, {}, {}}};
  const auto united = united_question({{"1", &old}, {"2", &newest}});
  REQUIRE(united.nets.size() == 2);
  CHECK(united.nets[0].of == std::vector<std::string>{"b"});
  CHECK(united.nets[1].name == "both");
  CHECK(united.differences.size() == 1);
}

TEST_CASE("wave question: what stands for something else is told, what comes and goes is not") {
  const auto old = question({"a", "b"});
  auto same = question({"b", "c"});
  Issues none;
  tell_differences({{"1", &old}, {"2", nullptr}, {"3", &same}}, none);
  CHECK(none.empty());

  auto other = question({"a", "b"});
  other.text = english("asked otherwise");
  other.codes[0].label = english("another label");
  other.codes[1].score = 2;
  other.nets = {{"n", {}, {"a"}, {}, {}}};
  auto before = old;
  before.text = english("asked so");
  before.nets = {{"n", {}, {"b"}, {}, {}}};
  Issues issues;
  tell_differences({{"2023", &before}, {"2024", &other}}, issues);
  CHECK(ids(issues) ==
        std::vector<std::string>{"wave-label", "wave-net", "wave-score", "wave-text"});
  CHECK(issues.list()[0].message ==
        "answer a of 'q' is 'label of a' in 2023 and 'another label' in 2024");
}

TEST_CASE("wave question: a language that only one wave has is no difference") {
  auto old = question({"a"});
  auto newest = question({"a"});
  newest.codes[0].label = {{{"es", "otra cosa"}}};
  Issues issues;
  tell_differences({{"1", &old}, {"2", &newest}}, issues);
  CHECK(issues.empty());
}

}  // namespace
}  // namespace sondeo
