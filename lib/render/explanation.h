// SPDX-License-Identifier: MIT
// One comparison of a table with every intermediate, for people and for programs.
#pragma once

#include <cstddef>
#include <string>

#include "table/table.h"

namespace sondeo {

// `comparison`: its place in Table::comparisons, whose traces were kept. Full precision.
std::string explain_text(const Table& table, std::size_t comparison);
// An object of the schema sondeo.explanation/1: shares are 0..1, `difference` and `se` in
// percentage points or the unit of the answers, as in sondeo.tables/1.
std::string explain_json(const Table& table, std::size_t comparison);

}  // namespace sondeo
