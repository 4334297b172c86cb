// SPDX-License-Identifier: MIT
#include "tabulate/cell_units.h"

#include <cstdint>

namespace sondeo {
namespace {

// Sums by the leaves of a part, as those of the whole.
void renumber(Cells& cells, const std::vector<std::uint32_t>& leaves, std::size_t all) {
  for (auto& sums : cells.sums) {
    if (sums.further.empty()) continue;
    const auto kinds = sums.further.size() / leaves.size();
    std::vector<ExactSum> further(kinds * all);
    auto powers = sums.powers;
    if (!powers.empty()) {
      powers.resize(powers_of_further(0));
      powers.resize(powers_of_further(further.size()));
    }
    for (std::size_t i = 0; i < sums.further.size(); ++i) {
      const auto to = i / leaves.size() * all + leaves[i % leaves.size()];
      further[to] = sums.further[i];
      if (powers.empty()) continue;
      powers[powers_of_further(to)] = sums.powers[powers_of_further(i)];
      powers[powers_of_further(to) + 1] = sums.powers[powers_of_further(i) + 1];
    }
    sums.further = std::move(further);
    sums.powers = std::move(powers);
  }
}

}  // namespace

void unite_units(std::vector<CellFile>& files, bool nest) {
  std::vector<const SampleUnits*> parts;
  for (const auto& file : files) parts.push_back(&*file.units);
  std::vector<std::vector<std::uint32_t>> leaves;
  const auto all = united(parts, nest, leaves);
  for (std::size_t i = 0; i < files.size(); ++i) {
    files[i].units = all;
    for (auto& question : files[i].questions) {
      for (auto& table : question.tables) renumber(table, leaves[i], all.leaves());
    }
  }
}

}  // namespace sondeo
