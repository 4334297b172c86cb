// SPDX-License-Identifier: MIT
#include "table/differences.h"

#include <algorithm>

#include "codebook/nets.h"

namespace sondeo {

std::vector<ValueSums> sides_of(const StudyQuestion& question, const StudyDifference& difference,
                                const Cells& cells, std::size_t column,
                                const std::function<bool(AnswerKind)>& in_base) {
  const auto plus = codes_named(question, difference.plus);
  const auto minus = codes_named(question, difference.minus);
  const auto holds = [&](const std::vector<std::size_t>& codes, const Key& key) {
    return key.kind == AnswerKind::category &&
           std::any_of(codes.begin(), codes.end(),
                       [&](std::size_t code) { return question.codes[code].code == key.path[0]; });
  };
  std::vector<ValueSums> sides{{-100, {}}, {0, {}}, {100, {}}};
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    const auto& key = cells.rows[i];
    if (!in_base(key.kind)) continue;
    const std::size_t side = holds(plus, key) ? 2 : holds(minus, key) ? 0 : 1;
    sides[side].sums.add(cells.at(i, column));
  }
  std::erase_if(sides, [](const ValueSums& side) { return side.sums.n == 0; });
  return sides;
}

}  // namespace sondeo
