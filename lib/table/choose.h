// SPDX-License-Identifier: MIT
// Some tables of a set.
#pragma once

#include <string>
#include <vector>

#include "table/table.h"

namespace sondeo {

// Keeps the tables whose id is one of `names` (with * and ? for any signs), in the order of the
// set; all of them without names. Throws Error [table-name] for a name that is none of theirs.
void choose_tables(TableSet& set, const std::vector<std::string>& names);

}  // namespace sondeo
