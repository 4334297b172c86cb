// SPDX-License-Identifier: MIT
// Tables made of tables: one row of each of several, or several side by side.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "table/table.h"

namespace sondeo {

// A table of which one row is to be shown, under this label.
struct SummaryItem {
  std::string label;
  Table table;
};

// One row of each table, found by its id (a code, a net, "mean" for the mean): grids as rows x top
// box. The tables have the same banner; a column that one of them lacks is absent there, flag
// "zero_base". Each row keeps its own numbers and says its own base as n of its percentage. Where
// the bases differ, the base row has the smallest of each column, so that marks are never too kind,
// and a note says so. Throws Error [summary-row] if a table has no such row, with those it has.
Table summary_of(const std::vector<SummaryItem>& items, std::string_view row, std::string title);

// A table with what heads its columns: the weight that it was made with.
struct SideTable {
  std::string id;
  std::string label;
  Table table;
};

// The columns of tables with the same rows side by side: ids and header paths begin with the
// table's. A row that one of them lacks is absent there, flag "zero_base".
Table beside(const std::vector<SideTable>& tables);

}  // namespace sondeo
