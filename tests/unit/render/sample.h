// SPDX-License-Identifier: MIT
// Tables for the tests of the renderers.
#pragma once

#include <string>
#include <vector>

#include "table/table.h"

namespace sondeo::sample {

inline Value value(std::string statistic, double number, Unit unit, std::string of = "") {
  return {std::move(statistic), std::move(of), number, unit, ""};
}

inline Value absent(std::string statistic, Unit unit, std::string flag) {
  return {std::move(statistic), "", std::nullopt, unit, std::move(flag)};
}

inline Cell base_cell(double n, double effective_n) {
  return {{value("n", n, Unit::respondents), value("weighted_n", n + 0.5, Unit::weighted),
           value("effective_n", effective_n, Unit::weighted),
           value("deff", n / effective_n, Unit::none), value("moe", 2.6, Unit::percent)}};
}

inline Cell category_cell(double n, double percent) {
  return {{value("n", n, Unit::respondents), value("count", n * 1.25, Unit::weighted),
           value("column_percent", percent, Unit::percent),
           value("row_percent", percent / 2, Unit::percent),
           value("moe", 1.94, Unit::percent, "column_percent")}};
}

inline Cell mean_cell(double mean) {
  return {{value("n", 1380, Unit::respondents), value("mean", mean, Unit::value),
           value("moe", 0.0532, Unit::value, "mean")}};
}

// The topline of the manual, with a mean and people outside the base.
inline Table topline() {
  Table table;
  table.id = "Q3";
  table.title = "Overall, do you approve?";
  table.shape = TableShape::topline;
  table.base = "asked: all adults";
  table.weight = "w";
  table.shown = {"column_percent"};
  table.columns = {{"_total", "Total", {}, BaseMark::enough, false}};
  table.rows = {{"_base", "Base", RowKind::base, 0, {base_cell(1504, 1403.6)}},
                {"net:approve", "Approve (net)", RowKind::net, 0, {category_cell(751, 48.6)}},
                {"1", "Strongly approve", RowKind::category, 1, {category_cell(259, 16.6)}},
                {"2", "Somewhat approve", RowKind::category, 1, {category_cell(492, 32)}},
                {"9", "Don't know", RowKind::category, 0, {category_cell(0, 0)}},
                {"_mean", "Mean", RowKind::statistic, 0, {mean_cell(2.4961)}},
                {"_missing",
                 "Not in the base",
                 RowKind::missing,
                 0,
                 {Cell{{value("n", 12, Unit::respondents)}}}}};
  table.notes = {"Intervals: Wald."};
  return table;
}

// Total, Region (North, South), Sex (Men).
inline Table banner() {
  Table table = topline();
  table.shape = TableShape::banner;
  table.base = "all adults";
  table.columns.push_back({"region=1", "North", {"Region", "North"}, BaseMark::enough, false});
  table.columns.push_back({"region=2", "South", {"Region", "South"}, BaseMark::low, false});
  table.columns.push_back({"sex=1", "Men", {"Sex", "Men"}, BaseMark::very_low, false});
  for (Row& row : table.rows) row.cells.resize(4, row.cells.front());
  table.rows[0].cells[2] = base_cell(90, 87.2);
  table.rows[0].cells[3] = base_cell(30, 27);
  return table;
}

inline std::vector<std::string> hostile_labels() {
  return {
      "=1+1",
      "+cmd|' /C calc'!A0",
      "-2+3",
      "@SUM(A1:A9)",
      "＝1+1",
      "\ttab first",
      "\rreturn first",
      "two\nlines",
      "escape \x1b[31mred\x1b[0m bell \x07",
      "c1 \u009b31m del \x7f",
      "override \u202egnp.exe\u202c isolate \u2066x\u2069",
      "line separator \u2028 paragraph \u2029",
      "quote \" comma , semicolon ; pipe | tab \t end",
      "<script>alert(1)</script> & \"x\" [a](b) `c`",
      "-5",
      "+1.5e3 %",
      "שלום עולם",
      "مرحبا بالعالم",
      "非常に満足している",
      "매우 만족",
      "👩‍👩‍👧‍👦 family 🇪🇸 flag 👍🏽",
      "e\u0301 o\u0308 combining",
      " blanks around ",
      "null",
      "\\backslash\\n",
      std::string(150, 'A') + " " + std::string(150, 'B'),
      "A very long label that goes on and on, as labels in real questionnaires do, with a list of "
      "examples (for instance, this one), an explanation and then some more words after it",
      "",
      "'quoted"};
}

// Everything at once: nets, a nested banner, low bases, a suppressed column, absent numbers with
// reasons, several statistics, hostile labels in rows, columns, titles and notes.
inline TableSet kitchen_sink() {
  Table table = banner();
  table.id = "=q7 \x1b[0m";
  table.title = "Why?\n\u202eWhy not? " + std::string(80, 'w') + " ¿Por qué no? \x07";
  table.base = "asked: people who\tanswered";
  table.filter = "age > 18 and name = \"x\ny\"";
  table.weight = "-w";
  table.shown = {"column_percent", "row_percent", "count", "n"};
  table.notes = {"A note\nin two lines, long enough to need wrapping at a width of eighty columns.",
                 "\x1b]0;title\x07"};
  const std::vector<std::string> nested = {"Región", "Norte", "=Sex of the \"respondent\""};
  for (const std::string& label : hostile_labels()) {
    Column column{"r=1>s=" + label, label, nested, BaseMark::enough, false};
    column.path.push_back(label);
    table.columns.push_back(column);
  }
  table.columns.back().suppressed = true;
  const std::size_t columns = table.columns.size();
  for (Row& row : table.rows) row.cells.resize(columns, row.cells.front());
  int code = 100;
  for (const std::string& label : hostile_labels()) {
    Row row{std::to_string(code++), label, RowKind::category, 1, {}};
    row.cells.resize(columns, category_cell(1234567, 12.345));
    row.cells[1].values = {absent("column_percent", Unit::percent, "zero_base"),
                           absent("row_percent", Unit::percent, "zero_base")};
    row.cells[2].values.clear();
    row.cells[3].values[1].number = 0.0 / 1.0 * -1;
    table.rows.push_back(row);
  }
  for (Row& row : table.rows) {
    if (row.kind == RowKind::base) continue;
    for (Value& value : row.cells.back().values) {
      value.number.reset();
      value.flag = "min_base";
    }
  }
  TableSet set;
  set.tables = {topline(), table, banner()};
  set.provenance.version = "0.1.0";
  set.provenance.input_bytes = 1234;
  set.provenance.input_rows = 1504;
  // A topline of the same labels, unweighted.
  Table flat = table;
  flat.id = "flat";
  flat.shape = TableShape::topline;
  flat.weight = "none";
  flat.columns.resize(1);
  for (Row& row : flat.rows) row.cells.resize(1);
  set.tables.push_back(flat);
  return set;
}

}  // namespace sondeo::sample
