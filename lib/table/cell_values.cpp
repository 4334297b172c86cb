// SPDX-License-Identifier: MIT
#include "table/cell_values.h"

#include <utility>

#include "base/number.h"

namespace sondeo {

Value number_value(const char* statistic, std::optional<double> value, Unit unit, const char* of,
                   std::string flag) {
  return {statistic, of, value, unit, std::move(flag)};
}

void add_estimate(Cell& cell, const char* name, const Estimate& estimate, Unit unit) {
  const bool still = estimate.reason == "no_variation";
  const auto& reason = estimate.reason;
  const auto add = [&](const char* statistic, std::optional<double> value, Unit in, const char* of,
                       const std::string& flag) {
    cell.values.push_back(number_value(statistic, value, in, of, flag));
  };
  add(name, estimate.value, unit, "", estimate.value ? "" : reason);
  add("se", estimate.se, unit, name, reason);
  add("ci_low", estimate.low, unit, name, reason);
  add("ci_high", estimate.high, unit, name, reason);
  // A margin of 0 where everybody agrees would be a promise that nobody can keep, and one of more
  // than 100 points says no more than that nothing is known.
  const bool wide = unit == Unit::percent && estimate.margin && *estimate.margin > 100;
  add("moe", still || wide ? std::nullopt : estimate.margin, unit, name,
      wide ? "beyond_100" : reason);
  add("df", estimate.df, Unit::none, name, estimate.df ? "" : reason);
}

void suppress(Cell& cell) {
  for (auto& value : cell.values) {
    value.number.reset();
    value.flag = "min_base";
  }
}

}  // namespace sondeo
