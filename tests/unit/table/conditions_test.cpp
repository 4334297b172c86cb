// SPDX-License-Identifier: MIT
#include "table/conditions.h"

#include <doctest/doctest.h>

#include "../render/sample.h"
#include "base/error.h"

namespace sondeo {
namespace {

std::vector<std::string> found_in(const TableSet& tables, const std::string& condition) {
  std::vector<std::string> texts;
  for (const MetPlace& place : places_met(tables, parse_condition(condition)))
    texts.push_back(place.where + ": " + place.what);
  return texts;
}

Error refusal(const std::string& condition) {
  try {
    parse_condition(condition);
  } catch (const Error& error) {
    return error;
  }
  FAIL("was read");
  return {"", ""};
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("conditions: parsed with blanks, percent signs and all four comparisons") {
  const Condition condition = parse_condition(" missing >= 5.5 % ");
  CHECK(condition.measure == Measure::missing);
  CHECK(!condition.below);
  CHECK(condition.equal);
  CHECK(condition.limit == 5.5);
  CHECK(condition.text == "missing >= 5.5 %");
  CHECK(condition.met_by(5.5));
  CHECK(!condition.met_by(5.4));
  CHECK(parse_condition("base<100").met_by(99));
  CHECK(!parse_condition("base<100").met_by(100));
  CHECK(parse_condition("base<=100").met_by(100));
  CHECK(!parse_condition("weight_ratio>8").met_by(8));
}

TEST_CASE("conditions: what is none is refused, with the nearest name") {
  CHECK(refusal("base").id() == "condition");
  CHECK(refusal("base=100").message() == "the condition 'base=100' has no < or >");
  CHECK(refusal("efective_base<100").hint() == "did you mean effective_base?");
  CHECK(refusal("income>3").message() ==
        "the condition 'income>3' asks for 'income', which is nothing that a table has");
  for (const char* text : {"base<", "base<many", "base<<3", "base<5%", "base<1,5", "<5", ""})
    CHECK(refusal(text).id() == "condition");
}

TEST_CASE("conditions: bases, margins and missing answers of every column") {
  TableSet set;
  set.tables = {sample::topline(), sample::banner()};
  set.tables[1].id = "Q4";
  CHECK(found_in(set, "base<100") ==
        Texts{"Q4, Region: South: base is 90", "Q4, Sex: Men: base is 30"});
  CHECK(found_in(set, "effective_base<87.2") == Texts{"Q4, Sex: Men: effective_base is 27"});
  CHECK(found_in(set, "effective_base<=87.2").size() == 2);
  CHECK(found_in(set, "moe>2.5").front() == "Q3: moe is 2.6");
  CHECK(found_in(set, "moe>2.5").size() == 5);
  // 1504 / 1403.6 = 1.0715: one decimal would deny it.
  CHECK(found_in(set, "deff>1.07").front().starts_with("Q3: deff is 1.071"));
  // 12 of 12 + 1504.
  CHECK(found_in(set, "missing>0.7%").front().starts_with("Q3: missing is 0.8%"));
  CHECK(found_in(set, "missing>0.8%").size() == 2);
  CHECK(found_in(set, "missing>30").empty());
}

TEST_CASE("conditions: a number that is not known cannot hold; nobody is an effective base of 0") {
  TableSet set;
  set.tables = {sample::topline()};
  auto& base = set.tables[0].rows[0].cells[0].values;
  base = {sample::value("n", 0, Unit::respondents),
          sample::absent("effective_n", Unit::respondents, "zero_base"),
          sample::absent("moe", Unit::percent, "zero_base")};
  CHECK(found_in(set, "moe>4") == Texts{"Q3: moe is not known (zero base)"});
  CHECK(found_in(set, "effective_base<1") == Texts{"Q3: effective_base is 0"});
  CHECK(found_in(set, "effective_base>1").empty());
}

TEST_CASE("conditions: a table of numbers has the margin of its mean, in its unit") {
  TableSet set;
  set.tables = {sample::topline()};
  set.tables[0].rows[0].cells[0].values.pop_back();
  CHECK(found_in(set, "moe>0.05") == Texts{"Q3: moe is 0.1"});
  CHECK(found_in(set, "moe>0.06").empty());
}

TEST_CASE("conditions: the weights of the run") {
  TableSet set;
  CHECK(found_in(set, "weight_ratio>1").empty());
  set.weight_ratio = 8.04;
  CHECK(found_in(set, "weight_ratio>8") == Texts{"the weights: weight_ratio is 8.04"});
  CHECK(found_in(set, "weight_ratio>8.04").empty());
}

}  // namespace sondeo
