// SPDX-License-Identifier: MIT
#include "cli/summaries.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cli/list_option.h"
#include "table/summary.h"
#include "table/texts.h"

namespace sondeo {
namespace {

const StudyQuestion* find_question(const StudyInput& input, const std::string& name) {
  if (!input.study) return nullptr;
  const auto& questions = input.study->questions;
  const auto found = std::find_if(questions.begin(), questions.end(),
                                  [&](const auto& each) { return each.name == name; });
  return found == questions.end() ? nullptr : &*found;
}

// The question that a table's question is an item of, or "".
std::string parent_of(const Table& table, const StudyInput& input) {
  const auto* variable = find_variable(input, table.id);
  return variable == nullptr ? "" : variable->parent;
}

// Where an item stays when items are sorted.
Pin pin_of(const StudyQuestion& variable, const StudyQuestion* parent) {
  if (parent == nullptr) return Pin::none;
  for (const auto& item : parent->items)
    if (item.name == variable.name) return item.pin;
  for (const auto& code : parent->codes)
    if (code.code == variable.item) return code.pin;
  return Pin::none;
}

bool has_row(const Table& table, const std::string& id) {
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [&](const Row& row) { return row.id == id; });
}

// Whether the table has all rows of a list.
bool has_rows(const Table& table, const std::string& rows) {
  const auto ids = name_list(rows);
  return std::all_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return has_row(table, id) || has_row(table, "_" + id);
  });
}

// The rows that a question of that kind is summarised by, or "" if it usually is not.
std::string usual_rows(const StudyQuestion& question, const Table& first) {
  if (question.kind == StudyKind::allocation) return "mean,share";
  if (question.kind == StudyKind::maxdiff) return "score,best,worst,shown";
  if (question.kind != StudyKind::rank) return "";
  std::string rows = "1";
  for (std::size_t i = 2; i < question.items.size(); ++i) {
    const auto box = "top" + std::to_string(i);
    if (has_row(first, box)) rows += "," + box;
  }
  return rows + ",mean";
}

std::size_t item_count(const StudyInput& input, const std::string& parent) {
  return items_of(input, parent).size();
}

}  // namespace

Table summary_table(std::vector<Table> tables, const std::string& rows, const StudyInput& input,
                    const TableRules& rules, const std::string& language) {
  SummaryRules wanted{name_list(rows), rules.sort == SortRows::size, rules.sort_column};
  const auto parent = parent_of(tables.at(0), input);
  const auto* question = find_question(input, parent);
  const bool same_parent =
      !parent.empty() && std::all_of(tables.begin(), tables.end(), [&](const Table& table) {
        return parent_of(table, input) == parent;
      });
  const auto id = (same_parent ? parent : tables[0].id) + ":" + rows;
  std::string title = tables[0].title;
  if (same_parent && question != nullptr) {
    title = tables[0].shape == TableShape::topline ? wording_of(*question, language)
                                                   : label_of(*question, language);
  }
  std::vector<SummaryItem> items;
  for (auto& table : tables) {
    const auto* variable = find_variable(input, table.id);
    const bool item = variable != nullptr && !variable->parent.empty();
    auto label = item ? label_of(*variable, language) : table.title;
    const auto pin = item ? pin_of(*variable, find_question(input, variable->parent)) : Pin::none;
    items.push_back({std::move(label), std::move(table), pin});
  }
  auto result = summary_of(items, wanted, std::move(title));
  result.id = id;
  return result;
}

void summarize(std::vector<Table>& tables, const std::string& rows,
               const std::vector<std::string>& names, const StudyInput& input,
               const TableRules& rules, const std::string& language) {
  if (rows == "none") return;
  std::vector<Table> result;
  std::vector<Table> others;  // what has no items, if it is to be one table
  for (std::size_t first = 0; first < tables.size();) {
    const auto parent = parent_of(tables[first], input);
    auto last = first + 1;
    while (!parent.empty() && last < tables.size() && parent_of(tables[last], input) == parent)
      ++last;
    const auto* question = find_question(input, parent);
    const bool asked = names.empty() ||
                       std::find(names.begin(), names.end(), parent) != names.end() ||
                       std::find(names.begin(), names.end(), "`" + parent + "`") != names.end();
    const bool whole = question != nullptr && asked && last - first == item_count(input, parent);
    const std::string usual = whole ? usual_rows(*question, tables[first]) : "";
    // Rows asked for of grids do not stop ranks and the like that have others.
    const bool own = !usual.empty() && (rows.empty() || !has_rows(tables[first], rows));
    const auto wanted = !whole || own ? usual : rows;
    std::vector<Table> group(std::make_move_iterator(tables.begin() + static_cast<long>(first)),
                             std::make_move_iterator(tables.begin() + static_cast<long>(last)));
    first = last;
    if (!wanted.empty()) {
      result.push_back(summary_table(std::move(group), wanted, input, rules, language));
      if (own) result.back().id = parent;
      continue;
    }
    auto& to = rows.empty() || names.empty() ? result : others;
    for (auto& table : group) to.push_back(std::move(table));
  }
  if (!others.empty())
    result.push_back(summary_table(std::move(others), rows, input, rules, language));
  tables = std::move(result);
}

}  // namespace sondeo
