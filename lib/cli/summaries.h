// SPDX-License-Identifier: MIT
// Questions with items as one table each.
#pragma once

#include <string>
#include <vector>

#include "cli/study_input.h"
#include "table/build.h"
#include "table/table.h"

namespace sondeo {

// One table with rows of each of the tables, which are items of one question or stand together by
// themselves; its id is that question's (else the first table's), a colon, and the rows. `rows` is
// a list of codes, nets, boxes, mean, share. Throws UsageError for an empty one, Error
// [summary-row].
Table summary_table(std::vector<Table> tables, const std::string& rows, const StudyInput& input,
                    const TableRules& rules, const std::string& language);

// Puts the tables of a question's items, if all of them are there and the question was asked for
// by its own name (of `names`; without names all were), into one table, called like the question.
// `rows`: "": ranks, allocations and maxdiff questions with the rows usual for them, "none": no
// question, else with these rows, and grids too (ranks and the like that lack one have the usual);
// then what else was named is one table, too.
void summarize(std::vector<Table>& tables, const std::string& rows,
               const std::vector<std::string>& names, const StudyInput& input,
               const TableRules& rules, const std::string& language);

}  // namespace sondeo
