// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <random>
#include <string>

#include "base/error.h"
#include "codebook/study.h"
#include "random_study.h"

namespace sondeo {

TEST_CASE("print_study: as a person would write it") {
  const std::string text = R"([study]
name = "care"
title = { en = "Who owns it?", es = "¿De quién es?" }
synthetic = true
languages = ["en", "es"]
weight = "w"

[format]
delimiter = ";"

[[weight]]
name = "w"
label = "raked: country"

[[list]]
name = "agree3"
codes = [
  { code = 1, label = { en = "Disagree", es = "En desacuerdo" } },
  { code = 2, label = 'Neither "yes" nor "no"' },
  { code = 3, label = "Agree", score = 4.5 },
  { code = "DK", label = "Don't know", missing = "dont_know", base = true },
]
nets = [
  { name = "opinion", of = [1, 3] },
]

[[question]]
name = "owner"
kind = "scale"
column = "q1"
text = "Line one\nline two"
asked = "role = 'CMO' and age < 40"
list = "agree3"
boxes = ["top1"]

[[question]]
name = "role"
codes = [
  { code = 1, label = "CMO", values = ["CMO", "Chief marketing officer"] },
  { code = 2, label = "Other" },
]

[[question]]
name = "age"
kind = "number"
min = 16
unit = { en = "years", es = "años" }
codes = [
  { code = 999, missing = "refused" },
]

[[question]]
name = "tools"
kind = "multiple"
columns = ["t1", "t2"]
ticked = ["Yes"]
codes = [
  { code = "crm" },
  { code = "mail" },
]

[[question]]
name = "age2"
bands = { of = "age", cuts = [18, 35] }
)";
  CHECK(print_study(parse_study(text, "care.toml")) == text);
}

TEST_CASE("print_study: random studies are read back the same, and printed the same") {
  std::mt19937 random(20260524);
  for (int i = 0; i < 400; ++i) {
    const auto study = random_study(random);
    const auto text = print_study(study);
    CAPTURE(text);
    Study again;
    REQUIRE_NOTHROW(again = parse_study(text, "again.toml"));
    REQUIRE(same_study(again, study));
    REQUIRE(print_study(again) == text);
    REQUIRE_NOTHROW(variables_of(again));
  }
}

TEST_CASE("same_study: sees what differs") {
  std::mt19937 random(7);
  auto study = random_study(random);
  const auto as_it_was = study;
  study.questions[0].at.line += 1;
  CHECK(same_study(study, as_it_was));
  study.questions[0].codes[0].label.by_language.emplace_back("xx", "other");
  CHECK_FALSE(same_study(study, as_it_was));
}

}  // namespace sondeo
