// SPDX-License-Identifier: MIT
// Numbers as rows of tables: by value while the values are few, else their sums alone.
#pragma once

#include <cstddef>
#include <vector>

#include "tabulate/cells.h"
#include "tabulate/count.h"

namespace sondeo {

// By question: whether it is a number that heads rows by itself and never a column, so that nothing
// needs to tell its values apart.
std::vector<bool> numbers_as_rows(const CountRequest& request);

// What a cell holds beside its own sums: for each sampling unit, or for each replicate.
struct FurtherSums {
  std::size_t count = 0;
  bool by_unit = false;
};

// Sums the values of numbers that have too many; `numbers` are the tables of each. Without a design
// a number is summed if one of its tables has more cells than the limit. With one, all are or
// none, since they share what can be held: if that holds for one number, or if the further sums are
// too many. Both only grow as parts are merged, so it does not matter when this is asked, as long
// as it is asked of the whole too. What is still too large is refused elsewhere.
void sum_numbers(const std::vector<std::vector<Cells*>>& numbers, const FurtherSums& further,
                 const NumberLimits& limits = {});

}  // namespace sondeo
