// SPDX-License-Identifier: MIT
#include "synth/synthesis.h"

#include <doctest/doctest.h>

#include <set>

#include "base/date.h"
#include "made.h"

namespace sondeo {
namespace {

using made::Row;

const std::string head =
    "[study]\nname = \"s\"\nsynthetic = true\nweight = \"w\"\n[[weight]]\nname = \"w\"\n"
    "margins = [\"country\"]\n[[question]]\nname = \"id\"\nkind = \"id\"\n"
    "[[question]]\nname = \"country\"\ncodes = [{code = \"US\"}, {code = \"UK\"}]\n";

bool everybody(const Row&) { return true; }

std::function<bool(const Row&)> is(const std::string& column, const std::string& text) {
  return [=](const Row& row) { return row.at(column) == text; };
}

std::string refusal(const std::string& study, std::string_view targets, std::size_t n = 200) {
  try {
    const auto made = made::make(study, targets, n, 1);
    std::string text;
    for (const auto& unmet : made.unmet)
      text += "unmet " + std::to_string(unmet.at.line) + " " + unmet.message;
    return text;
  } catch (const Error& error) {
    return error.id() + " " + std::to_string(error.place().line) + " " + error.message() +
           (error.hint().empty() ? "" : " / " + error.hint());
  }
}

}  // namespace

TEST_CASE("synthesis: ids mark it, weights have their exact sum, margins carry weight") {
  const auto made =
      made::make(head, "question,category,percent\ncountry,US,60\ncountry,UK,40\n", 1000, 7);
  CHECK(made.header == std::vector<std::string>{"id", "country", "w"});
  CHECK(made.rows[0].at("id") == "synthetic-0001");
  CHECK(made.rows[999].at("id") == "synthetic-1000");
  CHECK(made.percent(is("country", "US"), everybody) == doctest::Approx(60).epsilon(1e-9));
  double sum = 0;
  double us = 0;
  for (const auto& row : made.rows) {
    sum += made.weight(row);
    us += row.at("country") == "US";
  }
  CHECK(sum == doctest::Approx(1000).epsilon(1e-12));
  CHECK(std::abs(us - 600) > 50);
}

TEST_CASE("synthesis: without an id there is a column for the mark; without a weight all are 1") {
  const auto made = made::make(
      "[study]\nname = \"s\"\nsynthetic = true\n[[question]]\nname = \"q\"\n"
      "codes = [{code = 1}, {code = 2}]\n",
      "question,category,percent\nq,1,30\n", 10, 1);
  CHECK(made.header == std::vector<std::string>{"synthetic", "q"});
  CHECK(made.rows[9].at("synthetic") == "synthetic-0010");
  CHECK(made.percent(is("q", "1"), everybody) == doctest::Approx(30));
}

TEST_CASE("synthesis: routing, missing kinds, skips and conditions of targets") {
  const std::string study =
      head +
      "[[question]]\nname = \"q\"\nasked = \"country = 'US'\"\n"
      "codes = [{code = 1}, {code = 2}, {code = 8, missing = \"refused\"},\n"
      "{code = 9, missing = \"dont_know\", base = true}]\n"
      "[[question]]\nname = \"r\"\ncodes = [{code = \"a\"}, {code = \"b\"}]\n";
  const auto made = made::make(study,
                               "question,category,percent,base,where\ncountry,US,50,,\n"
                               "q,1,40,,\nq,9,10,,\nq,8,5,,\nq,skipped,3,,\n"
                               "r,a,20,,country = 'US'\nr,a,70,,country = 'UK'\n",
                               2000, 3);
  CHECK(made.unmet.empty());
  const auto us = is("country", "US");
  for (const auto& row : made.rows) {
    if (!us(row)) CHECK(row.at("q").empty());
  }
  const auto answered = [&](const Row& row) {
    return us(row) && !row.at("q").empty() && row.at("q") != "8";
  };
  CHECK(made.percent(is("q", "8"), us) == doctest::Approx(5).epsilon(1e-6));
  CHECK(made.percent(is("q", ""), us) == doctest::Approx(3).epsilon(1e-6));
  CHECK(made.percent(is("q", "1"), answered) == doctest::Approx(40).epsilon(1e-6));
  CHECK(made.percent(is("q", "9"), answered) == doctest::Approx(10).epsilon(1e-6));
  CHECK(made.percent(is("r", "a"), us) == doctest::Approx(20).epsilon(1e-6));
  CHECK(made.percent(is("r", "a"), is("country", "UK")) == doctest::Approx(70).epsilon(1e-6));
}

TEST_CASE("synthesis: the base may be those asked, or everybody") {
  const std::string study = head +
                            "[[question]]\nname = \"q\"\nasked = \"country = 'US'\"\n"
                            "codes = [{code = 1}, {code = 2}, {code = 8, missing = \"refused\"}]\n";
  const auto asked = made::make(
      study, "question,category,percent,base\ncountry,US,50,\nq,1,40,asked\nq,8,20,asked\n", 1000,
      1);
  CHECK(asked.percent(is("q", "1"), is("country", "US")) == doctest::Approx(40).epsilon(1e-6));
  CHECK(asked.percent(is("q", "8"), is("country", "US")) == doctest::Approx(20).epsilon(1e-6));
  const auto all =
      made::make(study, "question,category,percent,base\ncountry,US,50,\nq,1,30,all\n", 1000, 1);
  CHECK(all.unmet.empty());
  CHECK(all.percent(is("q", "1"), everybody) == doctest::Approx(30).epsilon(1e-6));
}

TEST_CASE("synthesis: multiple answers in three forms, some of them alone") {
  const std::string study =
      head +
      "[[question]]\nname = \"f\"\nkind = \"multiple\"\ncodes = [{code = \"a\", column = "
      "\"f_a\"},\n"
      "{code = \"b\", column = \"f_b\"}, {code = \"none\", column = \"f_none\"}]\n"
      "[[question]]\nname = \"j\"\nkind = \"multiple\"\ncolumn = \"j\"\nseparator = \"; \"\n"
      "codes = [{code = \"x\"}, {code = \"y\"}, {code = \"z\"}]\n"
      "[[question]]\nname = \"m\"\nkind = \"multiple\"\ncolumns = [\"m_1-m_2\"]\n"
      "codes = [{code = 1}, {code = 2}, {code = 3}, {code = 4}]\n";
  const auto made = made::make(study,
                               "question,category,percent,alone\nf,a,70,\nf,b,55,\nf,none,6,yes\n"
                               "j,x,60.5,\nj,y,41,\nj,z,12,\n"
                               "m,1,50,\nm,2,50,\nm,3,40,\nm,4,20,\n",
                               1000, 5);
  CHECK(made.unmet.empty());
  CHECK(made.header ==
        std::vector<std::string>{"id", "country", "f_a", "f_b", "f_none", "j", "m_1", "m_2", "w"});
  const auto holds = [](const std::string& column, const std::string& option) {
    return [=](const Row& row) {
      return ("; " + row.at(column) + ";").find("; " + option + ";") != std::string::npos;
    };
  };
  const auto either = [](const std::string& code) {
    return [=](const Row& row) { return row.at("m_1") == code || row.at("m_2") == code; };
  };
  CHECK(made.percent(is("f_a", "1"), everybody) == doctest::Approx(70).epsilon(1e-6));
  CHECK(made.percent(is("f_b", "1"), everybody) == doctest::Approx(55).epsilon(1e-6));
  CHECK(made.percent(is("f_none", "1"), everybody) == doctest::Approx(6).epsilon(1e-6));
  CHECK(made.percent(holds("j", "x"), everybody) == doctest::Approx(60.5).epsilon(1e-6));
  CHECK(made.percent(holds("j", "y"), everybody) == doctest::Approx(41).epsilon(1e-6));
  CHECK(made.percent(holds("j", "z"), everybody) == doctest::Approx(12).epsilon(1e-6));
  CHECK(made.percent(either("1"), everybody) == doctest::Approx(50).epsilon(1e-6));
  CHECK(made.percent(either("4"), everybody) == doctest::Approx(20).epsilon(1e-6));
  for (const auto& row : made.rows) {
    // Somebody who answers "none" has chosen nothing else; everybody else has chosen something.
    const bool other = row.at("f_a") == "1" || row.at("f_b") == "1";
    CHECK(other == (row.at("f_none") == "0"));
    CHECK_FALSE(row.at("j").empty());
    CHECK_FALSE(row.at("m_1").empty());
    CHECK(row.at("m_1") != row.at("m_2"));
  }
}

TEST_CASE("synthesis: what a study or a target may not say") {
  CHECK(refusal("[study]\nname = \"s\"\n[[question]]\nname = \"q\"\nkind = \"text\"\n",
                "question,category,percent\n") ==
        "not-synthetic 0 the study does not say that it is synthetic / under [study], synthetic = "
        "true: every table made from it will say so");
  const std::string study =
      head +
      "[[question]]\nname = \"age\"\nkind = \"number\"\nmin = 16\nmax = 90\n"
      "[[question]]\nname = \"age2\"\nbands = {of = \"age\", cuts = [16, 40]}\n"
      "[[question]]\nname = \"both\"\ncross = [\"country\", \"age2\"]\n"
      "[[question]]\nname = \"g\"\nkind = \"grid\"\n"
      "codes = [{code = 1, label = \"Good\"}, {code = 2, label = \"Bad\"}]\n"
      "nets = [{name = \"any\", of = [1, 2]}]\n"
      "items = [{name = \"g1\"}, {name = \"g2\"}]\n";
  const auto one = [&](const std::string& row) {
    return refusal(study, "question,category,percent\n" + row + "\n");
  };
  CHECK(one("contry,US,5") ==
        "target-question 2 the study has no question 'contry' / did you mean country?");
  CHECK(one("g,1,5") == "target-question 2 g has items / a target is of one of them: g1, g2");
  CHECK(one("country,USA,5") ==
        "target-category 2 country has no category 'USA' / did you mean US? (country: US, UK)");
  CHECK(one("g1,God,5") ==
        "target-category 2 g1 has no category 'God' / did you mean Good? (g1: 1, 2, any)");
  CHECK(one("both,US:16-39,5").starts_with("target-derived 2 both is made from other questions"));
  CHECK(one("age,16-39,5").starts_with("target-kind 2 age has no list of answers"));
  CHECK(one("id,1,5").starts_with("target-kind 2 id has no list of answers"));
  CHECK(
      one("country,US,60\ncountry,UK,50") ==
      "target-sum 3 the targets of country add up to 110 %, which has to be 100 % / rounding does "
      "not explain it: every target is met to its printed digit");
  CHECK(one("g1,Good,33\nage2,16-39,41.7\nage2,40+,58.3").empty());
  CHECK(refusal(study, "question,category,percent,where\ng1,1,5,country = 'USA'\n").find("USA") !=
        std::string::npos);
  CHECK(refusal(study, "question,category,percent,where\ng1,1,5,country = 'US'\ng1,1,5,age > 30\n")
            .starts_with("target-where 3 somebody is in the group of line 2 and in this one"));
  CHECK(refusal(study, "question,category,percent,where\ng1,1,5,g1 = 1\n") ==
        "target-where 2 the condition depends on the answers to g1, which it is a target of");
}

TEST_CASE("synthesis: a target that so few respondents cannot give is named") {
  CHECK(refusal(head, "question,category,percent\ncountry,US,33.33333\n", 3)
            .starts_with("unmet 2 country = US comes to "));
  const std::string routed = head +
                             "[[question]]\nname = \"q\"\nasked = \"country = 'US'\"\n"
                             "codes = [{code = 1}, {code = 2}]\n";
  CHECK(refusal(routed, "question,category,percent\ncountry,US,0\nq,1,30\n") ==
        "unmet 3 q = 1 cannot be 30 %: nobody is asked");
}

TEST_CASE("synthesis: a question that is added leaves the others as they were") {
  const auto before = made::make(head, "question,category,percent\ncountry,US,60\n", 300, 2);
  const auto after =
      made::make(head + "[[question]]\nname = \"q\"\ncodes = [{code = 1}, {code = 2}]\n",
                 "question,category,percent\ncountry,US,60\nq,1,20\n", 300, 2);
  for (std::size_t i = 0; i < 300; ++i) {
    CHECK(before.rows[i].at("country") == after.rows[i].at("country"));
    CHECK(before.rows[i].at("w") == after.rows[i].at("w"));
  }
}

TEST_CASE("synthesis: every kind of question has answers that its study reads") {
  const auto made = made::make(
      head +
          "[[question]]\nname = \"started\"\nkind = \"date\"\nformat = \"%d/%m/%Y %H:%M\"\n"
          "[[question]]\nname = \"day\"\nkind = \"date\"\n"
          "[[question]]\nname = \"why\"\nkind = \"text\"\n"
          "[[question]]\nname = \"r\"\nkind = \"rank\"\nitems = [{name = \"r1\"}, {name = \"r2\"}, "
          "{name = \"r3\"}]\n"
          "[[question]]\nname = \"a\"\nkind = \"allocation\"\nitems = [{name = \"a1\"}, {name = "
          "\"a2\"}]\n"
          "[[question]]\nname = \"n\"\nkind = \"number\"\nmin = -3\nmax = 3\ncodes = [{code = 99, "
          "missing = \"refused\"}]\n"
          "[design]\nstrata = [\"region\"]\nclusters = [\"psu\"]\nfpc = [\"N\"]\n",
      "question,category,percent\nn,99,10\nn,skipped,4\n", 500, 4);
  CHECK(made.unmet.empty());
  std::set<std::string> numbers, psus;
  for (const auto& row : made.rows) {
    CHECK(parse_date(row.at("started"), "%d/%m/%Y %H:%M"));
    CHECK(parse_date(row.at("day")));
    CHECK((row.at("why").empty() || row.at("why") == "synthetic"));
    std::set<std::string> places{row.at("r1"), row.at("r2"), row.at("r3")};
    CHECK(places == std::set<std::string>{"1", "2", "3"});
    CHECK(*parse_number(row.at("a1")) + *parse_number(row.at("a2")) == 100);
    numbers.insert(row.at("n"));
    psus.insert(row.at("psu"));
    CHECK(row.at("psu").starts_with(row.at("region") + "-"));
    CHECK(row.at("N") == "1000");
  }
  CHECK(numbers == std::set<std::string>{"", "-1", "-2", "-3", "0", "1", "2", "3", "99"});
  CHECK(psus.size() > 20);
  CHECK(made.percent(is("n", "99"), everybody) == doctest::Approx(10).epsilon(1e-6));
}

}  // namespace sondeo
