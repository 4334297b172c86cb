// SPDX-License-Identifier: MIT
// What a chart shows, still numbers: bars, a diverging scale, or a trend, taken out of tables.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "table/table.h"

namespace sondeo {

enum class ChartKind { bars, likert, trend };

// Where the middle of a scale goes: as a number beside the bars, half to each side, or nowhere.
enum class Neutral { aside, center, omit };

// A step of a scale, from the lowest to the highest.
struct ChartStep {
  std::string row_id;  // of the tables' rows
  std::string label;
  int side = 0;  // -1 low, 0 the middle, 1 high
};

struct ChartRow {
  std::string label;
  bool net = false;
  int indent = 0;
  // Percentages, 0 to 100. bars: one for each lane; likert: for each step; trend: for each wave.
  std::vector<std::optional<double>> values;
  std::optional<double> low, high;  // bars of one lane: limits of the interval
  // trend: the interval of each wave, and where waves are tested the mark of a change since the
  // wave before (table/letters.h), "" where there is no evidence of one.
  std::vector<std::pair<std::optional<double>, std::optional<double>>> limits = {};
  std::vector<std::string> changes = {};
  bool difference = false;            // trend: of percentages, in points
  std::optional<double> margin = {};  // trend: half-width of the last wave's interval
};

struct Chart {
  ChartKind kind = ChartKind::bars;
  Table head;                        // what the table tells about itself; no rows and columns
  std::vector<std::string> columns;  // bars: lanes ("" if there is one); trend: waves
  std::vector<BaseMark> marks;       // of the columns
  std::vector<ChartStep> steps;      // likert
  Neutral neutral = Neutral::aside;
  Unit unit = Unit::percent;  // of the values; of a trend of means: value
  std::vector<ChartRow> rows;
};

// The categories and nets of a table, by its first percentage; a lane for each column.
Chart bar_chart(const Table& table);

// The columns of a table but its total in their order, as waves; a line for each category, net and
// difference of percentages, or for the mean of a table that has no percentages.
Chart trend_chart(const Table& table);

// The rows of a trend that a picture has room for: all of some; of more, nets stand for what is in
// them.
std::vector<std::size_t> drawn_rows(const Chart& chart);

// Steps from codes and their scores: the lower half of the distinct scores is low, the upper half
// high, and of an odd number the one in the middle neutral. Codes of one score are steps of their
// own.
std::vector<ChartStep> steps_of_scores(std::vector<std::pair<ChartStep, double>> codes);

// What a page shows beside its tables, by table: lines over waves; one diverging chart before the
// first of several toplines that are the items of one grid with scores; bars of a banner of few
// columns. Toplines have their bars already.
std::vector<std::optional<Chart>> charts_of(const TableSet& set);

// A row for each table (the items of a grid, of one column each), by the first percentage.
// Throws Error [chart-scale] for a table that lacks a row of the steps.
Chart likert_chart(const std::vector<Table>& tables, std::vector<ChartStep> steps, Neutral neutral);

// Of a likert row: the sum of one side's steps; nothing if a step of it is absent.
std::optional<double> side_sum(const Chart& chart, const ChartRow& row, int side);
// High less low.
std::optional<double> net_of(const Chart& chart, const ChartRow& row);

// Rows by their net (likert) or first value, the largest first, rows without one last. Nets keep
// the categories under them: bars of nets are not sorted.
void sort_rows(Chart& chart);

}  // namespace sondeo
