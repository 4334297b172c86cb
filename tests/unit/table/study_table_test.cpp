// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "../data/study_setting.h"
#include "../tabulate/request.h"
#include "table/build.h"
#include "table/texts.h"
#include "table/words.h"

namespace sondeo {
namespace {

using requests::count_text;
using studies::Setting;

const std::string text = R"toml(
[[question]]
name = "fair"
kind = "scale"
text = { en = "Are fares fair?", es = "¿Son justas las tarifas?" }
label = { en = "Fair", es = "Justas" }
codes = [
  { code = 1, label = { en = "No", es = "No" } },
  { code = 2, label = { en = "Rather", es = "Más bien" } },
  { code = 3, label = { en = "Yes", es = "Sí" } },
  { code = 8, label = { en = "Don't know", es = "No sabe" }, missing = "dont_know", base = true },
  { code = 9, label = { en = "Refused", es = "No contesta" }, missing = "refused" },
]
nets = [ { name = "yes", label = { en = "At least rather", es = "Al menos más bien" }, of = [2, 3] } ]
[[question]]
name = "m"
kind = "multiple"
codes = [ { code = "a", column = "a" }, { code = "b", column = "b" }, { code = "c", column = "c" } ]
nets = [ { name = "ab", label = "A or B (net)", of = ["a", "b"] } ]
[[question]]
name = "why"
asked = "fair = 1"
asked_text = { en = "those who say no", es = "quienes dicen que no" }
base = "asked"
codes = [ { code = 1 }, { code = 2 } ]
[[question]]
name = "routed"
kind = "multiple"
asked = "region = 'S'"
codes = [ { code = "a", column = "a" }, { code = "b", column = "b" } ]
[[question]]
name = "coded"
column = "why"
empty = "not_asked"
base = "asked"
codes = [ { code = 1 } ]
[[question]]
name = "region"
label = { en = "Region", es = "Región" }
codes = [ { code = "S", label = { en = "South", es = "Sur" } }, { code = "N", label = { en = "North", es = "Norte" } } ]
)toml";

const std::vector<std::string> columns{"fair", "a", "b", "c", "why", "region"};
const std::string data =
    "fair,a,b,c,why,region\n"
    "1,1,1,0,1,N\n"
    "3,1,0,0,,N\n"
    "8,0,1,0,,S\n"
    "9,0,0,1,,S\n"
    ",,,,,S\n"
    "1,0,0,0,,S\n";

// The table of a question by region if `banner`.
Table table_of(const std::string& name, TableRules rules = {}, const std::string& language = "en",
               bool banner = false) {
  Setting setting(text, columns);
  CountRequest request;
  request.questions = setting.questions;
  const auto row = setting.position(name);
  const auto region = setting.position("region");
  request.axes = {{{row}, false}, {{}, false}, {{region}, true}};
  request.tables = {{0, 1}, {0, 2}};
  const auto counted = count_text(data, request).result;
  TableContext context;
  context.units = counted.rows;
  context.language = language;
  context.synthetic = true;
  context.notes = {"The note."};
  std::vector<BannerPart> parts;
  if (banner) parts.push_back({{"region"}, counted.tables[1], {setting.questions[region].study}});
  return build_table(setting.questions[row], counted.tables[0], parts,
                     banner ? TableShape::banner : TableShape::topline, true, context, rules);
}

const Row& row_of(const Table& table, const std::string& id) {
  for (const auto& row : table.rows) {
    if (row.id == id) return row;
  }
  FAIL("no row " << id);
  return table.rows[0];
}

double number_of(const Table& table, const std::string& id, const char* statistic,
                 std::size_t column = 0) {
  const auto* value = row_of(table, id).cells[column].find(statistic);
  REQUIRE(value != nullptr);
  return value->number.value_or(-1);
}

std::string ids_of(const Table& table) {
  std::string ids;
  for (const auto& row : table.rows) ids += (ids.empty() ? "" : " ") + row.id;
  return ids;
}

}  // namespace

TEST_CASE("study table: rows, labels and base of a scale") {
  const auto table = table_of("fair");
  CHECK(table.title == "Are fares fair?");
  CHECK(table.base == "all who answered");
  CHECK(ids_of(table) == "_base 1 yes 2 3 8 _mean _sd _median _missing");
  CHECK(row_of(table, "yes").label == "At least rather (net)");
  CHECK(row_of(table, "yes").kind == RowKind::net);
  CHECK(row_of(table, "2").indent == 1);
  CHECK(number_of(table, "_base", "n") == 4);
  CHECK(number_of(table, "2", "n") == 0);
  CHECK(number_of(table, "yes", "column_percent") == 25);
  CHECK(number_of(table, "8", "column_percent") == 25);
  CHECK(number_of(table, "_missing", "n") == 2);
  // The mean of 1, 3, 1: Don't know has no score.
  CHECK(row_of(table, "_mean").label == "Mean (1-3, excl. Don't know)");
  CHECK(number_of(table, "_mean", "mean") == doctest::Approx(5.0 / 3));
  CHECK(row_of(table, "_mean").cells[0].find("n", "mean")->number == 3);
}

TEST_CASE("study table: a net's standard error is that of its share") {
  const auto table = table_of("fair");
  Sums part;
  part.n = 1;
  Sums base;
  base.n = 4;
  const auto expected = percentage(part, base, 6, false, {});
  CHECK(row_of(table, "yes").cells[0].find("se", "column_percent")->number == expected.se);
}

TEST_CASE("study table: in Spanish, fixed words and all") {
  const auto table = table_of("fair", {}, "es", true);
  CHECK(table.title == "Justas");
  CHECK(table.language == "es");
  CHECK(table.base == "todos los que respondieron");
  CHECK(row_of(table, "8").label == "No sabe");
  CHECK(row_of(table, "yes").label == "Al menos más bien (neto)");
  CHECK(row_of(table, "_mean").label == "Media (1-3, sin No sabe)");
  CHECK(table.columns[1].path == std::vector<std::string>{"Región", "Sur"});
  CHECK(table.columns[1].id == "region=S");
  CHECK(table.notes.back() == "The note.");
  CHECK(table.notes[table.notes.size() - 2] == words_of("es").synthetic);
}

TEST_CASE("study table: columns in the order of the study") {
  const auto table = table_of("fair", {}, "en", true);
  REQUIRE(table.columns.size() == 3);
  CHECK(table.columns[1].label == "South");
  CHECK(table.columns[2].label == "North");
  CHECK(number_of(table, "_base", "n", 1) == 2);
}

TEST_CASE("study table: a select-all question and its nets") {
  const auto table = table_of("m");
  CHECK(ids_of(table) == "_base ab a b c _missing");
  CHECK(row_of(table, "ab").label == "A or B (net)");
  CHECK(number_of(table, "_base", "n") == 5);
  CHECK(number_of(table, "ab", "n") == 3);
  CHECK(number_of(table, "a", "n") == 2);
  CHECK(number_of(table, "_missing", "n") == 1);
  CHECK(table.base == "all asked, without those who gave no answer");
  TableRules asked;
  asked.base = Base::asked;
  CHECK(number_of(table_of("m", asked), "_base", "n") == 6);
  CHECK(table_of("m", asked).base == "all asked");
}

TEST_CASE("study table: who was asked, as the study says") {
  const auto table = table_of("why");
  CHECK(table.base == "asked: those who say no");
  CHECK(table_of("why", {}, "es").base == "preguntado a: quienes dicen que no");
  CHECK(number_of(table, "_base", "n") == 2);
  CHECK(number_of(table, "1", "column_percent") == 50);
  CHECK(number_of(table, "_missing", "n") == 4);
  TableRules answered;
  answered.base = Base::answered;
  CHECK(table_of("why", answered).base == "all who answered of those asked (those who say no)");
  CHECK(number_of(table_of("why", answered), "_base", "n") == 1);
}

TEST_CASE("study table: missing answers that are part of the base have rows") {
  TableRules all;
  all.base = Base::all;
  const auto table = table_of("fair", all);
  CHECK(ids_of(table) == "_base 1 yes 2 3 8 9 _mean _sd _median _missing");
  CHECK(number_of(table, "_base", "n") == 6);
  CHECK(number_of(table, "9", "n") == 1);
}

TEST_CASE("study table: the largest first, side by side") {
  TableRules rules;
  rules.sort = SortRows::size;
  CHECK(ids_of(table_of("fair", rules)) == "_base 1 yes 3 2 8 _mean _sd _median _missing");
}

TEST_CASE("words: other languages have the English ones") {
  CHECK(words_of("fr").total == "Total");
  CHECK(words_of("es-MX").mean == "Media");
  CHECK(language_of_words("est") == "en");
}

TEST_CASE("tables of a study: the base in words says whom it leaves out") {
  const auto routed = table_of("routed");
  CHECK(routed.base == "asked: region = 'S', without those who gave no answer");
  CHECK(table_of("routed", {}, "es").base ==
        "preguntado a: region = 'S', salvo quienes no respondieron");
  // Five of six were not asked, as the study reads their empty cells.
  CHECK(table_of("coded").base == "all asked");
}

TEST_CASE("study table: rows by size, with those that stay where they are") {
  TableRules rules;
  rules.sort = SortRows::size;
  // No 2, don't know 1, yes 1, rather 0: the net holds one; who don't know stay last.
  CHECK(ids_of(table_of("fair", rules)) == "_base 1 yes 3 2 8 _mean _sd _median _missing");
  rules.pins = {"No"};
  CHECK(ids_of(table_of("fair", rules)) == "_base yes 3 2 1 8 _mean _sd _median _missing");
  rules.pins = {"yes", "3"};
  CHECK(ids_of(table_of("fair", rules)) == "_base 1 yes 2 3 8 _mean _sd _median _missing");
}

TEST_CASE("study table: rows by size in one column") {
  TableRules rules;
  rules.sort = SortRows::size;
  rules.sort_column = "region=S";
  CHECK(ids_of(table_of("fair", rules, "en", true)) ==
        "_base 1 yes 2 3 8 _mean _sd _median _missing");
  rules.sort_column = "Region: North";
  CHECK(ids_of(table_of("fair", rules, "en", true)) ==
        "_base 1 yes 3 2 8 _mean _sd _median _missing");
  rules.sort_column = "region=X";
  CHECK_THROWS_AS(table_of("fair", rules, "en", true), Error);
}

TEST_CASE("study table: percentages are to add up to 100 where one answer was possible") {
  TableRules rules;
  rules.sum100 = true;
  CHECK(table_of("fair", rules).sum100);
  CHECK_FALSE(table_of("m", rules).sum100);
}

}  // namespace sondeo
