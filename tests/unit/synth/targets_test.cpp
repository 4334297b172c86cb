// SPDX-License-Identifier: MIT
#include "synth/targets.h"

#include <doctest/doctest.h>

#include "../layout/files.h"
#include "synth/shares.h"

namespace sondeo {
namespace {

std::vector<TargetRow> read(std::string_view text) {
  const files::TempFile file(text);
  Issues issues;
  return read_targets(file.path(), issues);
}

std::string refusal(std::string_view text) {
  try {
    read(text);
  } catch (const Error& error) {
    return error.id() + " " + std::to_string(error.place().line) + ":" +
           std::to_string(error.place().column) + " " + error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("targets: every column, in any order") {
  const auto rows = read(
      "percent,question,category,base,where,lean,alone,source\n"
      "30.5,owner,6,asked,\"country = 'US'\",-0.8,yes,\"Calabrio, 2019\"\n"
      ",owner,1,,,,,\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].question == "owner");
  CHECK(rows[0].category == "6");
  CHECK(*rows[0].percent == 305 * percent_unit / 10);
  CHECK(rows[0].digits == 1);
  CHECK(rows[0].base == "asked");
  CHECK(rows[0].where_text == "country = 'US'");
  CHECK(*rows[0].lean == -80);
  CHECK(rows[0].alone);
  CHECK(rows[0].percent_at.line == 2);
  CHECK(rows[0].category_at.column == 12);
  CHECK_FALSE(rows[1].percent);
  CHECK_FALSE(rows[1].lean);
  CHECK_FALSE(rows[1].alone);
}

TEST_CASE("targets: as a spreadsheet in Spanish writes them") {
  const auto rows = read("question;category;percent;lean\nq;Sí;12,50;0,3\n");
  CHECK(rows[0].category == "Sí");
  CHECK(*rows[0].percent == 125 * percent_unit / 10);
  CHECK(rows[0].digits == 2);
  CHECK(*rows[0].lean == 30);
}

TEST_CASE("targets: refused with line and column") {
  CHECK(refusal("question,category,percnt\n") ==
        "target-column 1:0 targets have no column 'percnt'");
  CHECK(refusal("question,percent\n") == "target-column 1:0 there is no column category");
  CHECK(refusal("question,category,question\n") ==
        "target-column 1:0 the column question stands twice");
  const std::string head = "question,category,percent,base,where,lean,alone\n";
  CHECK(refusal(head + "añejo,1,101,,,,\n") ==
        "target-range 2:9 percent is 101; shares go from 0 to 100");
  CHECK(refusal(head + "q,1,-1,,,,\n") ==
        "target-range 2:5 percent is -1; shares go from 0 to 100");
  for (const auto* bad : {"30 %", "3e1", "+3", ".5", "5.", "1.2.3", "1.123456", "0x1", "-",
                          "9999999999999999999999"}) {
    CHECK(refusal(head + "q,1," + bad + ",,,,\n") ==
          "target-number 2:5 percent is '" + std::string(bad) + "'");
  }
  CHECK(refusal(head + "q,1,3,some,,,\n") == "target-base 2:7 base is 'some'");
  CHECK(refusal(head + "q,1,3,,,1.5,\n") == "target-number 2:9 lean is '1.5'");
  CHECK(refusal(head + "q,1,3,,,,no\n") == "target-alone 2:10 alone is 'no'; it is yes or empty");
  CHECK(refusal(head + "q,1,3,,a =,,\n").starts_with("expr-syntax 2:8 where: "));
  CHECK(refusal(head + "q,1\n").starts_with("short-row 2:"));
}

}  // namespace sondeo
