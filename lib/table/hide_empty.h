// SPDX-License-Identifier: MIT
// Tables without what nobody is in.
#pragma once

#include "table/table.h"

namespace sondeo {

// Takes away the answers and nets that nobody in the table gave, and columns without anybody in
// their base; of a table of items, items without anybody in their base. Comparisons go with them,
// and letters run on. A note says how many rows and columns.
void hide_empty(Table& table);

}  // namespace sondeo
