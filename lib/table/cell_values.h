// SPDX-License-Identifier: MIT
// The values of a cell: from estimates to the words of the csv contract.
#pragma once

#include <optional>
#include <string>

#include "infer/estimate.h"
#include "table/table.h"

namespace sondeo {

Value number_value(const char* statistic, std::optional<double> value, Unit unit,
                   const char* of = "", std::string flag = "");

// The estimate as `name` with its se, limits, moe and df; what is absent has the reason.
void add_estimate(Cell& cell, const char* name, const Estimate& estimate, Unit unit);

// Takes a cell's numbers away: its column's base is too small, flag "min_base".
void suppress(Cell& cell);

}  // namespace sondeo
