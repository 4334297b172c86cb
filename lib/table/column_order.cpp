// SPDX-License-Identifier: MIT
#include "table/column_order.h"

#include <algorithm>

namespace sondeo {

const StudyCode* find_code(const StudyQuestion& study, const std::string& text) {
  const auto found = std::find_if(study.codes.begin(), study.codes.end(),
                                  [&](const auto& code) { return code.code == text; });
  return found == study.codes.end() ? nullptr : &*found;
}

void order_columns(const BannerPart& part, std::vector<std::size_t>& columns) {
  if (part.studies.empty()) return;
  std::vector<std::vector<std::size_t>> places(part.cells.columns.size());
  for (const auto j : columns) {
    const auto& path = part.cells.columns[j].path;
    for (std::size_t level = 0; level < path.size(); ++level) {
      const auto* study = part.studies[level];
      const auto* code = study == nullptr ? nullptr : find_code(*study, path[level]);
      places[j].push_back(code != nullptr ? static_cast<std::size_t>(code - study->codes.data())
                                          : static_cast<std::size_t>(-1));
    }
  }
  std::stable_sort(columns.begin(), columns.end(), [&](auto a, auto b) {
    const auto& x = part.cells.columns[a].path;
    const auto& y = part.cells.columns[b].path;
    for (std::size_t level = 0; level < places[a].size(); ++level) {
      if (places[a][level] != places[b][level]) return places[a][level] < places[b][level];
      if (x[level] != y[level]) return a < b;
    }
    return false;
  });
}

}  // namespace sondeo
