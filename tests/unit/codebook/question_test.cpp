// SPDX-License-Identifier: MIT
#include "codebook/question.h"

#include <doctest/doctest.h>

namespace sondeo {
namespace {

using Columns = std::vector<std::size_t>;

const Header header{"f.csv", 3, {"id", "q1", "q2_a", "q2_b", "q2_c", "dup", "dup"}};

std::string refusal(std::string_view definition, QuestionKind kind) {
  try {
    question_of_columns(header, definition, kind);
  } catch (const Error& error) {
    return error.id();
  }
  return "";
}

}  // namespace

TEST_CASE("question_of_columns: NAME=COLUMNS") {
  const auto question = question_of_columns(header, " tools = q2_*,dup*", QuestionKind::flags);
  CHECK(question.name == "tools");
  CHECK(question.kind == QuestionKind::flags);
  CHECK(question.columns == Columns{2, 3, 4, 5, 6});
  CHECK(question.option_names == std::vector<std::string>{"q2_a", "q2_b", "q2_c", "#6", "#7"});
  CHECK(question.several());
  for (const char* text : {"tools", "=q1", "  =q1", ""}) {
    CHECK(refusal(text, QuestionKind::flags) == "usage");
  }
  CHECK(refusal("t=", QuestionKind::flags) == "usage");
  CHECK(refusal("t=z_*", QuestionKind::spread) == "no-columns");
}

TEST_CASE("Question::several") {
  Question question;
  for (const auto kind : {QuestionKind::single, QuestionKind::number}) {
    question.kind = kind;
    CHECK_FALSE(question.several());
  }
  for (const auto kind : {QuestionKind::flags, QuestionKind::joined, QuestionKind::spread}) {
    question.kind = kind;
    CHECK(question.several());
  }
}

TEST_CASE("usual_unticked: lower case, so that any case can be compared") {
  for (const auto& text : usual_unticked()) {
    for (const char c : text) CHECK((c < 'A' || c > 'Z'));
  }
}

}  // namespace sondeo
