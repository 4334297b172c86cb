// SPDX-License-Identifier: MIT
// Random margins that some weights meet.
#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "weight/rake.h"

namespace sondeo::problems {

struct Problem {
  std::vector<double> base;
  std::vector<MarginCells> margins;
};

// Every combination of up to four variables, weights, and margins that follow from other weights of
// the form base * product of effects, which raking must find.
inline Problem margins(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> effect(-1, 1);
  const std::size_t variables = 1 + random() % 4;
  std::vector<std::size_t> sizes;
  std::size_t profiles = 1;
  for (std::size_t v = 0; v < variables; ++v) {
    sizes.push_back(2 + random() % 4);
    profiles *= sizes.back();
  }
  Problem problem;
  std::vector<double> wanted;
  for (std::size_t p = 0; p < profiles; ++p) {
    problem.base.push_back(std::exp(2 * effect(random)));
    wanted.push_back(problem.base.back());
  }
  for (const auto size : sizes)
    problem.margins.push_back({std::vector<std::int32_t>(profiles), std::vector<double>(size, 0)});
  for (std::size_t v = 0, step = 1; v < variables; step *= sizes[v], ++v) {
    std::vector<double> effects;
    for (std::size_t c = 0; c < sizes[v]; ++c) effects.push_back(std::exp(effect(random)));
    for (std::size_t p = 0; p < profiles; ++p) {
      const auto cell = p / step % sizes[v];
      problem.margins[v].cell[p] = static_cast<std::int32_t>(cell);
      wanted[p] *= effects[cell];
    }
  }
  for (auto& margin : problem.margins) margin.target = cell_sums(wanted, margin);
  return problem;
}

}  // namespace sondeo::problems
