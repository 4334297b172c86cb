// SPDX-License-Identifier: MIT
#include "table/sum100.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace sondeo {
namespace {

using Strings = std::vector<std::string>;

struct Spec {
  std::string id;
  int indent = 0;
  std::vector<double> percents;  // by column
  Strings members = {};          // of a net
};

TableSet set_of(const std::vector<Spec>& specs, bool sum100 = true) {
  Table table;
  table.id = "q";
  table.sum100 = sum100;
  table.shown = {"column_percent"};
  for (std::size_t j = 0; j < specs[0].percents.size(); ++j)
    table.columns.push_back({std::to_string(j), std::to_string(j), {}, BaseMark::enough, false});
  for (const auto& spec : specs) {
    Row row{
        spec.id, spec.id, spec.members.empty() ? RowKind::category : RowKind::net, spec.indent, {}};
    row.members = spec.members;
    for (const auto percent : spec.percents)
      row.cells.push_back({{{"column_percent", "", percent, Unit::percent, ""}}});
    table.rows.push_back(std::move(row));
  }
  TableSet set;
  set.tables.push_back(std::move(table));
  return set;
}

// What the eye sees of a column.
Strings seen(TableSet set, int digits, std::size_t column = 0) {
  add_to_100(set, digits);
  Strings texts;
  Look look;
  look.digits = digits;
  for (const auto& row : set.tables[0].rows)
    texts.push_back(display(row.cells[column].values[0], look));
  return texts;
}

}  // namespace

TEST_CASE("sum100: largest remainders; of equal ones the larger share, then the upper row") {
  const auto thirds = set_of({{"a", 0, {100 / 3.0}}, {"b", 0, {100 / 3.0}}, {"c", 0, {100 / 3.0}}});
  CHECK(seen(thirds, 0) == Strings{"34", "33", "33"});
  CHECK(seen(thirds, 1) == Strings{"33.4", "33.3", "33.3"});
  // 12.5 twice and 75: one of the halves rises, though both would by themselves.
  CHECK(seen(set_of({{"a", 0, {12.5}}, {"b", 0, {12.5}}, {"c", 0, {75}}}), 0) ==
        Strings{"13", "12", "75"});
  CHECK(seen(set_of({{"a", 0, {12.5}}, {"b", 0, {62.5}}, {"c", 0, {25}}}), 0) ==
        Strings{"12", "63", "25"});
}

TEST_CASE("sum100: what is whole stays, whatever its last bits are") {
  CHECK(seen(set_of({{"a", 0, {28.999999999999996}}, {"b", 0, {0}}, {"c", 0, {71.00000000000001}}}),
             0) == Strings{"29", "0", "71"});
  const auto sixths = set_of(
      {{"zero", 0, {0}}, {"a", 0, {100 / 6.0}}, {"b", 0, {100 / 6.0}}, {"c", 0, {200 / 3.0}}});
  // Remainders .67 .67 .67: the largest share is raised first.
  CHECK(seen(sixths, 0) == Strings{"0", "17", "16", "67"});
}

TEST_CASE("sum100: a net is the sum of its shown parts, to any depth, and itself off by no unit") {
  // 0.4 five times: by themselves all are 0, together 2.
  const auto nested = set_of({{"net", 0, {2}, {"a", "b", "c", "d", "e"}},
                              {"inner", 1, {0.8}, {"a", "b"}},
                              {"a", 2, {0.4}},
                              {"b", 2, {0.4}},
                              {"c", 1, {0.4}},
                              {"d", 1, {0.4}},
                              {"e", 1, {0.4}},
                              {"z", 0, {98}}});
  CHECK(seen(nested, 0) == Strings{"2", "1", "1", "0", "1", "0", "0", "98"});
}

TEST_CASE("sum100: a net whose answers stand below another is the sum of what they show") {
  const auto lone = set_of({{"net", 0, {50}, {"a", "b"}},
                            {"a", 1, {25.5}},
                            {"b", 1, {24.5}},
                            {"c", 0, {50}},
                            {"other", 0, {74.5}, {"b", "c"}}});
  CHECK(seen(lone, 0) == Strings{"50", "26", "24", "50", "74"});
  // One that says more than stands below it does not hold those together.
  const auto more = set_of(
      {{"net", 0, {66.6}, {"a", "b"}}, {"a", 1, {33.3}}, {"b", 0, {33.3}}, {"c", 0, {33.4}}});
  CHECK(seen(more, 0) == Strings{"66", "33", "33", "34"});
}

TEST_CASE("sum100: answers without a row keep the sum below 100") {
  CHECK(seen(set_of({{"a", 0, {30.4}}, {"b", 0, {30.4}}}), 0) == Strings{"31", "30"});
}

TEST_CASE("sum100: columns by themselves; withheld ones, and other tables, are left alone") {
  auto set = set_of({{"a", 0, {12.5, 12.5}}, {"b", 0, {12.5, 12.5}}, {"c", 0, {75, 75}}});
  set.tables[0].rows[2].cells[1].values[0].number.reset();
  CHECK(seen(set, 0, 0) == Strings{"13", "12", "75"});
  CHECK(seen(set, 0, 1) == Strings{"13", "13", ""});
  const auto plain = set_of({{"a", 0, {12.5}}, {"b", 0, {12.5}}, {"c", 0, {75}}}, false);
  CHECK(seen(plain, 0) == Strings{"13", "13", "75"});
}

TEST_CASE("sum100: numbers stay, and a note says it once") {
  auto set = set_of({{"a", 0, {12.5}}, {"b", 0, {12.5}}, {"c", 0, {75}}});
  add_to_100(set, 0);
  add_to_100(set, 0);
  CHECK(set.tables[0].rows[1].cells[0].values[0].number == 12.5);
  CHECK(set.tables[0].notes.size() == 1);
}

}  // namespace sondeo
