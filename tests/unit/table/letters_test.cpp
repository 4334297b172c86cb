// SPDX-License-Identifier: MIT
#include "table/letters.h"

#include <doctest/doctest.h>

#include <string>

namespace sondeo {
namespace {

// A total and `columns` columns of two groups, the first of which has three.
Table table(std::size_t columns) {
  Table result;
  Row row{"1", "Yes", RowKind::category, 0, {}};
  for (std::size_t j = 0; j <= columns; ++j) {
    Column column;
    column.id = j == 0 ? "_total" : "c" + std::to_string(j);
    column.group = j == 0 ? "" : j <= 3 ? "g" : "h";
    result.columns.push_back(column);
    row.cells.push_back({{{"column_percent", "", 50.0, Unit::percent, ""}}});
  }
  result.rows = {row};
  result.testing = Testing{};
  result.testing->levels = {95, 90};
  return result;
}

Comparison found(std::size_t a, std::size_t b, double difference, double level) {
  Comparison result;
  result.a = a;
  result.b = b;
  result.difference = difference;
  result.level = level;
  return result;
}

std::string letters(const Table& table, std::size_t column) {
  return table.rows[0].cells[column].letters;
}

TEST_CASE("letters: names of columns, beyond Z too") {
  CHECK(column_letter(0) == "A");
  CHECK(column_letter(25) == "Z");
  CHECK(column_letter(26) == "AA");
  CHECK(column_letter(51) == "AZ");
  CHECK(column_letter(52) == "BA");
  CHECK(column_letter(26 * 27 - 1) == "ZZ");
  CHECK(column_letter(26 * 27) == "AAA");
}

TEST_CASE("letters: the larger value carries them, in the order of the columns") {
  auto tested = table(5);
  tested.comparisons = {found(1, 2, -5, 95), found(1, 3, 8, 90), found(2, 3, 13, 95),
                        found(4, 5, 0.5, 90)};
  tested.comparisons.push_back({});
  tested.comparisons.back().a = 4;
  tested.comparisons.back().b = 5;
  tested.comparisons.back().difference = 1;  // reaches no level
  letter(tested);
  CHECK(tested.columns[0].letter.empty());
  CHECK(tested.columns[3].letter == "C");
  CHECK(tested.columns[4].letter == "D");
  CHECK(letters(tested, 1) == "c");
  CHECK(letters(tested, 2) == "AC");
  CHECK(letters(tested, 3).empty());
  CHECK(letters(tested, 4) == "e");
  // The other way round, and anew.
  tested.testing->letter_at_lower = true;
  letter(tested);
  CHECK(letters(tested, 1) == "B");
  CHECK(letters(tested, 2).empty());
  CHECK(letters(tested, 3) == "aB");
  CHECK(letters(tested, 5) == "d");
}

TEST_CASE("letters: beyond Z they stand apart") {
  auto tested = table(30);
  tested.comparisons = {found(4, 27, 5, 95), found(4, 5, 5, 95), found(4, 28, 5, 90)};
  letter(tested);
  CHECK(tested.columns[27].letter == "AA");
  CHECK(letters(tested, 4) == "E AA ab");
}

TEST_CASE("letters: marks where columns are held against something else") {
  auto tested = table(5);
  tested.testing->against = Against::total;
  tested.comparisons = {found(1, against_total, 5, 95), found(2, against_total, -5, 95),
                        found(3, against_total, 3, 90), found(4, against_total, -3, 90)};
  letter(tested);
  CHECK(tested.columns[1].letter.empty());
  CHECK(shows_letters(tested));
  CHECK(letters(tested, 1) == "▲");
  CHECK(letters(tested, 2) == "▼");
  CHECK(letters(tested, 3) == "△");
  CHECK(letters(tested, 4) == "▽");
  CHECK(against_id(tested, tested.comparisons[0]) == "_total");
  CHECK(against_id(tested, found(1, against_rest, 1, 95)) == "_rest");
  CHECK(against_id(tested, found(1, 2, 1, 95)) == "c2");
}

TEST_CASE("letters: a table that was not tested has none") {
  auto plain = table(5);
  plain.testing.reset();
  letter(plain);
  CHECK(plain.columns[1].letter.empty());
  CHECK(!shows_letters(plain));
  CHECK(lettered_statistic(plain.rows[0]) == "column_percent");
}

}  // namespace
}  // namespace sondeo
