// SPDX-License-Identifier: MIT
// The tests of a table read back from sondeo.tables/1.
#pragma once

#include "table/json_document.h"
#include "table/table.h"

namespace sondeo {

// Fills Table::testing and comparisons by the members `testing` and `comparisons` of the table,
// whose columns and rows are read already; a table without `testing` was not tested. Throws Error
// [table-file] as JsonPlace does, and for rows and columns that the table does not have.
void read_tests(const JsonPlace& given, Table& table);

}  // namespace sondeo
