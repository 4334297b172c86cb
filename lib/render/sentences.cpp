// SPDX-License-Identifier: MIT
#include "render/sentences.h"

#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "render/rows.h"
#include "table/letter_words.h"
#include "table/words.h"

namespace sondeo {

std::string figure(const Value* value, const RenderOptions& options) {
  std::string text = value == nullptr ? "" : display(*value, options.look);
  if (value != nullptr && value->statistic.empty()) return text;
  if (text.empty()) text = options.ascii ? "-" : "–";
  return text;
}

std::string marks_text(std::string text, const RenderOptions& options) {
  if (!options.ascii) return text;
  static constexpr std::pair<std::string_view, std::string_view> marks[] = {
      {"▲", "^^"}, {"△", "^"}, {"▼", "vv"}, {"▽", "v"}};
  for (const auto& [mark, ascii] : marks) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), ascii);
  }
  return text;
}

std::string letter_heading(const Column& column) {
  return column.letter.empty() ? "" : "(" + column.letter + ")";
}

std::string_view plus_minus(const RenderOptions& options) { return options.ascii ? "+/-" : "±"; }

std::string margin_heading(const Table& table, const RenderOptions& options) {
  std::string level = shortest(table.level);
  if (const auto point = level.find('.'); point != std::string::npos)
    level.replace(point, 1, options.look.decimal);
  return std::string(plus_minus(options)) + level + std::string(words_of(table.language).percent);
}

std::string base_text(const Table& table) {
  const Words& words = words_of(table.language);
  if (!table.base.starts_with(words.asked))
    return std::string(words.base) + ": " + visible(table.base);
  return std::string(words.asked_of) + ": " + visible(table.base.substr(words.asked.size()));
}

std::string weight_text(const Table& table) {
  if (table.weight_label.empty()) return visible(table.weight);
  return visible(table.weight) + " (" + visible(table.weight_label) + ")";
}

std::vector<std::string> about_parts(const Table& table) {
  std::string kinds;
  for (const std::string& statistic : table.shown)
    kinds += (kinds.empty() ? "" : ", ") + short_name(statistic, table.language);
  const Words& words = words_of(table.language);
  std::vector<std::string> parts;
  if (!table.base.empty()) parts.push_back(base_text(table));
  if (!kinds.empty()) parts.push_back(kinds);
  parts.push_back(is_weighted(table) ? std::string(words.weight) + " " + weight_text(table)
                                     : std::string(words.unweighted));
  if (!table.filter.empty())
    parts.push_back(std::string(words.filter) + ": " + visible(table.filter));
  return parts;
}

std::vector<std::string> topline_base_parts(const Table& table, const RenderOptions& options) {
  std::vector<std::string> parts;
  const Row* base = find_row(table, RowKind::base);
  if (base != nullptr) {
    const Words& words = words_of(table.language);
    const Cell& cell = base->cells.front();
    const std::string mark(mark_sign(table.columns.front().mark));
    const bool weighted = is_weighted(table);
    parts.push_back("n = " + figure(cell.find("n"), options) + (weighted ? "" : mark));
    if (weighted) {
      parts.push_back(std::string(words.effective_n) + " = " +
                      figure(cell.find("effective_n"), options) + mark);
      parts.push_back(std::string(words.design_effect) + " " + figure(cell.find("deff"), options));
    }
    if (const Value* moe = cell.find("moe"); moe != nullptr && moe->number) {
      const std::string half = figure(moe, options);
      parts.push_back(std::string(words.margin_of_error) + " " + std::string(plus_minus(options)) +
                      half + " " + std::string(words.at_half));
    }
  }
  return parts;
}

std::string missing_text(const Table& table, const RenderOptions& options) {
  const Row* missing = find_row(table, RowKind::missing);
  if (missing == nullptr) return "";
  // Columns may overlap or leave people out: only the total, or a lone column, says how many.
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    if (table.columns.size() > 1 && table.columns[j].id != "_total") continue;
    const Value* n = missing->cells[j].find("n");
    if (n == nullptr || n->number.value_or(0) <= 0) return "";
    return std::string(words_of(table.language).not_in_base) + ": " + display(*n, options.look);
  }
  return "";
}

std::vector<std::string> mark_parts(const Table& table) {
  bool low = false;
  bool very_low = false;
  for (const Column& column : table.columns) {
    low = low || column.mark == BaseMark::low;
    very_low = very_low || column.mark == BaseMark::very_low;
  }
  const Words& words = words_of(table.language);
  const std::string what =
      " " + std::string(is_weighted(table) ? words.low_effective_base : words.low_base) + " < ";
  std::vector<std::string> marks;
  if (low) marks.push_back("*" + what + shortest(table.low_base));
  if (very_low) {
    marks.push_back("**" + (low ? " < " : what) + shortest(table.very_low_base));
    if (table.testing) marks.back() += " " + std::string(not_tested(table.language));
  }
  return marks;
}

}  // namespace sondeo
