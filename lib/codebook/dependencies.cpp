// SPDX-License-Identifier: MIT
#include "codebook/dependencies.h"

#include <algorithm>

namespace sondeo {

Dependencies dependencies_of(const std::vector<std::vector<std::size_t>>& needs) {
  const auto count = needs.size();
  Dependencies result;
  result.depth.assign(count, 0);
  std::vector<std::vector<std::size_t>> needed_by(count);
  std::vector<std::size_t> open(count);  // needs that are not made yet
  for (std::size_t i = 0; i < count; ++i) {
    open[i] = needs[i].size();
    if (open[i] == 0) result.order.push_back(i);
    for (const auto need : needs[i]) needed_by[need].push_back(i);
  }
  for (std::size_t done = 0; done < result.order.size(); ++done) {
    const auto made = result.order[done];
    for (const auto next : needed_by[made]) {
      result.depth[next] = std::max(result.depth[next], result.depth[made] + 1);
      if (--open[next] == 0) result.order.push_back(next);
    }
  }
  if (result.order.size() == count) return result;
  // What is left needs something that is left: walking there must come round.
  auto at = static_cast<std::size_t>(
      std::find_if(open.begin(), open.end(), [](auto left) { return left > 0; }) - open.begin());
  std::vector<std::size_t> walk;
  std::vector<bool> seen(count);
  while (!seen[at]) {
    seen[at] = true;
    walk.push_back(at);
    at = *std::find_if(needs[at].begin(), needs[at].end(),
                       [&](auto need) { return open[need] > 0; });
  }
  result.cycle.assign(std::find(walk.begin(), walk.end(), at), walk.end());
  return result;
}

}  // namespace sondeo
