// SPDX-License-Identifier: MIT
#include "codebook/question.h"

#include <doctest/doctest.h>

namespace sondeo {
namespace {

using Columns = std::vector<std::size_t>;

const Header header{"f.csv",
                    3,
                    {"id", "q1", "q2_a", "q2_b", "q2_c", "How old are you?", " padded ", "a,b",
                     "x-y", "", "dup", "dup", "q3*", "back`tick", "#2"}};

struct Refused {
  std::string id;
  std::string hint;
  std::uint64_t line = 0;
};

template <class Act>
Refused refused(const Act& act) {
  try {
    act();
  } catch (const Error& error) {
    return {error.id(), error.hint(), error.place().line};
  }
  return {};
}

std::string column_error(std::string_view name) {
  return refused([&] { find_column(header, name); }).id;
}
std::string list_error(std::string_view list) {
  return refused([&] { find_columns(header, list); }).id;
}

}  // namespace

TEST_CASE("find_column: header texts, backquotes, positions") {
  CHECK(find_column(header, "q1") == 1);
  CHECK(find_column(header, "How old are you?") == 5);
  CHECK(find_column(header, "`How old are you?`") == 5);
  CHECK(find_column(header, "padded") == 6);
  CHECK(find_column(header, " padded ") == 6);
  CHECK(find_column(header, " q1 ") == 1);
  CHECK(find_column(header, "`a,b`") == 7);
  CHECK(find_column(header, "`back``tick`") == 13);
  CHECK(find_column(header, "back`tick") == 13);
  CHECK(find_column(header, "#1") == 0);
  CHECK(find_column(header, "#15") == 14);
  // A header text wins over a position; in backquotes there are no positions.
  CHECK(find_column(header, "#2") == 14);
  CHECK(find_column(header, "`#2`") == 14);
  CHECK(column_error("`#1`") == "unknown-column");
}

TEST_CASE("find_column: refusals name the nearest, the positions and the line") {
  const auto unknown = refused([] { find_column(header, "q2_aa"); });
  CHECK(unknown.id == "unknown-column");
  CHECK(unknown.hint == "did you mean 'q2_a'?");
  CHECK(unknown.line == 3);
  const auto twice = refused([] { find_column(header, "dup"); });
  CHECK(twice.id == "ambiguous-column");
  CHECK(twice.hint == "name one by its position: #11");
  CHECK(column_error("Q1") == "unknown-column");
  CHECK(column_error("#0") == "unknown-column");
  CHECK(column_error("#16") == "unknown-column");
  CHECK(column_error("#") == "unknown-column");
  CHECK(column_error("#x") == "unknown-column");
  CHECK(column_error("#99999999999999999999999") == "unknown-column");
  CHECK(column_error("`q1") == "usage");
}

TEST_CASE("find_columns: lists, ranges and patterns, in the order given") {
  CHECK(find_columns(header, "q1, id") == Columns{1, 0});
  CHECK(find_columns(header, "q2_a-q2_c") == Columns{2, 3, 4});
  CHECK(find_columns(header, "#3-#5") == Columns{2, 3, 4});
  CHECK(find_columns(header, "#3 - q2_c") == Columns{2, 3, 4});
  CHECK(find_columns(header, "q1-q1") == Columns{1});
  CHECK(find_columns(header, "q2_*") == Columns{2, 3, 4});
  CHECK(find_columns(header, "q?") == Columns{1});
  CHECK(find_columns(header, "id,q2_*,q1") == Columns{0, 2, 3, 4, 1});
  CHECK(find_columns(header, "`a,b`,q1") == Columns{7, 1});
  CHECK(find_columns(header, "`back``tick`,id") == Columns{13, 0});
  // Names with signs of their own come first.
  CHECK(find_columns(header, "x-y") == Columns{8});
  CHECK(find_columns(header, "q1-x-y") == Columns{1, 2, 3, 4, 5, 6, 7, 8});
  CHECK(find_columns(header, "q3*") == Columns{12});
}

TEST_CASE("find_columns: refusals") {
  CHECK(list_error("") == "usage");
  CHECK(list_error("q1,,id") == "usage");
  CHECK(list_error("q1,q1") == "usage");
  CHECK(list_error("q2_*,q2_b") == "usage");
  CHECK(list_error("q2_c-q2_a") == "usage");
  CHECK(list_error("z*") == "no-columns");
  CHECK(list_error("q1-z") == "unknown-column");
  CHECK(list_error("dup") == "ambiguous-column");
  CHECK(list_error("`q1") == "usage");
}

TEST_CASE("column_name: the header text, or the position of what has none of its own") {
  CHECK(column_name(header, 1) == "q1");
  CHECK(column_name(header, 6) == " padded ");
  CHECK(column_name(header, 9) == "#10");
  CHECK(column_name(header, 10) == "#11");
  CHECK(column_name(header, 11) == "#12");
}

TEST_CASE("question_of_columns: NAME=COLUMNS") {
  const auto question = question_of_columns(header, " tools = q2_*,dup*", QuestionKind::flags);
  CHECK(question.name == "tools");
  CHECK(question.kind == QuestionKind::flags);
  CHECK(question.columns == Columns{2, 3, 4, 10, 11});
  CHECK(question.option_names == std::vector<std::string>{"q2_a", "q2_b", "q2_c", "#11", "#12"});
  CHECK(question.several());
  for (const char* text : {"tools", "=q1", "  =q1", ""}) {
    CHECK(refused([&] { question_of_columns(header, text, QuestionKind::flags); }).id == "usage");
  }
  CHECK(refused([] { question_of_columns(header, "t=", QuestionKind::flags); }).id == "usage");
  CHECK(refused([] { question_of_columns(header, "t=z_*", QuestionKind::spread); }).id ==
        "no-columns");
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
