// SPDX-License-Identifier: MIT
#include "codebook/plan.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "refusal.h"

namespace sondeo {
namespace {

const std::vector<std::string> keys{"by", "where", "weight", "min_base", "percent"};

TabPlan plan_of(const std::string& text) { return parse_plan(text, "plan.toml", keys); }

std::string refused(const std::string& text) {
  return refusal_of([&] { plan_of(text); });
}

std::string value(const PlanTable& table, const std::string& key) {
  const auto* setting = table.find(key);
  return setting == nullptr ? "(none)" : setting->value;
}

}  // namespace

TEST_CASE("plan: what is not said is inherited from section and book") {
  const auto plan = plan_of(
      "[book]\n"
      "title = {en = \"Book\", es = \"Tablas\"}\n"
      "by = \"total + region\"\n"
      "min_base = 30\n"
      "[[book.table]]\n"
      "questions = \"q1\"\n"
      "[[book.section]]\n"
      "title = \"Women\"\n"
      "where = \"sex = 2\"\n"
      "by = \"total\"\n"
      "[[book.section.table]]\n"
      "questions = [\"q2\", \"q3*\"]\n"
      "percent = [\"column\", \"row\"]\n"
      "[[book.section.table]]\n"
      "questions = [\"q5\"]\n"
      "summary = 4\n"
      "where = \"age > 30\"\n"
      "title = \"Agree\"\n");
  CHECK(plan.title.in("es") == "Tablas");
  REQUIRE(plan.tables.size() == 3);
  const auto& first = plan.tables[0];
  CHECK(first.questions == std::vector<std::string>{"q1"});
  CHECK(first.section.empty());
  CHECK(value(first, "by") == "total + region");
  CHECK(value(first, "min_base") == "30");
  CHECK(value(first, "where") == "(none)");
  CHECK(first.find("by")->at.line == 3);
  const auto& second = plan.tables[1];
  CHECK(second.section.in("en") == "Women");
  CHECK(second.questions == std::vector<std::string>{"q2", "q3*"});
  CHECK(value(second, "by") == "total");
  CHECK(value(second, "where") == "sex = 2");
  CHECK(value(second, "percent") == "column,row");
  CHECK(value(second, "min_base") == "30");
  const auto& third = plan.tables[2];
  CHECK(third.summary == "4");
  CHECK(third.title.in("en") == "Agree");
  CHECK(value(third, "where") == "age > 30");
  CHECK(third.at.line == 14);
}

TEST_CASE("plan: in a study file it stands beside the questions") {
  const std::string study = "[[question]]\nname = \"q1\"\ncodes = [\"a\", \"b\"]\n";
  CHECK_FALSE(has_plan(study, "s.toml"));
  const auto text = study + "[[book.table]]\nquestions = \"q1\"\n";
  CHECK(has_plan(text, "s.toml"));
  CHECK(parse_plan(text, "s.toml", keys).tables.size() == 1);
}

TEST_CASE("plan: what is wrong is refused where it stands") {
  CHECK(refused("").starts_with("1:1 [plan-empty]"));
  CHECK(refused("[book]\n").starts_with("1:1 [plan-empty]"));
  CHECK(refused("[[table]]\nquestions = \"q1\"\n").starts_with("1:3 [study-key]"));
  CHECK(refused("[[book.table]]\nquestion = \"q1\"\n").starts_with("2:1 [study-key]"));
  CHECK(refused("[[book.table]]\ntitle = \"t\"\n").starts_with("1:1 [study-key]"));
  CHECK(refused("[[book.table]]\nquestions = \"q1\"\nby = {a = 1}\n")
            .starts_with("3:6 [study-type]"));
  CHECK(refused("[[book.table]]\nquestions = \"q1\"\nsummary = \"\"\n")
            .starts_with("3:11 [study-type]"));
  CHECK(refused("[book]\n[[book.section]]\ntitle = \"t\"\n").starts_with("2:1 [study-key]"));
}

}  // namespace sondeo
