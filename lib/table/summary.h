// SPDX-License-Identifier: MIT
// Tables made of tables: rows of each of several, or several side by side.
#pragma once

#include <string>
#include <vector>

#include "codebook/study_code.h"
#include "table/table.h"

namespace sondeo {

// A table of which rows are to be shown, under this label.
struct SummaryItem {
  std::string label;
  Table table;
  Pin pin = Pin::none;  // where it stays when the items are sorted
};

// Which rows of each table: a code, a net, "mean" for the mean, "share" for the part that its mean
// has of the sum of all (weighted by the bases). And how the items stand.
struct SummaryRules {
  std::vector<std::string> rows;  // at least one
  bool sorted = false;            // by the first row, the largest first
  std::string sort_column = {};   // in this column, its id or path; "": the first
};

// Those rows of each table, found by id: grids as rows x top box. The tables have the same banner;
// a column that one of them lacks is absent there, flag "zero_base". Each row keeps its own numbers
// and says its own base as n of its percentage. Where the bases differ, the base row has the
// smallest of each column, so that marks are never too kind, and a note says so. The row of the
// first figure is called like its table; further percentages stand indented below it, further
// statistics after all items; their ids are TABLE:ROW, and all labels say the figure. Throws Error
// [summary-row] if a table has no such row, with those it has, and [sort-column].
Table summary_of(const std::vector<SummaryItem>& items, const SummaryRules& rules,
                 std::string title);

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
