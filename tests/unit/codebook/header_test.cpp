// SPDX-License-Identifier: MIT
#include "codebook/header.h"

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

// As exports write them: the question once, and what its columns hold below.
const Header two_rows{
    "f.csv",
    1,
    {"id", "Seen any?", "Which films?", "", "", "Rank them, please", "", "Why?", "", "", "Sex"},
    {{"", "Response", "Film A", "Film B", " Film C ", "Film A", "Film B", "Response",
      "Other (please specify)", "", "response"}}};

std::string two_rows_error(std::string_view name) {
  return refused([&] { find_column(two_rows, name); }).id;
}

TEST_CASE("two header rows: a column is found by the first row, or else by the last") {
  CHECK(find_column(two_rows, "id") == 0);
  CHECK(find_column(two_rows, "Seen any?") == 1);
  CHECK(find_column(two_rows, "Film C") == 4);
  CHECK(find_column(two_rows, "`Other (please specify)`") == 8);
  CHECK(find_column(two_rows, "#6") == 5);
  CHECK(two_rows_error("Film A") == "ambiguous-column");
  CHECK(two_rows_error("Film D") == "unknown-column");
  CHECK(refused([] { find_column(two_rows, "Other (please specifi)"); }).hint ==
        "did you mean 'Other (please specify)'?");
}

TEST_CASE("two header rows: a question of several columns is none of them") {
  const auto several = refused([] { find_column(two_rows, "Which films?"); });
  CHECK(several.id == "several-columns");
  CHECK(several.hint ==
        "name one of them, '#3' for example; or count them as options: --multi 'NAME=#3-#5'");
  // Unless its first column is the answer itself.
  CHECK(find_column(two_rows, "Why?") == 7);
  CHECK(find_columns(two_rows, "Why?") == Columns{7});
}

TEST_CASE("two header rows: lists take whole questions") {
  CHECK(find_columns(two_rows, "Which films?") == Columns{2, 3, 4});
  CHECK(find_columns(two_rows, "Which*") == Columns{2, 3, 4});
  CHECK(find_columns(two_rows, "Rank them, please") == Columns{5, 6});
  CHECK(find_columns(two_rows, "id, `Rank them, please`") == Columns{0, 5, 6});
  CHECK(find_columns(two_rows, "Which films?-Why?") == Columns{2, 3, 4, 5, 6, 7});
  CHECK(find_columns(two_rows, "id-Which films?") == Columns{0, 1, 2, 3, 4});
  CHECK(find_columns(two_rows, "#4-Film C") == Columns{3, 4});
  CHECK(find_columns(two_rows, "Film*") == Columns{2, 3, 5, 6});  // ' Film C ' starts with a blank
  CHECK(refused([] { find_columns(two_rows, "Which films?,#4"); }).id == "usage");
}

TEST_CASE("two header rows: names that find the column again, and options by the second row") {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < two_rows.names.size(); ++i) {
    names.push_back(column_name(two_rows, i));
    CHECK(find_column(two_rows, names.back()) == i);
  }
  CHECK(names == std::vector<std::string>{"id", "Seen any?", "#3", "#4", " Film C ", "#6", "#7",
                                          "Why?", "Other (please specify)", "#10", "Sex"});
  using Names = std::vector<std::string>;
  CHECK(option_names(two_rows, {2, 3, 4}) == Names{"Film A", "Film B", "Film C"});
  CHECK(option_names(two_rows, {2, 5, 6}) == Names{"#3", "#6", "Film B"});
  CHECK(option_names(two_rows, {0, 7, 8, 10}) ==
        Names{"id", "Why?", "Other (please specify)", "Sex"});
  CHECK(option_labels(two_rows, {0, 2, 5, 7, 8}) ==
        Names{"", "Film A", "Film A", "", "Other (please specify)"});
  CHECK(names_column(two_rows, "Which films?"));
  CHECK(names_column(two_rows, "Film B"));
  CHECK_FALSE(names_column(two_rows, "#3"));
}

TEST_CASE("two header rows: as one row") {
  std::size_t left_out = 9;
  CHECK(one_row_names(two_rows, left_out) ==
        std::vector<std::string>{"id", "Seen any?", "Which films?: Film A", "Which films?: Film B",
                                 "Which films?: Film C", "Rank them, please: Film A",
                                 "Rank them, please: Film B", "Why?",
                                 "Why?: Other (please specify)", "", "Sex"});
  CHECK(left_out == 0);
  CHECK(one_row_names(header, left_out) == header.names);
}

TEST_CASE("three header rows: names, wordings and identifiers") {
  const Header rows{"f.csv",
                    1,
                    {"Q1", "Q2_1", "Q2_2"},
                    {{"How old?", "Tools - A", "Tools - B"}, {"{id1}", "{id2}", "{id3}"}}};
  CHECK(find_column(rows, "Q2_1") == 1);
  CHECK(find_column(rows, "{id3}") == 2);
  CHECK(column_name(rows, 1) == "Q2_1");
  CHECK(option_names(rows, {1, 2}) == std::vector<std::string>{"Q2_1", "Q2_2"});
  std::size_t left_out = 0;
  CHECK(one_row_names(rows, left_out) == rows.names);
  CHECK(left_out == 6);
}

TEST_CASE("two header rows: sections above names, and a question repeated over its columns") {
  const Header sections{"f.csv", 1, {"", "", "Opinion", "", ""}, {{"age", "sex", "q1", "q2", ""}}};
  CHECK(find_column(sections, "q1") == 2);
  CHECK(column_name(sections, 0) == "age");
  CHECK(column_name(sections, 2) == "q1");
  CHECK(find_columns(sections, "Opinion") == Columns{2, 3});
  CHECK(option_names(sections, {0, 2}) == std::vector<std::string>{"age", "q1"});
  std::size_t left_out = 0;
  CHECK(one_row_names(sections, left_out) ==
        std::vector<std::string>{"age", "sex", "Opinion: q1", "Opinion: q2", ""});
  const Header repeated{"f.csv", 1, {"Q", "Q", "R", "Q"}, {{"a", "b", "c", "d"}}};
  CHECK(refused([&] { find_column(repeated, "Q"); }).id == "ambiguous-column");
  CHECK(option_names(repeated, {0, 1}) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("column_names: of all columns what column_name says of each") {
  const std::vector<std::vector<std::string>> rows{{"a", "b", "a", "", "", "c", " d ", "e"},
                                                   {"x", "Response", "", "a", "d", "y", "y", ""}};
  const std::vector<Header> headers{{"f.csv", 1, rows[0]},
                                    {"f.csv", 1, rows[1]},
                                    {"f.csv", 1, rows[0], {rows[1]}},
                                    {"f.csv", 1, rows[1], {rows[0]}},
                                    {"f.csv", 1, rows[1], {rows[0], rows[1]}},
                                    two_rows,
                                    {"f.csv", 1, {}}};
  for (const auto& each : headers) {
    const auto names = column_names(each);
    REQUIRE(names.size() == each.names.size());
    for (std::size_t i = 0; i < names.size(); ++i) CHECK(names[i] == column_name(each, i));
  }
}

}  // namespace sondeo
