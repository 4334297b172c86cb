// SPDX-License-Identifier: MIT
// From a plan and the profiles of a file to a rule that gives every respondent his weight.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "weight/calibrate.h"
#include "weight/fold.h"
#include "weight/rake.h"
#include "weight/weighting.h"

namespace sondeo {

// From the old weight to the new one.
struct WeightRule {
  std::vector<double> factor;     // by profile: for non-response and, by raking, all of it
  std::vector<double> predictor;  // by profile; empty if nothing else was done
  std::vector<double> slopes;     // [segments * numbers]
  std::size_t numbers = 0;
  std::vector<std::size_t> segment;  // by profile
  Distance distance = Distance::raking;
  WeightBounds bounds;  // of the weight before scaling
  double scale = 1;
  double least = 0;  // of the weight that is written: scaling rounds
  double largest = std::numeric_limits<double>::infinity();

  // The weight of a respondent; `values` are his numbers.
  double weight(double base, std::size_t profile, const double* values) const;
};

// A cell of a margin before and after.
struct CellFit {
  std::string category;  // "" for people without an answer
  std::uint64_t n = 0;   // respondents
  double target = 0;     // sums of weights, like the following
  double before = 0;
  double after = 0;
};

struct MarginFit {
  std::string name;
  std::vector<CellFit> cells;
  bool number = false;  // a total of a number: one cell
};

// How the weighting of one segment, or of everybody, went.
struct Fit {
  std::string segment;
  std::vector<MarginFit> margins;
  unsigned iterations = 0;
  bool converged = true;
  Gap gap;
  double total = 0;    // sum of weights
  std::string advice;  // if it did not converge: what may be the matter
};

struct ClassFit {
  std::string name;
  std::uint64_t n = 0;  // respondents
  double eligible = 0;  // sums of weights
  double respondents = 0;
};

struct Weighting {
  std::vector<WeightRule> rules;  // of the weight, then of its replicates
  std::vector<Fit> fits;          // of the weight
  std::vector<ClassFit> classes;
  std::vector<std::string> notes;
  std::string failed_replicate;  // the first that did not converge, or ""

  bool converged() const;
};

// Throws Error [target-label] for a category of the targets that nobody with a weight gave.
void check_labels(const WeightingPlan& plan, const Profiles& profiles);

// Answers of respondents that weights cannot be given to, and the first of them.
struct Misfit {
  std::string id;
  std::string message;
  std::string hint;
  std::uint64_t row = 0;  // from 0
  std::uint64_t n = 0;
};

// The first respondent with a positive weight whose answers the targets or classes do not provide
// for: [margin-missing], [category-without-target]; nothing if there is none.
std::optional<Misfit> find_misfit(const WeightingPlan& plan, const Profiles& profiles);

// Finds the rules; there must be no misfit. Throws Error before any iteration for what cannot be
// met: [target-label], [target-zero], those of settle_totals, and [class-without-respondent];
// [replicate-empty] for replicates in which nobody is left in a cell; [negative-weight] after it.
Weighting solve(const WeightingPlan& plan, const Profiles& profiles);

}  // namespace sondeo
