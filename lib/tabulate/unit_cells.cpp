// SPDX-License-Identifier: MIT
#include "tabulate/unit_cells.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"
#include "tabulate/growing_cells.h"
#include "tabulate/number_rows.h"

namespace sondeo {

CountRequest with_units(const CountRequest& request) {
  auto result = request;
  const auto unit = result.questions.size();
  result.questions.emplace_back();
  result.questions.back().name = "sampling unit";
  // An axis may be rows here and columns there; columns become axes of their own.
  std::vector<std::size_t> by_unit(request.axes.size(), request.axes.size());
  for (auto& table : result.tables) {
    auto& axis = by_unit[table.columns];
    if (axis == request.axes.size()) {
      axis = result.axes.size();
      auto columns = request.axes[table.columns];
      columns.questions.insert(columns.questions.begin(), unit);
      columns.by_unit = true;
      result.axes.push_back(std::move(columns));
    }
    table.columns = axis;
  }
  return result;
}

Cells units_within(const Cells& cells, const std::vector<std::uint32_t>& leaf_of,
                   const SampleUnits& units, bool weighted, const NumberLimits* number) {
  // The columns without units, in order and each once.
  Cells heads;
  heads.rows.emplace_back();
  std::vector<std::uint32_t> leaves;
  for (auto key : cells.columns) {
    leaves.push_back(leaf_of[*parse_count(key.path[0])]);
    if (key.overlap)
      key.path.erase(key.path.begin() + static_cast<std::ptrdiff_t>(key.path.size() / 2));
    key.path.erase(key.path.begin());
    heads.columns.push_back(std::move(key));
  }
  heads.sums.resize(heads.columns.size());
  Cells result;
  result.rows = cells.rows;
  result.columns = canonical(heads).columns;
  const auto all = units.leaves();
  const std::size_t kinds = units.rows_are_units ? 2 : 1;
  const auto size = result.rows.size() * result.columns.size();
  if (number != nullptr && !is_summed(cells) && size * all * kinds > number->by_unit) {
    const auto summed = sum_values(cells);
    if (is_summed(summed)) return units_within(summed, leaf_of, units, weighted);
  }
  result.sums.resize(size);
  std::vector<std::size_t> places;
  for (const auto& key : heads.columns) {
    const auto found =
        std::lower_bound(result.columns.begin(), result.columns.end(), key, key_less);
    places.push_back(static_cast<std::size_t>(found - result.columns.begin()));
  }
  check_further_sums(result.sums.size() * all * kinds);
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    for (std::size_t column = 0; column < cells.columns.size(); ++column) {
      const auto& sums = cells.at(row, column);
      if (sums.n == 0) continue;
      auto& to = result.sums[row * result.columns.size() + places[column]];
      to.add(sums);
      to.further.resize(all * kinds);
      ExactSum ones;
      ones.add_ones(weighted ? 0 : sums.n);
      to.further[leaves[column]].add(weighted ? sums.w : ones);
      if (units.rows_are_units) to.further[all + leaves[column]].add(weighted ? sums.w2 : ones);
      if (sums.powers.empty()) continue;
      to.powers.resize(powers_of_further(all * kinds));
      const auto add_powers = [&](std::size_t from, std::size_t at) {
        for (const std::size_t power : {0, 1})
          to.powers[powers_of_further(at) + power].add(sums.powers[from + power]);
      };
      add_powers(weighted ? powers_of_w : powers_of_rows, leaves[column]);
      if (units.rows_are_units)
        add_powers(weighted ? powers_of_w2 : powers_of_rows, all + leaves[column]);
    }
  }
  return result;
}

void check_unit_cells(std::size_t cells, std::size_t units) {
  if (cells <= most_unit_cells) return;
  throw Error("too-many-cells",
              grouped(cells) + " cells by sampling unit, of " + grouped(units) + " units; " +
                  grouped(most_unit_cells) + " can be held",
              "ask for fewer questions or a smaller banner at a time");
}

}  // namespace sondeo
