// SPDX-License-Identifier: MIT
// Which questions are counted together, so that a respondent is added to few cells.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "tabulate/count.h"

namespace sondeo {

// Questions whose patterns together are one index: the sum of pattern * stride.
struct JointGroup {
  std::vector<std::size_t> questions;  // positions in CountRequest::questions, rising
  std::vector<std::size_t> strides;    // as many
  std::size_t size = 1;                // indices are below this

  // The pattern of one of the questions at an index.
  std::size_t pattern_of(std::size_t question, std::size_t index) const;
};

// The group of these questions, each once.
JointGroup group_of(std::vector<std::size_t> questions, const std::vector<std::size_t>& capacities);

// A table of every combination of two groups, from which the request's tables are summed up.
struct JointTable {
  std::size_t rows = 0;  // positions in JointPlan::groups
  std::size_t columns = 0;
  std::vector<std::size_t> tables;  // positions in CountRequest::tables
};

struct JointPlan {
  std::vector<std::size_t> capacities;  // by question: its patterns are below this
  std::vector<JointGroup> groups;
  std::vector<JointTable> tables;
  std::vector<std::size_t> apart;  // tables of the request that are not counted this way
};

// Instead of a question's number of patterns: more than can be counted jointly.
constexpr std::size_t wide_question = std::numeric_limits<std::size_t>::max();

// How many cells a plan may use.
struct JointBudget {
  std::size_t most = 0;           // in all, if the request needs no more
  double at_hand = 16384;         // from so many on, adding to one takes twice as long
  std::size_t most_codes = 4096;  // axes of more combinations are not counted jointly
  std::size_t most_of_table = std::numeric_limits<std::size_t>::max();  // larger tables stand apart
  // What may be used where `most` is too little, tables being added to by turns, `turn` rows each
  // time; that takes longer and has to pay for summing the cells up after so many rows.
  std::size_t most_by_turns = 0;
  double turn = 1;
  double rows = 1;
};

// Plans for questions of so many patterns each. Tables that cross the same axes are split into
// groups of rows and groups of columns; few large groups cost few additions, many small ones little
// memory.
JointPlan plan_joint(const CountRequest& request, const std::vector<std::size_t>& patterns,
                     const JointBudget& budget);

}  // namespace sondeo
