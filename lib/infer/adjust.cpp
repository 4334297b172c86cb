// SPDX-License-Identifier: MIT
#include "infer/adjust.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace sondeo {

std::optional<Adjustment> adjustment_named(std::string_view name) {
  if (name == "none") return Adjustment::none;
  if (name == "bonferroni") return Adjustment::bonferroni;
  if (name == "holm") return Adjustment::holm;
  if (name == "bh") return Adjustment::bh;
  return std::nullopt;
}

std::vector<double> adjusted(const std::vector<double>& p, Adjustment adjustment) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (!std::isnan(p[i])) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  auto result = p;
  const std::size_t tests = order.size();
  const auto m = static_cast<double>(tests);
  double reached = adjustment == Adjustment::bh ? 1 : 0;
  for (std::size_t i = 0; i < tests; ++i) {
    switch (adjustment) {
      case Adjustment::none:
        break;
      case Adjustment::bonferroni:
        result[order[i]] = std::min(1.0, m * p[order[i]]);
        break;
      case Adjustment::holm:
        reached = std::max(reached, (m - static_cast<double>(i)) * p[order[i]]);
        result[order[i]] = std::min(1.0, reached);
        break;
      case Adjustment::bh: {
        const std::size_t rank = tests - i;
        const auto each = order[rank - 1];
        reached = std::min(reached, m / static_cast<double>(rank) * p[each]);
        result[each] = reached;
        break;
      }
    }
  }
  return result;
}

}  // namespace sondeo
