// SPDX-License-Identifier: MIT
#include "weight/solve.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/text.h"
#include "codebook/crossed.h"
#include "weight/margins.h"

namespace sondeo {
namespace {

// Multiplies the weights of respondents by what the non-respondents of their class had:
// sum of weights of all / sum of weights of respondents.
std::vector<double> nonresponse_factors(const WeightingPlan& plan, const Profiles& profiles,
                                        std::size_t base, std::vector<ClassFit>* fits) {
  std::vector<double> factors(profiles.size(), 1);
  if (!plan.rows.participation.respondent) return factors;
  const auto bases = plan.rows.bases();
  std::map<std::vector<std::uint32_t>, ClassFit> classes;
  const auto class_of = [&](std::size_t p) {
    std::vector<std::uint32_t> key;
    for (const auto v : plan.classes) key.push_back(profiles.category(p, v));
    return key;
  };
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    auto& each = classes[class_of(p)];
    if (each.name.empty()) {
      std::vector<std::string> names;
      for (const auto v : plan.classes) {
        names.push_back(
            plan.rows.source->category_of(plan.rows.variables[v].variable, profiles.name(p, v)));
      }
      each.name = names.empty() ? "everybody" : crossed(names);
    }
    each.n += profiles.n[p];
    each.eligible += profiles.eligible[p * bases + base];
    each.respondents += profiles.base[p * bases + base];
  }
  for (const auto& [key, each] : classes) {
    if (each.respondents > 0 || each.eligible == 0) continue;
    throw Error("class-without-respondent",
                "nobody responded in the class " + excerpt(each.name) +
                    (base == 0 ? "" : " of replicate " + plan.rows.replicates->name(base - 1)),
                "collapse classes: nobody can stand for these people");
  }
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    const auto& each = classes.at(class_of(p));
    if (each.respondents > 0) factors[p] = each.eligible / each.respondents;
  }
  if (fits != nullptr) {
    for (auto& [key, each] : classes) fits->push_back(std::move(each));
  }
  return factors;
}

// What the worst cell is called, and who carries it.
std::string worst_cell(const Fit& fit) {
  const auto& margin = fit.margins[std::min(fit.gap.margin, fit.margins.size() - 1)];
  if (margin.number) return margin.name;
  return margin.name + " × " +
         margin.cells[std::min(fit.gap.cell, margin.cells.size() - 1)].category;
}

// A cell whose target lies beyond what the bounds let its people weigh, or "".
std::string beyond_bounds(const SegmentMargins& segment, const Fit& fit,
                          const std::vector<double>& before, const Profiles& profiles,
                          const WeightBounds& bounds, double scale) {
  for (std::size_t m = 0; m < segment.margins.size(); ++m) {
    const auto& margin = segment.margins[m];
    std::vector<double> largest(margin.target.size(), 0);
    for (std::size_t i = 0; i < segment.profiles.size(); ++i) {
      const auto n = static_cast<double>(profiles.n_positive[segment.profiles[i]]);
      if (margin.cell[i] < 0) continue;
      largest[static_cast<std::size_t>(margin.cell[i])] +=
          std::min(bounds.largest_ratio * before[i], bounds.largest * n);
    }
    for (std::size_t c = 0; c < largest.size(); ++c) {
      if (margin.target[c] <= largest[c]) continue;
      const auto& cell = fit.margins[m].cells[c];
      return fit.margins[m].name + " × " + cell.category + " has " + grouped(cell.n) +
             (cell.n == 1 ? " respondent" : " respondents") + " and needs a mean weight of " +
             rounded(scale * margin.target[c] / static_cast<double>(cell.n), 2) +
             ", more than the bounds allow; collapse it or widen them";
    }
  }
  return "";
}

std::string advice_for(const Fit& fit, const SegmentMargins& segment,
                       const std::vector<double>& weights, const Profiles& profiles) {
  if (fit.gap.margin >= segment.margins.size()) return "wider bounds, or fewer targets";
  const auto& cells = segment.margins[fit.gap.margin].cell;
  double sum = 0;
  std::size_t heaviest = segment.profiles.size();
  for (std::size_t i = 0; i < segment.profiles.size(); ++i) {
    if (cells[i] != static_cast<std::int32_t>(fit.gap.cell)) continue;
    sum += weights[i];
    if (heaviest == segment.profiles.size() || weights[i] > weights[heaviest]) heaviest = i;
  }
  if (heaviest == segment.profiles.size() || !(sum > 0)) return "collapse categories";
  const auto n = profiles.n_positive[segment.profiles[heaviest]];
  return std::to_string(n) + (n == 1 ? " respondent carries " : " respondents carry ") +
         rounded(100 * weights[heaviest] / sum, 0) + "% of " + worst_cell(fit) +
         "; collapse categories, or ask for fewer margins";
}

Distance distance_of(Method method) {
  if (method == Method::linear) return Distance::linear;
  return method == Method::logit ? Distance::logit : Distance::raking;
}

// From weights of this total to those that are written.
double scale_of(const WeightingPlan& plan, const Profiles& profiles, double total) {
  if (plan.options.sum) return *plan.options.sum / total;
  if (!plan.options.mean_one) return 1;
  return static_cast<double>(std::accumulate(profiles.n_positive.begin(), profiles.n_positive.end(),
                                             std::uint64_t{0})) /
         total;
}

struct Solution {
  std::vector<double> factor;     // by profile of the segment
  std::vector<double> predictor;  // or these two
  std::vector<double> slopes;
  Fit fit;
};

CalibrationUnits units_of(const WeightingPlan& plan, const Profiles& profiles,
                          const SegmentMargins& segment, const std::vector<double>& adjust,
                          std::size_t base) {
  CalibrationUnits units;
  const auto bases = plan.rows.bases();
  units.width = bases + plan.rows.numbers.size();
  units.base = base;
  for (const auto number : segment.numbers) units.numbers.push_back(bases + number);
  for (const auto p : segment.profiles) {
    if (profiles.uniform[p]) {
      units.profiles.push_back(
          {profiles.first_record.data() + p * units.width, 1, profiles.n_positive[p], adjust[p]});
    } else {
      const auto start = profiles.unit_start[p];
      units.profiles.push_back({profiles.units.data() + start * units.width,
                                profiles.unit_start[p + 1] - start, 1, adjust[p]});
    }
  }
  return units;
}

Solution solve_segment(const WeightingPlan& plan, const Profiles& profiles,
                       const SegmentMargins& segment, const std::vector<double>& adjust,
                       std::size_t base, const WeightBounds& bounds, double scale) {
  Solution solution;
  auto& fit = solution.fit;
  fit.segment = segment.name;
  fit.total = segment.total;
  const auto bases = plan.rows.bases();
  std::vector<double> before(segment.profiles.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto p = segment.profiles[i];
    before[i] = profiles.base[p * bases + base] * adjust[p];
  }
  auto after = before;
  std::vector<double> totals_before(segment.totals.size(), 0);
  std::vector<double> totals_after(segment.totals.size(), 0);
  if (!plan.by_unit()) {
    auto raking = rake(before, segment.margins, plan.options.stopping);
    for (std::size_t i = 0; i < after.size(); ++i) after[i] *= raking.factor[i];
    solution.factor = std::move(raking.factor);
    fit.iterations = raking.iterations;
    fit.converged = raking.converged;
    fit.gap = raking.gap;
  } else {
    const auto units = units_of(plan, profiles, segment, adjust, base);
    const auto distance = distance_of(plan.options.method);
    auto calibration =
        calibrate(units, segment.margins, segment.totals, distance, bounds, plan.options.stopping);
    std::fill(after.begin(), after.end(), 0);
    double negative = 0;
    std::uint64_t negatives = 0;
    for (std::size_t i = 0; i < units.profiles.size(); ++i) {
      each_unit(units, i, [&](double old, double count, const double* record) {
        auto u = calibration.predictor[i];
        for (std::size_t k = 0; k < segment.totals.size(); ++k)
          u += calibration.slopes[k] * record[units.numbers[k]];
        const auto weight = calibrated_weight(old, u, distance, bounds);
        after[i] += weight * count;
        for (std::size_t k = 0; k < segment.totals.size(); ++k) {
          const auto x = record[units.numbers[k]];
          totals_before[k] += old * count * x;
          totals_after[k] += weight * count * x;
        }
        if (weight >= 0) return;
        negatives += static_cast<std::uint64_t>(count);
        negative = std::min(negative, weight);
      });
    }
    if (negatives > 0 && calibration.converged) {
      throw Error("negative-weight",
                  std::to_string(negatives) + (negatives == 1 ? " weight" : " weights") +
                      " would be negative, the least " + rounded(negative, 3),
                  "bound them: --bounds 0.2,5; or --method rake");
    }
    solution.predictor = std::move(calibration.predictor);
    solution.slopes = std::move(calibration.slopes);
    fit.iterations = calibration.iterations;
    fit.converged = calibration.converged;
    fit.gap = calibration.gap;
  }
  for (std::size_t m = 0; m < segment.margins.size(); ++m) {
    const auto& margin = segment.margins[m];
    MarginFit cells{segment.names[m], {}, false};
    const auto sums_before = cell_sums(before, margin);
    const auto sums_after = cell_sums(after, margin);
    const auto targets = cell_targets(sums_after, margin);
    for (std::size_t c = 0; c < targets.size(); ++c)
      cells.cells.push_back(
          {segment.categories[m][c], 0, targets[c], sums_before[c], sums_after[c]});
    for (std::size_t i = 0; i < segment.profiles.size(); ++i) {
      if (margin.cell[i] < 0) continue;
      cells.cells[static_cast<std::size_t>(margin.cell[i])].n +=
          profiles.n_positive[segment.profiles[i]];
    }
    fit.margins.push_back(std::move(cells));
  }
  for (std::size_t k = 0; k < segment.totals.size(); ++k) {
    std::uint64_t n = 0;
    for (const auto p : segment.profiles) n += profiles.n_positive[p];
    fit.margins.push_back({plan.rows.source->name(plan.rows.numbers[segment.numbers[k]]),
                           {{"", n, segment.totals[k], totals_before[k], totals_after[k]}},
                           true});
  }
  if (!fit.converged) {
    fit.advice = beyond_bounds(segment, fit, before, profiles, bounds, scale);
    if (fit.advice.empty()) fit.advice = advice_for(fit, segment, after, profiles);
  }
  return solution;
}

}  // namespace

double WeightRule::weight(double base, std::size_t profile, const double* values) const {
  const auto adjusted = base * factor[profile];
  if (predictor.empty()) return adjusted * scale;
  auto u = predictor[profile];
  const auto* slope = slopes.data() + segment[profile] * numbers;
  for (std::size_t k = 0; k < numbers; ++k) u += slope[k] * values[k];
  if (base == 0) return 0;
  return std::clamp(calibrated_weight(adjusted, u, distance, bounds) * scale, least, largest);
}

bool Weighting::converged() const {
  return failed_replicate.empty() &&
         std::all_of(fits.begin(), fits.end(), [](const Fit& fit) { return fit.converged; });
}

Weighting solve(const WeightingPlan& plan, const Profiles& profiles) {
  Weighting weighting;
  const auto bases = plan.rows.bases();
  const auto distance = distance_of(plan.options.method);
  for (std::size_t base = 0; base < bases; ++base) {
    WeightRule rule;
    rule.factor =
        nonresponse_factors(plan, profiles, base, base == 0 ? &weighting.classes : nullptr);
    std::vector<double> weights(profiles.size());
    for (std::size_t p = 0; p < weights.size(); ++p)
      weights[p] = profiles.base[p * bases + base] * rule.factor[p];
    std::vector<std::string> notes;
    const auto segments = lay_out_margins(plan, profiles, weights, base, notes);
    if (base == 0) weighting.notes = std::move(notes);

    double total = plan.has_targets() ? 0 : std::accumulate(weights.begin(), weights.end(), 0.0);
    for (const auto& segment : segments) total += segment.total;
    // Replicates are scaled as the weight is: their totals differ, and must.
    rule.scale = base == 0 ? scale_of(plan, profiles, total) : weighting.rules[0].scale;
    rule.distance = distance;
    rule.bounds = plan.options.bounds;
    rule.least =
        rule.bounds.least > 0 ? rule.bounds.least : -std::numeric_limits<double>::infinity();
    rule.largest = rule.bounds.largest;
    rule.bounds.least /= rule.scale;
    rule.bounds.largest /= rule.scale;
    rule.numbers = plan.rows.numbers.size();
    if (plan.by_unit()) {
      rule.predictor.assign(profiles.size(), 0);
      rule.segment.assign(profiles.size(), 0);
      rule.slopes.assign(segments.size() * rule.numbers, 0);
    }
    for (std::size_t s = 0; s < segments.size(); ++s) {
      const auto& segment = segments[s];
      auto solution =
          solve_segment(plan, profiles, segment, rule.factor, base, rule.bounds, rule.scale);
      for (std::size_t i = 0; i < segment.profiles.size(); ++i) {
        const auto p = segment.profiles[i];
        if (plan.by_unit()) {
          rule.predictor[p] = solution.predictor[i];
          rule.segment[p] = s;
        } else {
          rule.factor[p] *= solution.factor[i];
        }
      }
      for (std::size_t k = 0; k < segment.numbers.size(); ++k)
        rule.slopes[s * rule.numbers + segment.numbers[k]] = solution.slopes[k];
      if (base == 0) {
        weighting.fits.push_back(std::move(solution.fit));
      } else if (!solution.fit.converged && weighting.failed_replicate.empty()) {
        weighting.failed_replicate = plan.rows.replicates->name(base - 1);
      }
    }
    weighting.rules.push_back(std::move(rule));
  }
  return weighting;
}

}  // namespace sondeo
