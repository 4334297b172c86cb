// SPDX-License-Identifier: MIT
#include "tabulate/number_rows.h"

#include <algorithm>

namespace sondeo {
namespace {

std::size_t size_of(const Cells& cells) { return cells.rows.size() * cells.columns.size(); }

}  // namespace

std::vector<bool> numbers_as_rows(const CountRequest& request) {
  std::vector<bool> result(request.questions.size(), false);
  for (const auto& table : request.tables) {
    const auto& questions = request.axes[table.rows].questions;
    if (questions.size() == 1 && request.questions[questions[0]].kind == QuestionKind::number)
      result[questions[0]] = true;
  }
  for (const auto& table : request.tables) {
    const auto& rows = request.axes[table.rows].questions;
    if (rows.size() > 1) {
      for (const auto question : rows) result[question] = false;
    }
    for (const auto question : request.axes[table.columns].questions) result[question] = false;
  }
  return result;
}

void sum_numbers(const std::vector<std::vector<Cells*>>& numbers, const FurtherSums& further,
                 const NumberLimits& limits) {
  std::vector<bool> many;
  std::size_t cells = 0;
  for (const auto& tables : numbers) {
    many.push_back(std::any_of(tables.begin(), tables.end(), [&](const Cells* table) {
      return is_summed(*table) || size_of(*table) > limits.cells;
    }));
    for (const auto* table : tables) cells += size_of(*table);
  }
  const bool any = std::find(many.begin(), many.end(), true) != many.end();
  const auto most = further.by_unit ? limits.by_unit : limits.by_replicate;
  const bool all = further.count > 0 && (any || cells * further.count > most);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!all && !many[i]) continue;
    for (auto* table : numbers[i]) {
      if (!is_summed(*table)) *table = sum_values(*table);
    }
  }
}

}  // namespace sondeo
