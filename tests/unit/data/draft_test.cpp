// SPDX-License-Identifier: MIT
#include "data/draft.h"

#include <doctest/doctest.h>

#include "blocks.h"
#include "data/draft_answers.h"

namespace sondeo {
namespace {

Draft draft_of(const std::vector<std::string>& names, const blocks::Rows& rows) {
  Profiler profiler(names.size());
  // Two blocks, as a file may come.
  const auto half = static_cast<std::ptrdiff_t>(rows.size() / 2);
  profiler.take(blocks::MadeBlock({rows.begin(), rows.begin() + half}).get());
  profiler.take(blocks::MadeBlock({rows.begin() + half, rows.end()}).get());
  return draft_study({"survey.csv", 1, names}, profiler.columns());
}

std::vector<std::string> codes(const StudyQuestion& question) {
  std::vector<std::string> result;
  for (const auto& code : question.codes) result.push_back(code.code);
  return result;
}

const StudyQuestion& only(const Draft& draft) {
  REQUIRE(draft.study.questions.size() == 1);
  return draft.study.questions[0];
}

using Strings = std::vector<std::string>;

}  // namespace

TEST_CASE("draft: a column of few answers is a single question, no answers last and in the base") {
  const auto draft = draft_of(
      {"owner"}, blocks::column({"Sales", "Don't know", "Marketing", "Sales", "", "Care"}));
  const auto& question = only(draft);
  CHECK(question.kind == StudyKind::single);
  CHECK(question.name == "owner");
  CHECK(question.columns.empty());
  CHECK(codes(question) == Strings{"Care", "Marketing", "Sales", "Don't know"});
  CHECK(question.codes[3].missing == MissingKind::dont_know);
  CHECK(question.codes[3].in_base);
  CHECK(draft.reasons.at("owner") == "single: 4 different answers in 5 cells");
}

TEST_CASE("draft: known scales come in their order with scores, in Spanish too") {
  const auto draft =
      draft_of({"acuerdo"}, blocks::column({"De acuerdo", "Muy en desacuerdo", "En desacuerdo",
                                            "De acuerdo", "Muy de acuerdo", "NS/NC"}));
  const auto& question = only(draft);
  CHECK(question.kind == StudyKind::scale);
  CHECK(codes(question) ==
        Strings{"Muy en desacuerdo", "En desacuerdo", "De acuerdo", "Muy de acuerdo", "NS/NC"});
  CHECK(question.codes[0].score == 1.0);
  CHECK(question.codes[3].score == 4.0);
  CHECK_FALSE(question.codes[4].score);
}

TEST_CASE("draft: a header that is no word gives way to a name, and is the question's text") {
  const auto draft = draft_of({"How old are you?"}, blocks::column({"a", "b", "a", "b"}));
  const auto& question = only(draft);
  CHECK(question.name == "q1");
  CHECK(question.columns == Strings{"How old are you?"});
  CHECK(question.text.in("en") == "How old are you?");
}

TEST_CASE("draft: flags, a grid, weight, id, number, date and text") {
  const Strings names{"id",  "t_crm", "t_chat", "sat_mail", "sat_phone",
                      "age", "day",   "weight", "why",      "channels"};
  const Strings channels{"Chat;Mail", "Mail;Phone;Chat", "Mail;Phone", "Chat;Phone"};
  blocks::Rows rows;
  for (int i = 0; i < 40; ++i) {
    const auto number = std::to_string(i);
    rows.push_back({"r" + number, i % 2 != 0 ? "CRM" : "", i % 3 != 0 ? "Live chat" : "",
                    i % 2 != 0 ? "Good" : "Fair", i % 3 != 0 ? "Good" : "Poor",
                    std::to_string(20 + i % 20), "2024-03-" + std::to_string(10 + i % 20),
                    i % 2 != 0 ? "0.5" : "1.5", i == 7 ? "" : "an opinion of its own " + number,
                    channels[static_cast<std::size_t>(i) % 4]});
  }
  const auto draft = draft_of(names, rows);
  const auto& questions = draft.study.questions;
  REQUIRE(questions.size() == 8);
  CHECK(questions[0].kind == StudyKind::id);
  CHECK(questions[1].kind == StudyKind::multiple);
  CHECK(questions[1].name == "t");
  CHECK(questions[1].form == MultipleForm::flags);
  CHECK(codes(questions[1]) == Strings{"crm", "chat"});
  CHECK(questions[1].codes[1].column == "t_chat");
  CHECK(questions[1].codes[1].label.in("") == "Live chat");
  CHECK(questions[2].kind == StudyKind::grid);
  CHECK(questions[2].name == "sat");
  REQUIRE(questions[2].items.size() == 2);
  CHECK(questions[2].items[1].name == "sat_phone");
  CHECK(codes(questions[2]) == Strings{"Poor", "Fair", "Good"});
  CHECK(questions[3].kind == StudyKind::number);
  CHECK(draft.reasons.at("age") == "number: every answer is one, from 20 to 39");
  CHECK(questions[4].kind == StudyKind::date);
  CHECK(questions[5].kind == StudyKind::weight);
  CHECK(draft.study.weight == "weight");
  CHECK(questions[6].kind == StudyKind::text);
  CHECK(questions[7].kind == StudyKind::multiple);
  CHECK(questions[7].separator == ";");
  CHECK(codes(questions[7]) == Strings{"Chat", "Mail", "Phone"});
}

TEST_CASE("draft: decimal commas are told from texts, and two readings of a date are told") {
  const auto draft = draft_of({"gasto", "fecha"}, {{"\"1,5\"", "01/02/2024"},
                                                   {"\"2,25\"", "03/04/2024"},
                                                   {"3", "05/06/2024"},
                                                   {"\"1,5\"", "05/06/2024"}});
  CHECK(draft.study.format.decimal == ",");
  CHECK(draft.study.questions[0].kind == StudyKind::number);
  CHECK(draft.study.questions[1].format == "%d/%m/%Y");
  CHECK(draft.reasons.at("fecha") ==
        "date: every answer is one; the format may as well be %m/%d/%Y");
}

TEST_CASE("draft: columns of one beginning with other answers are no grid") {
  const auto draft = draft_of({"q_city", "q_plan"}, {{"North", "Basic"},
                                                     {"South", "Plus"},
                                                     {"North", "Basic"},
                                                     {"East", "Pro"},
                                                     {"West", "Pro"}});
  REQUIRE(draft.study.questions.size() == 2);
  CHECK(draft.study.questions[0].kind == StudyKind::single);
}

TEST_CASE("draft: empty columns and empty files") {
  CHECK(only(draft_of({"x"}, blocks::column({"", "  "}))).kind == StudyKind::text);
  CHECK(only(draft_of({""}, {})).name == "q1");
}

TEST_CASE("usual_missing knows what surveys write") {
  CHECK(usual_missing("Don\u2019t know") == MissingKind::dont_know);
  CHECK(usual_missing("No contesta") == MissingKind::refused);
  CHECK(usual_missing("N/A") == MissingKind::skipped);
  CHECK(usual_missing("Knows") == MissingKind::none);
}

}  // namespace sondeo
