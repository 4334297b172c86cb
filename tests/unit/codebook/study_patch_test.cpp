// SPDX-License-Identifier: MIT
#include "codebook/study_patch.h"

#include <doctest/doctest.h>

#include <string>

#include "base/error.h"
#include "random_study.h"

namespace sondeo {
namespace {

const std::string questions =
    "\n# Who answered\n[[question]]\nname = \"sex\" # recoded\nopen_codes = true\n"
    "[[question]]\nname = \"age\"\nopen_codes = true\n";

StudyWeight made(const std::string& name) {
  StudyWeight weight;
  weight.name = name;
  weight.label.by_language = {{"", "raked: sex, age"}};
  weight.margins = {"sex", "sex × age"};
  weight.calibration = "raking";
  weight.design_weight = "d";
  return weight;
}

std::string recorded(const std::string& text, const StudyWeight& weight = made("w")) {
  return record_weight(text, "s.toml", weight);
}

const std::string lines =
    "label = \"raked: sex, age\"\nmargins = [\"sex\", \"sex × age\"]\ncalibration = \"raking\"\n"
    "design_weight = \"d\"\n";

TEST_CASE("study patch: a new weight stands below the head, or below the last weight") {
  const std::string head = "[study] # ours\nname = \"s\"   # short\n";
  const auto entry = "\n[[weight]]\nname = \"w\"\n" + lines;
  CHECK(recorded(head + questions) == head + entry + questions);
  const std::string other =
      "[[weight]] # by hand\nname = \"v\"\n  [weight.label]\n  en = 'V' # !\n";
  CHECK(recorded(head + other + questions) == head + other + entry + questions);
  CHECK(recorded(questions) == questions + entry);
  // No line end at the end, and Windows' line ends.
  CHECK(recorded(questions.substr(0, questions.size() - 1)) == questions + entry);
  std::string dos;
  for (const char c : head + questions) dos += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto done = recorded(dos);
  CHECK(done.find("\r\n[[weight]]\r\nname = \"w\"\r\n") != std::string::npos);
  for (auto at = done.find('\n'); at != std::string::npos; at = done.find('\n', at + 1))
    CHECK(done[at - 1] == '\r');
}

TEST_CASE("study patch: in braces") {
  CHECK(
      recorded("weight = [{ name = 'v' }] # one\n" + questions) ==
      "weight = [{ name = 'v' }, { name = \"w\", label = \"raked: sex, age\", margins = [\"sex\", "
      "\"sex × age\"], calibration = \"raking\", design_weight = \"d\" }] # one\n" +
          questions);
  CHECK(recorded("weight = [{ name = 'w', margins = [] }] # one\n" + questions) ==
        "weight = [{ name = 'w', margins = [\"sex\", \"sex × age\"], label = \"raked: sex, age\", "
        "calibration = \"raking\", design_weight = \"d\" }] # one\n" +
            questions);
}

TEST_CASE("study patch: values are exchanged where they stand, and no more") {
  const std::string before =
      "\xef\xbb\xbf[[weight]]\n  name = \"w\" # ñ ] }\n  margins = [ # old\n    'age', # ]\n  ] # "
      "kept\n"
      "  calibration = 'raking' # the same\n  # and a comment at the end\n";
  CHECK(recorded(before + questions) ==
        "\xef\xbb\xbf[[weight]]\n  name = \"w\" # ñ ] }\n  margins = [\"sex\", \"sex × age\"] # "
        "kept\n"
        "  calibration = 'raking' # the same\n  label = \"raked: sex, age\"\n"
        "  design_weight = \"d\"\n  # and a comment at the end\n" +
            questions);
  // Once more changes nothing.
  const auto once = recorded(before + questions);
  CHECK(recorded(once) == once);
  // What is not said stays: a label that somebody wrote.
  auto without_label = made("w");
  without_label.label = {};
  const auto text = "[[weight]]\nname = 'w'\nlabel = { es = 'calibrado' }\n" + questions;
  CHECK(recorded(text, without_label).find("label = { es = 'calibrado' }\nmargins") !=
        std::string::npos);
}

TEST_CASE("study patch: a column that was another is that of the name") {
  const auto text = "[[weight]]\nname = 'w'\ncolumn = 'peso'\n" + questions;
  CHECK(recorded(text).find("column = \"w\"\n") != std::string::npos);
}

TEST_CASE("study patch: an entry that leaves no place for a value is refused") {
  const auto text = "[[weight]]\nname = 'w'\n[weight.label]\nen = 'W'\n" + questions;
  try {
    recorded(text);
    FAIL("recorded");
  } catch (const Error& error) {
    CHECK(error.id() == "study-patch");
    CHECK(error.place().line == 1);
    CHECK(error.hint().find("calibration = \"raking\"") != std::string::npos);
  }
}

TEST_CASE("study patch: any study gets one piece more, and is else as it was") {
  std::mt19937 random(5);
  for (int i = 0; i < 300; ++i) {
    const auto study = random_study(random);
    const auto text = print_study(study);
    StudyWeight weight;
    weight.name = "new weight";
    weight.label.by_language = {{"", "made, \"here\""}};
    weight.margins = {study.questions[0].name};
    weight.calibration = "regression";
    weight.design_weight = "none";
    const auto done = record_weight(text, "s.toml", weight);
    std::size_t same = 0;
    while (same < text.size() && text[same] == done[same]) ++same;
    const auto added = done.size() - text.size();
    REQUIRE(added > 0);
    CHECK(done.substr(same + added) == text.substr(same));
    auto wanted = study;
    wanted.weights.push_back(weight);
    CHECK(same_study(parse_study(done, "s.toml"), wanted));
    // And another calibration of it.
    weight.calibration = "raking";
    const auto again = record_weight(done, "s.toml", weight);
    wanted.weights.back() = weight;
    CHECK(same_study(parse_study(again, "s.toml"), wanted));
    CHECK(again.size() == done.size() - 4);
  }
}

}  // namespace
}  // namespace sondeo
