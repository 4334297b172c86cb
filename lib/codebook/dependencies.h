// SPDX-License-Identifier: MIT
// In which order things that need one another can be made.
#pragma once

#include <cstddef>
#include <vector>

namespace sondeo {

struct Dependencies {
  std::vector<std::size_t> order;  // each after all that it needs; without those of a cycle
  std::vector<std::size_t> depth;  // of each: 0 if it needs nothing, else 1 + that of its deepest
  std::vector<std::size_t> cycle;  // if there is one: each needs the next, the last the first
};

// `needs[i]` are the positions that i needs; a position may come twice. Linear, no recursion.
Dependencies dependencies_of(const std::vector<std::vector<std::size_t>>& needs);

}  // namespace sondeo
