// SPDX-License-Identifier: MIT
// Shown percentages that add up to 100.
#pragma once

#include "table/table.h"

namespace sondeo {

// Sets Value::shown of the column percentages of tables with Table::sum100, as they look with that
// many `digits`: answers and nets side by side add up to what they are parts of, by largest
// remainders (of equal ones the larger share is raised first, then the upper row). Each is the
// number rounded up or down to its last digit, so that none is off by a whole unit, and a net is
// the sum of its shown parts; one whose answers do not all stand below it is their shown sum, too.
// Answers without a row (the base holds who gave none) keep the sum below 100 by as much as it is.
// Columns with a number that is withheld are left alone. A note says it once. Numbers stay.
void add_to_100(TableSet& set, int digits);

}  // namespace sondeo
