// SPDX-License-Identifier: MIT
// What a reader sees, still as numbers: titles, header trees, cells {value, unit, of, flag}, notes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "table/comparison.h"

namespace sondeo {

// respondents: rows counted; weighted: sums of weights; percent: 0-100, and its se and limits;
// value: in the unit of the answers themselves (means); none: pure numbers (df, design effects).
enum class Unit { respondents, weighted, percent, value, none };
std::string_view unit_name(Unit unit);  // "respondents", "weighted", "percent", "value", ""

// One number. `statistic` is a word of the csv contract: n, n_positive, weighted_n, effective_n,
// count, column_percent, row_percent, total_percent, mean, sd, median, se, ci_low, ci_high, moe,
// df, deff. moe is a half-width: of a percentage or mean, and in the base row (of "") of 50 %. `of`
// names the statistic that a se, ci or df belongs to, else "". An absent number has a reason in
// `flag` (zero_base, one_respondent, no_variation, low_base ...); a present one may carry a flag
// too. For the eye alone: change, how much more than in another wave (shown with its sign), and a
// value without a statistic, a place that stays blank.
struct Value {
  std::string statistic;
  std::string of;
  std::optional<double> number;
  Unit unit = Unit::none;
  std::string flag;
  std::optional<double> shown = {};  // what the eye sees instead of it: table/sum100.h
};

struct Cell {
  std::vector<Value> values;
  std::string letters = {};  // what the tests of its column_percent or mean found: table/letters.h

  // The value with this statistic (and `of`), or nullptr.
  const Value* find(std::string_view statistic, std::string_view of = "") const;
};

// How much a column's base is trusted: from its effective base and the thresholds of the request.
enum class BaseMark { enough, low, very_low };  // shown as "", "*", "**"

// A banner column. `path` is the header tree from the outside in: {} for the total column,
// {"Region", "North"} for a plain one, {"Region", "North", "Sex", "Men"} for a nested one; variable
// and category names alternate. The id is stable: "_total", "region=North", "region=North>sex=Men".
struct Column {
  std::string id;
  std::string label;  // the innermost category, or "Total"
  std::vector<std::string> path;
  BaseMark mark = BaseMark::enough;
  bool suppressed =
      false;  // below --min-base: numbers other than bases and _missing are absent, flag "min_base"
  std::string group = {};   // columns of one group are tested with each other; "": of none
  std::string letter = {};  // A, B ..., running over the groups, where pairs are tested
};

// "Region: North", "Region: North > Sex: Men", "Total".
std::string column_path(const Column& column);

// A stub row; cells[j] belongs to columns[j]. The base row (first) has id "_base" and holds all
// bases: n, n_positive, weighted_n, effective_n, deff. A statistic row holds one mean, sd or median
// with its se and limits. The missing row (last, at most one, id "_missing") holds n and count of
// the respondents whom the filter kept and the base leaves out; text tells it in the foot, not as a
// row.
enum class RowKind { base, category, net, statistic, missing };

struct Row {
  std::string id;
  std::string label;
  RowKind kind = RowKind::category;
  int indent = 0;
  std::vector<Cell> cells;
  std::vector<std::string> members = {};  // of a net: ids of the category rows that it holds
  std::optional<double> score = {};       // of an answer of a scale, for charts
};

// A test of the answers against one group of columns, all of them together. `row` is a row id of
// the csv contract ("_second_order"), `group` stands in the place of the column's; the values are
// test, df, denominator_df (of F) and p, or what else is known of the group.
struct TableTest {
  std::string row;
  std::string label;
  std::string group;                 // "region", "age=18-34>sex"
  std::string heading;               // "Region", "Age: 18-34 > Sex"
  std::vector<std::string> columns;  // ids
  std::vector<Value> values;
};

// topline: one column; percent, ±, n and a bar. banner: columns side by side under a header tree.
enum class TableShape { topline, banner };

struct Table {
  std::string id;       // the question's name
  std::string title;    // what heads the table; for a bare file the same as the id
  std::string section;  // of a book: the heading that it stands under, or ""
  // Of an item of a grid, for charts: the grid's name and label, and the item's own label.
  std::string battery = {}, battery_title = {}, item = {};
  TableShape shape = TableShape::banner;
  std::string base;    // what the base is: "all who answered", "all respondents", "asked: ..." ...
                       // (in `language`)
  std::string filter;  // --where as printed back, or ""
  std::string weight;  // the weight's name, or "none"
  std::string weight_label;        // how it was made: "raked: region, age, sex"
  std::string language = "en";     // of labels and fixed words
  bool synthetic = false;          // no real respondent: every format says so
  double level = 95;               // confidence level of moe, ci_low, ci_high, in percent
  double low_base = 100;           // a column whose effective base is below is BaseMark::low ...
  double very_low_base = 30;       // ... or very_low
  bool sum100 = false;             // one answer each: shown percentages are to add up to 100
  std::vector<std::string> shown;  // statistics of category rows to show to the eye, in order
  std::vector<Column> columns;
  std::vector<Row> rows;                // the base row is first
  std::optional<Testing> testing;       // how its comparisons were made, if it was asked for any
  std::vector<Comparison> comparisons;  // by row, then group, then columns
  std::vector<TableTest> tests;         // of whole groups of columns, by group
  std::vector<TestTrace> traces;        // of each of them, if Testing::keep_traces
  std::vector<std::string> notes;  // sentences for the foot: interval method, what was ticked ...
};

// A table's id is its name in differences: the second of the same id gets "#2" behind it, and so
// on.
void tell_apart(std::vector<Table>& tables);

// What the run was, for structured output. Empty `version` means: leave provenance out.
struct Provenance {
  std::string version;
  std::uint64_t input_bytes = 0;  // of text, after decompression and conversion
  std::uint64_t input_rows = 0;
  std::string input_name;  // of the file, without its folders
  std::string input_xxh3;  // XXH3 (64 bits, hexadecimal) of the text, or ""
  std::string study_name;  // of the study's file, without its folders, or ""
  std::string study_xxh3;
  std::string weight;   // its name, "none", or "" if that is not known
  std::string filter;   // as printed back, or ""
  std::string command;  // as typed in a shell, or ""
  std::string date;     // "2026-11-24T23:35:40Z", or ""
};

struct TableSet {
  std::string title;  // of the study, in the tables' language; "" for a bare file
  std::vector<Table> tables;
  std::optional<double> weight_ratio;  // largest weight by the smallest positive one, of the
                                       // respondents kept; nothing without weights
  Provenance provenance;
};

// How numbers look to the eye: the one place that rounds. digits: decimals of percentages
// (means and sd show two more, at most 6; counts, bases, effective n and df none; the moe of a
// percentage always one, its se one at least; deff two, p four).
struct Look {
  int digits = 0;
  std::string decimal = ".";
  std::string thousands = ",";
};

// The value as the eye sees it ("49", "1,504", "2.50"), or "" if it is absent.
std::string display(const Value& value, const Look& look);

}  // namespace sondeo
