// SPDX-License-Identifier: MIT
#include "render/rows.h"

#include <algorithm>

#include "table/letters.h"
#include "table/test_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr std::string_view percent_suffix = "_percent";
constexpr std::string_view column_percent = "column_percent";

// In a column of changes: that of a statistic, or the blank place of one that has none.
const Value* change_of(const Cell& cell, std::string_view statistic) {
  const auto* change = cell.find("change", statistic);
  return change != nullptr ? change : cell.find("");
}

template <typename Pick>
std::vector<const Value*> pick_values(const Row& row, Pick pick) {
  std::vector<const Value*> values;
  values.reserve(row.cells.size());
  for (const Cell& cell : row.cells) values.push_back(pick(cell));
  return values;
}

std::vector<const Value*> values_of(const Row& row, std::string_view statistic) {
  return pick_values(row, [&](const Cell& cell) {
    const auto* value = cell.find(statistic);
    if (value != nullptr) return value;
    // Of estimates, the first that has one: its standard error, limits, df.
    const auto found = std::find_if(cell.values.begin(), cell.values.end(),
                                    [&](const Value& each) { return each.statistic == statistic; });
    return found == cell.values.end() ? change_of(cell, statistic) : &*found;
  });
}

// The number that a statistic row is about: its mean, sd, median ...
const Value* principal(const Cell& cell) {
  const auto found = std::find_if(cell.values.begin(), cell.values.end(), [](const Value& value) {
    return (value.of.empty() || value.statistic == "change") &&
           (value.unit == Unit::value || value.unit == Unit::percent);
  });
  return found == cell.values.end() ? cell.find("") : &*found;
}

// The percentage of a topline: the first that is shown, usually of the column.
std::string_view topline_percent(const Table& table) {
  const auto found = std::find_if(
      table.shown.begin(), table.shown.end(),
      [](const std::string& statistic) { return statistic.ends_with(percent_suffix); });
  return found == table.shown.end() ? column_percent : std::string_view(*found);
}

}  // namespace

std::vector<SeenLine> base_lines(const Table& table) {
  std::vector<SeenLine> lines;
  const Row* base = find_row(table, RowKind::base);
  if (base == nullptr) return lines;
  const auto add = [&](std::string_view word, std::string_view statistic) {
    lines.push_back({base, std::string(word), "", false, values_of(*base, statistic)});
  };
  const Words& words = words_of(table.language);
  add(words.unweighted_base, "n");
  if (is_weighted(table)) {
    add(words.weighted_base, "weighted_n");
    add(words.effective_base, "effective_n");
  }
  return lines;
}

std::vector<SeenLine> body_lines(const Table& table) {
  std::vector<SeenLine> lines;
  const bool lettered = shows_letters(table);
  // Letters are about column percentages: they stand under these, or under what is shown instead.
  const auto percent = std::find(table.shown.begin(), table.shown.end(), column_percent);
  const auto under = percent == table.shown.end()
                         ? std::size_t{0}
                         : static_cast<std::size_t>(percent - table.shown.begin());
  const auto add_letters = [&](const Row& row) {
    if (!lettered || lettered_statistic(row).empty()) return;
    for (const Cell& cell : row.cells) lines.back().letters.push_back(cell.letters);
  };
  for (const Row& row : table.rows) {
    if (row.kind == RowKind::statistic) {
      lines.push_back({&row, row.label, "", false, pick_values(row, principal)});
      add_letters(row);
    }
    if (!is_category(row)) continue;
    for (std::size_t i = 0; i < table.shown.size(); ++i) {
      std::string tag = table.shown.size() > 1 ? short_name(table.shown[i], table.language) : "";
      lines.push_back({&row, row.label, std::move(tag), i > 0, values_of(row, table.shown[i])});
      if (i == under) add_letters(row);
    }
  }
  return lines;
}

ToplineFigures topline_figures(const Table& table, const Row& row) {
  const Cell& cell = row.cells.front();
  const Value* main =
      row.kind == RowKind::statistic ? principal(cell) : cell.find(topline_percent(table));
  const Value* moe = main == nullptr ? nullptr : cell.find("moe", main->statistic);
  return {main, moe, cell.find("n")};
}

std::string topline_heading(const Table& table) {
  if (std::none_of(table.rows.begin(), table.rows.end(), is_category))
    return std::string(words_of(table.language).value);
  const std::string_view percent = topline_percent(table);
  return percent == column_percent ? "%" : short_name(percent, table.language);
}

std::vector<std::string> extra_statistics(const Table& table) {
  std::vector<std::string> extra;
  for (const std::string& statistic : table.shown) {
    if (statistic == topline_percent(table) || statistic == "n") continue;
    const bool occurs = std::any_of(table.rows.begin(), table.rows.end(), [&](const Row& row) {
      return is_category(row) && row.cells.front().find(statistic) != nullptr;
    });
    if (occurs) extra.push_back(statistic);
  }
  return extra;
}

bool is_topline(const Table& table) {
  return table.shape == TableShape::topline && table.columns.size() == 1;
}

bool is_category(const Row& row) {
  return row.kind == RowKind::category || row.kind == RowKind::net;
}

const Row* find_row(const Table& table, RowKind kind) {
  const auto found = std::find_if(table.rows.begin(), table.rows.end(),
                                  [&](const Row& row) { return row.kind == kind; });
  return found == table.rows.end() ? nullptr : &*found;
}

std::string short_name(std::string_view statistic, std::string_view language) {
  const Words& words = words_of(language);
  if (statistic == column_percent) return std::string(words.column_percent);
  if (statistic == "row_percent") return std::string(words.row_percent);
  if (statistic == "total_percent") return std::string(words.total_percent);
  if (statistic == "response_percent") return std::string(words.response_percent);
  if (statistic == "cumulative_percent") return std::string(words.cumulative_percent);
  if (statistic == "count") return std::string(words.count);
  if (statistic == "count_thousands") return std::string(words.in_thousands);
  if (statistic == "index") return std::string(words.index);
  if (statistic == "mean") return std::string(words.mean_short);
  if (statistic == "sd") return std::string(words.sd_short);
  if (statistic == "median") return std::string(words.median_short);
  if (statistic == "se") return std::string(words.standard_error);
  if (statistic == "ci_low") return std::string(words.lower_limit);
  if (statistic == "ci_high") return std::string(words.upper_limit);
  if (statistic == "df") return std::string(words.degrees);
  if (statistic == "deff") return std::string(words.design_effect);
  if (const auto known = test_statistic_name(statistic, language); !known.empty())
    return std::string(known);
  std::string name(statistic);
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string_view mark_sign(BaseMark mark) {
  switch (mark) {
    case BaseMark::enough:
      return "";
    case BaseMark::low:
      return "*";
    case BaseMark::very_low:
      return "**";
  }
  return "";
}

bool is_weighted(const Table& table) { return table.weight != "none"; }

}  // namespace sondeo
