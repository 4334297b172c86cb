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
};

struct Chart {
  ChartKind kind = ChartKind::bars;
  Table head;                        // what the table tells about itself; no rows and columns
  std::vector<std::string> columns;  // bars: lanes ("" if there is one); trend: waves
  std::vector<BaseMark> marks;       // of the columns
  std::vector<ChartStep> steps;      // likert
  Neutral neutral = Neutral::aside;
  std::vector<ChartRow> rows;
};

// The categories and nets of a table, by its first percentage; a lane for each column.
Chart bar_chart(const Table& table);

// The columns of a table but its total in their order, as waves; a line for each category or net.
Chart trend_chart(const Table& table);

// Steps from codes and their scores: the lower half of the distinct scores is low, the upper half
// high, and of an odd number the one in the middle neutral. Codes of one score are steps of their
// own.
std::vector<ChartStep> steps_of_scores(std::vector<std::pair<ChartStep, double>> codes);

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
