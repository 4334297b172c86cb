// SPDX-License-Identifier: MIT
// Are the answers to a question independent of a group of columns? Asked of a whole table.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "infer/rao_scott.h"
#include "table/column_tests.h"
#include "table/table.h"
#include "table/test_words.h"

namespace sondeo {

// One of the tests, as options name it, as rows of tables do, and where it is found.
struct IndependenceKind {
  std::string_view word;  // "second-order"
  const char* row;        // "_second_order"
  std::string_view TestWords::*label;
  TestResult RaoScott::*result;

  // The replicates' variance is taken as known, as R takes it.
  const TestResult& of(const RaoScott& tests, bool replicates) const;
};

// The one to take is the first.
std::span<const IndependenceKind> independence_kinds();

// Adds Pearson's statistic, the likelihood ratio's and d0, absent with the reason of the tests.
void add_table_statistics(Cell& cell, const RaoScott& tests);

// Tests the answers of the table against each Column::group and puts the tests of these kinds, in
// the order of independence_kinds(), into Table::tests, then a row of Pearson's and the
// likelihood ratio's statistic; and says them in the first of its notes. Tested are answers of the
// base, not nets. `several`: respondents may give several answers, so that nothing is tested.
void test_independence(Table& table, const TestedTable& tested, bool several,
                       const std::vector<std::size_t>& kinds);

// What Table::tests say, a sentence for each group.
std::vector<std::string> independence_notes(const Table& table);

}  // namespace sondeo
