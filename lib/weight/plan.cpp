// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "codebook/crossed.h"
#include "weight/weighting.h"

namespace sondeo {
namespace {

bool has_bounds(const WeightBounds& bounds) {
  return bounds.least_ratio > 0 || std::isfinite(bounds.largest_ratio) || bounds.least > 0 ||
         std::isfinite(bounds.largest);
}

// Positions of variables among those of the profiles, which they join.
class Positions {
 public:
  explicit Positions(WeightingPlan& plan) : plan_(plan) {}

  std::size_t of(std::size_t variable) {
    auto& positions = plan_.position_of;
    constexpr auto none = static_cast<std::size_t>(-1);
    if (positions.size() <= variable) positions.resize(variable + 1, none);
    if (positions[variable] == none) {
      positions[variable] = plan_.rows.variables.size();
      plan_.rows.variables.push_back({variable, {}});
    }
    return positions[variable];
  }

  void know(std::size_t variable, const std::string& category) {
    auto& known = plan_.rows.variables[of(variable)].known;
    if (std::find(known.begin(), known.end(), category) == known.end()) known.push_back(category);
  }

 private:
  WeightingPlan& plan_;
};

// A code and its label are the same category.
void refuse_twice(const Margin& margin) {
  for (std::size_t i = 0; i < margin.cells.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (margin.cells[i].categories != margin.cells[j].categories) continue;
      throw Error(margin.cells[i].place, "target-duplicate",
                  margin.name + " \"" + excerpt(crossed(margin.cells[i].categories)) +
                      "\" has its target also in line " +
                      std::to_string(margin.cells[j].place.line));
    }
  }
}

void refuse_what_does_not_fit(const WeightingOptions& options,
                              const std::vector<Targets>& targets) {
  const auto& bounds = options.bounds;
  const auto refuse = [](const std::string& message, const std::string& hint = "") {
    throw Error("usage", message, hint);
  };
  if (bounds.largest_ratio < 1 || bounds.least_ratio > 1)
    refuse("--bounds must hold 1 between them", "for example --bounds 0.3,3");
  if (options.method == Method::logit &&
      (!(bounds.least_ratio < 1) || !std::isfinite(bounds.largest_ratio) ||
       !(bounds.largest_ratio > 1))) {
    refuse("--method logit needs --bounds", "for example --bounds 0.3,3");
  }
  if (bounds.least > bounds.largest) refuse("--min-weight is above --max-weight");
  const bool by_newton =
      options.method == Method::linear || options.method == Method::logit || has_bounds(bounds);
  for (const auto& each : targets) {
    if (options.method == Method::poststratify &&
        (each.margins.size() != 1 || !each.numbers.empty())) {
      refuse("--method poststratify takes one margin, which may be interlocked; these are " +
                 std::to_string(each.margins.size() + each.numbers.size()),
             "--method rake, or join the variables: 'sex × region'");
    }
    if (options.method == Method::poststratify && has_bounds(bounds))
      refuse("--method poststratify leaves no room for bounds", "--method rake");
    if (options.missing == MissingPolicy::ignore_margin && (by_newton || !each.numbers.empty())) {
      refuse("--missing ignore-margin goes with raking to categories, without bounds",
             "--missing own-category");
    }
  }
}

}  // namespace

bool WeightingPlan::by_unit() const {
  if (!has_targets()) return false;
  const bool numbers = std::any_of(targets.begin(), targets.end(),
                                   [](const Targets& each) { return !each.numbers.empty(); });
  return numbers || options.method == Method::linear || options.method == Method::logit ||
         has_bounds(options.bounds);
}

WeightingPlan plan_weighting(const WeightingOptions& options, VariableSource& variables,
                             RowPlan rows, Issues& issues) {
  WeightingPlan plan;
  plan.options = options;
  plan.rows = std::move(rows);
  plan.rows.source = &variables;
  Positions positions(plan);
  if (options.targets) plan.targets = read_targets(*options.targets, variables, issues);
  refuse_what_does_not_fit(options, plan.targets);
  if (!options.within.empty()) {
    const auto variable = variables.find(options.within);
    plan.segment = positions.of(variable);
    for (auto& each : plan.targets) {
      each.segment = variables.answer_of(variable, each.segment);
      positions.know(variable, each.segment);
    }
  }
  for (auto& each : plan.targets) {
    for (auto& margin : each.margins) {
      for (auto& cell : margin.cells) {
        for (std::size_t i = 0; i < cell.categories.size(); ++i) {
          auto& category = cell.categories[i];
          category = variables.answer_of(margin.variables[i], category);
          positions.know(margin.variables[i], category);
        }
      }
      refuse_twice(margin);
    }
    for (const auto& number : each.numbers) {
      auto& numbers = plan.rows.numbers;
      if (std::find(numbers.begin(), numbers.end(), number.variable) == numbers.end())
        numbers.push_back(number.variable);
    }
  }
  for (const auto& name : options.classes)
    plan.classes.push_back(positions.of(variables.find(name)));
  return plan;
}

}  // namespace sondeo
