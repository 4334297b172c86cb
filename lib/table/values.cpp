// SPDX-License-Identifier: MIT
#include "table/values.h"

#include <map>
#include <optional>
#include <vector>

#include "table/column_order.h"

namespace sondeo {

std::optional<double> value_of(const Question& question, const Key& key) {
  if (key.kind != AnswerKind::category) return std::nullopt;
  if (question.kind == QuestionKind::number) return key.number;
  const auto* code = find_code(*question.study, key.path[0]);
  return code == nullptr ? std::nullopt : code->score;
}

NumberSums values_of(const Question& question, const Cells& cells, std::size_t column) {
  std::map<double, Sums> values;
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    const auto& sums = cells.at(row, column);
    if (cells.rows[row].kind == AnswerKind::number) return NumberSums::of_powers(sums);
    const auto value = value_of(question, cells.rows[row]);
    if (value && sums.n > 0) values[*value].add(sums);
  }
  std::vector<ValueSums> rising;
  for (const auto& [value, sums] : values) rising.push_back({value, sums});
  return rising;
}

}  // namespace sondeo
