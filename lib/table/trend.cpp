// SPDX-License-Identifier: MIT
#include "table/trend.h"

#include <algorithm>

#include "table/letters.h"
#include "table/trend_words.h"

namespace sondeo {
namespace {

// The waves that a change is told of: the last with a base, the one before it, the first.
struct Span {
  std::size_t last = 0, before = 0, first = 0;
};

std::optional<Span> span_of(const Table& table) {
  std::vector<std::size_t> waves;
  for (std::size_t j = 0; j < table.columns.size(); ++j)
    if (!table.columns[j].group.empty()) waves.push_back(j);
  if (waves.size() < 2) return std::nullopt;
  return Span{waves.back(), waves[waves.size() - 2], waves.front()};
}

// The change of one row, as a cell of the column of changes.
Cell change_cell(const Table& table, std::size_t row, std::size_t last, std::size_t against) {
  const auto* found = comparison_of(table, row, last, against);
  if (found == nullptr) return {{Value{}}};
  const auto statistic = found->mean ? "mean" : "column_percent";
  const auto unit = found->mean ? Unit::value : Unit::percent;
  Cell cell;
  cell.values.push_back(
      {"change", statistic, found->difference, unit, found->difference ? "" : found->reason});
  cell.letters = change_mark(*found, *table.testing);
  return cell;
}

void add_changes(Table& table, std::size_t last, std::size_t against, const char* id) {
  const auto& words = trend_words_of(table.language);
  const bool newest =
      last + 1 == table.columns.size() || table.columns[last + 1].group == change_group;
  Column column;
  column.id = id;
  column.label = table.columns[against].label;
  column.path = {newest ? std::string(words.change_since)
                        : std::string(words.change_up_to) + table.columns[last].label +
                              std::string(words.since),
                 column.label};
  column.group = change_group;
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    table.rows[i].cells.push_back(change_cell(table, i, last, against));
  table.columns.push_back(std::move(column));
}

// The places of a list of labels as a sentence.
void note(Table& table, const std::string& text) { table.notes.push_back(text + "."); }

}  // namespace

bool is_trend(const Table& table) {
  return table.testing && table.testing->against == Against::waves;
}

bool has_trend(const TableSet& set) {
  return std::any_of(set.tables.begin(), set.tables.end(), is_trend);
}

const Comparison* comparison_of(const Table& table, std::size_t row, std::size_t column,
                                std::size_t against) {
  const auto found =
      std::find_if(table.comparisons.begin(), table.comparisons.end(), [&](const Comparison& each) {
        return each.row == row && each.a == column && each.b == against;
      });
  return found == table.comparisons.end() ? nullptr : &*found;
}

Table with_changes(const Table& table) {
  Table seen = table;
  const auto span = is_trend(table) ? span_of(table) : std::nullopt;
  if (!span) return seen;
  add_changes(seen, span->last, span->before, "_change");
  if (span->first != span->before) add_changes(seen, span->last, span->first, "_change_first");
  const auto behind = seen.notes.begin() + (seen.notes.empty() ? 0 : 1);
  seen.notes.insert(behind, std::string(trend_words_of(table.language).unrounded));
  return seen;
}

TableSet with_changes(const TableSet& set) {
  TableSet seen = set;
  for (auto& table : seen.tables) table = with_changes(table);
  return seen;
}

void leave_out(Table& table, const std::vector<WaveGap>& gaps) {
  const auto& words = trend_words_of(table.language);
  std::string unasked;
  for (const auto& gap : gaps) {
    auto& column = table.columns[gap.column];
    const bool all = gap.rows.empty();
    std::string answers;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      auto& row = table.rows[i];
      const bool base = row.kind == RowKind::base || row.kind == RowKind::missing;
      if (base && !all) continue;
      if (!all && std::find(gap.rows.begin(), gap.rows.end(), row.id) == gap.rows.end()) continue;
      if (!all) answers += (answers.empty() ? "" : ", ") + row.label;
      for (auto& value : row.cells[gap.column].values) {
        if (!base || !value.number) value.flag = "not_in_wave";
        if (!base) value.number.reset();
      }
      for (auto& each : table.comparisons) {
        if (each.row != i || (each.a != gap.column && each.b != gap.column)) continue;
        each = {each.row, each.a, each.b, each.mean, {}, {}, {}, {}, {}, {}, {}, "not_in_wave"};
      }
    }
    if (all) {
      column.group.clear();
      column.mark = BaseMark::enough;
      unasked += (unasked.empty() ? "" : ", ") + column.label;
    } else if (!answers.empty()) {
      note(table, std::string(words.answers_missing) + column.label + ": " + answers);
    }
  }
  if (!unasked.empty()) note(table, std::string(words.not_in_wave) + unasked);
  if (table.testing) letter(table);
}

}  // namespace sondeo
