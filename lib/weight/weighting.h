// SPDX-License-Identifier: MIT
// What weighting is asked for, and the plan of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "weight/calibrate.h"
#include "weight/rake.h"
#include "weight/rows.h"
#include "weight/targets.h"
#include "weight/trim.h"

namespace sondeo {

enum class Method { rake, poststratify, linear, logit };

// Respondents without an answer in a margin: refused; a category of their own, which keeps its
// share; or left alone by that margin, whose targets hold among the others.
enum class MissingPolicy { error, own_category, ignore_margin };

struct WeightingOptions {
  std::optional<TargetOptions> targets;
  Method method = Method::rake;
  MissingPolicy missing = MissingPolicy::error;
  WeightBounds bounds;  // of weights: as they are written, after scaling
  Stopping stopping;
  std::string within;                // a variable: targets hold in each of its categories
  std::vector<std::string> classes;  // variables of non-response classes
  std::optional<double> sum;         // of the weights that are written
  bool mean_one = false;             // or: as many as respondents with a positive weight
};

// What is to be done, before any respondent is read.
struct WeightingPlan {
  WeightingOptions options;
  RowPlan rows;
  std::vector<Targets> targets;          // one, or one for each segment; none without targets
  std::optional<std::size_t> segment;    // position in rows.variables
  std::vector<std::size_t> classes;      // positions in rows.variables
  std::vector<std::size_t> position_of;  // by variable of the source: its position

  bool has_targets() const { return !targets.empty(); }
  // Whether weights depend on more than profiles: then base weights and numbers are kept in memory.
  bool by_unit() const;
};

// Reads the targets and finds the variables. Throws Error and, for what does not go together, Error
// [usage].
WeightingPlan plan_weighting(const WeightingOptions& options, VariableSource& variables,
                             RowPlan rows, Issues& issues);

}  // namespace sondeo
