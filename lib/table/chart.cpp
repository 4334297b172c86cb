// SPDX-License-Identifier: MIT
#include "table/chart.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "table/trend.h"

namespace sondeo {
namespace {

std::string percentage_of(const Table& table) {
  for (const std::string& statistic : table.shown)
    if (statistic.ends_with("_percent")) return statistic;
  return "column_percent";
}

std::optional<double> number_of(const Cell& cell, std::string_view statistic,
                                std::string_view of = "") {
  const Value* value = cell.find(statistic, of);
  if (value == nullptr || !value->number || !std::isfinite(*value->number)) return std::nullopt;
  return value->number;
}

Table head_of(const Table& table) {
  Table head = table;
  head.rows.clear();
  head.columns.clear();
  head.shown = {percentage_of(table)};
  return head;
}

std::vector<ChartStep> steps_of(const Table& table) {
  std::vector<std::pair<ChartStep, double>> codes;
  for (const Row& row : table.rows)
    if (row.score) codes.push_back({{row.id, row.label, 0}, *row.score});
  return steps_of_scores(std::move(codes));
}

// Whether a table is of an item of the same grid, with the same scale.
bool same_battery(const Table& one, const Table& other) {
  if (one.battery != other.battery || other.shape != one.shape || other.columns.size() != 1)
    return false;
  const auto steps = steps_of(one);
  const auto others = steps_of(other);
  return std::equal(steps.begin(), steps.end(), others.begin(), others.end(),
                    [](const auto& a, const auto& b) { return a.row_id == b.row_id; });
}

bool has_bar(const Row& row) { return row.kind == RowKind::category || row.kind == RowKind::net; }

}  // namespace

Chart bar_chart(const Table& table) {
  Chart chart;
  chart.head = head_of(table);
  const bool alone = table.columns.size() == 1;
  for (const Column& column : table.columns) {
    chart.columns.push_back(alone ? "" : column_path(column));
    chart.marks.push_back(column.mark);
  }
  const std::string statistic = percentage_of(table);
  for (const Row& row : table.rows) {
    if (!has_bar(row)) continue;
    ChartRow bar{row.label, row.kind == RowKind::net, row.indent, {}, {}, {}};
    for (const Cell& cell : row.cells) bar.values.push_back(number_of(cell, statistic));
    if (alone) {
      bar.low = number_of(row.cells.front(), "ci_low", statistic);
      bar.high = number_of(row.cells.front(), "ci_high", statistic);
    }
    chart.rows.push_back(std::move(bar));
  }
  return chart;
}

Chart trend_chart(const Table& table) {
  Chart chart;
  chart.kind = ChartKind::trend;
  chart.head = head_of(table);
  std::vector<std::size_t> waves;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    if (table.columns[j].path.empty() || table.columns[j].group == change_group) continue;
    waves.push_back(j);
    chart.columns.push_back(table.columns[j].label);
    chart.marks.push_back(table.columns[j].mark);
  }
  const bool tested = table.testing && (table.testing->against == Against::waves ||
                                        table.testing->against == Against::previous);
  const auto add = [&](const Row& row, const std::string& statistic) {
    ChartRow line{row.label, row.kind == RowKind::net, row.indent, {}, {}, {}};
    for (const std::size_t j : waves) {
      const Cell& cell = row.cells[j];
      line.values.push_back(number_of(cell, statistic));
      line.limits.emplace_back(number_of(cell, "ci_low", statistic),
                               number_of(cell, "ci_high", statistic));
      if (tested) line.changes.push_back(cell.letters);
    }
    line.difference = row.kind == RowKind::statistic && statistic != "mean";
    if (!waves.empty()) line.margin = number_of(row.cells[waves.back()], "moe", statistic);
    chart.rows.push_back(std::move(line));
  };
  const std::string percentage = percentage_of(table);
  for (const Row& row : table.rows) {
    const bool difference = row.kind == RowKind::statistic && !row.cells.empty() &&
                            row.cells.front().find(percentage) != nullptr;
    if (has_bar(row) || difference) add(row, percentage);
  }
  if (!chart.rows.empty()) return chart;
  for (const Row& row : table.rows) {
    if (row.id != "_mean") continue;
    add(row, "mean");
    chart.unit = Unit::value;
    chart.head.shown = {"mean"};
  }
  return chart;
}

std::vector<std::size_t> drawn_rows(const Chart& chart) {
  constexpr std::size_t some = 6;
  std::vector<std::size_t> drawn;
  for (std::size_t i = 0; i < chart.rows.size(); ++i) {
    if (chart.rows.size() <= some || chart.rows[i].indent == 0) drawn.push_back(i);
  }
  return drawn;
}

std::vector<std::optional<Chart>> charts_of(const TableSet& set) {
  constexpr std::size_t few = 6;
  const auto& tables = set.tables;
  std::vector<std::optional<Chart>> charts(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const Table& table = tables[i];
    const bool topline = table.shape == TableShape::topline && table.columns.size() == 1;
    std::optional<Chart> chart;
    if (is_trend(table)) {
      chart = trend_chart(table);
    } else if (!topline) {
      if (table.columns.size() <= few) chart = bar_chart(table);
    } else if (!table.battery.empty() && steps_of(table).size() > 1) {
      std::size_t end = i;
      while (end < tables.size() && same_battery(table, tables[end])) ++end;
      if (end - i < 2) continue;
      std::vector<Table> items(tables.begin() + static_cast<std::ptrdiff_t>(i),
                               tables.begin() + static_cast<std::ptrdiff_t>(end));
      for (Table& item : items) item.title = item.item;
      charts[i] = likert_chart(items, steps_of(table), Neutral::aside);
      charts[i]->head.id = table.battery;
      charts[i]->head.title = table.battery_title;
      i = end - 1;
    }
    if (chart && !chart->rows.empty()) charts[i] = std::move(chart);
  }
  return charts;
}

std::vector<ChartStep> steps_of_scores(std::vector<std::pair<ChartStep, double>> codes) {
  std::stable_sort(codes.begin(), codes.end(),
                   [](const auto& a, const auto& b) { return a.second < b.second; });
  std::set<double> distinct;
  for (const auto& code : codes) distinct.insert(code.second);
  std::vector<ChartStep> steps;
  for (auto& [step, score] : codes) {
    const auto rank = std::distance(distinct.begin(), distinct.find(score));
    const auto twice = 2 * rank + 1 - static_cast<std::ptrdiff_t>(distinct.size());
    step.side = twice < 0 ? -1 : twice > 0 ? 1 : 0;
    steps.push_back(step);
  }
  return steps;
}

Chart likert_chart(const std::vector<Table>& tables, std::vector<ChartStep> steps,
                   Neutral neutral) {
  Chart chart;
  chart.kind = ChartKind::likert;
  chart.steps = std::move(steps);
  chart.neutral = neutral;
  for (const Table& table : tables) {
    if (chart.rows.empty()) chart.head = head_of(table);
    const std::string statistic = percentage_of(table);
    ChartRow bar{table.title.empty() ? table.id : table.title, false, 0, {}, {}, {}};
    for (const ChartStep& step : chart.steps) {
      const auto row = std::find_if(table.rows.begin(), table.rows.end(),
                                    [&](const Row& each) { return each.id == step.row_id; });
      if (row == table.rows.end() || row->cells.empty()) {
        throw Error("chart-scale",
                    "'" + excerpt(table.id) + "' has no answer '" + excerpt(step.row_id) + "'",
                    "the items of one chart have one scale");
      }
      bar.values.push_back(number_of(row->cells.front(), statistic));
    }
    chart.rows.push_back(std::move(bar));
  }
  return chart;
}

std::optional<double> side_sum(const Chart& chart, const ChartRow& row, int side) {
  double sum = 0;
  for (std::size_t k = 0; k < chart.steps.size(); ++k) {
    if (chart.steps[k].side != side) continue;
    if (!row.values[k]) return std::nullopt;
    sum += *row.values[k];
  }
  return sum;
}

std::optional<double> net_of(const Chart& chart, const ChartRow& row) {
  const auto high = side_sum(chart, row, 1);
  const auto low = side_sum(chart, row, -1);
  if (!high || !low) return std::nullopt;
  return *high - *low;
}

void sort_rows(Chart& chart) {
  const bool nets = std::any_of(chart.rows.begin(), chart.rows.end(),
                                [](const ChartRow& row) { return row.net; });
  if (nets) return;
  const auto key = [&](const ChartRow& row) -> std::optional<double> {
    if (chart.kind == ChartKind::likert) return net_of(chart, row);
    return row.values.empty() ? std::nullopt : row.values.front();
  };
  // Nothing is less than any number.
  std::stable_sort(chart.rows.begin(), chart.rows.end(),
                   [&](const ChartRow& a, const ChartRow& b) { return key(a) > key(b); });
}

}  // namespace sondeo
