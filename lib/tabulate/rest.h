// SPDX-License-Identifier: MIT
// What is left of sums when a part is taken away.
#pragma once

#include "tabulate/cells.h"

namespace sondeo {

// The sums of those who are in the whole and not in a part of it, exactly.
Sums without(const Sums& whole, const Sums& part);

}  // namespace sondeo
