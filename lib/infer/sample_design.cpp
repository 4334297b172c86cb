// SPDX-License-Identifier: MIT
#include "infer/sample_design.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace sondeo {
namespace {

// Strata in which all units of the population are in the sample vary no more.
constexpr double whole_population = 1e-7;

double drawn(const SampleUnits::Stratum& stratum) {
  return stratum.population ? static_cast<double>(stratum.size) / *stratum.population : 0;
}

bool is_lonely(const SampleUnits::Stratum& stratum) {
  return stratum.size == 1 && 1 - drawn(stratum) >= whole_population;
}

// The totals of one stage.
struct StageTotals {
  std::vector<double> units;          // none where rows are units
  std::vector<double> strata;         // sums of their units' totals
  std::vector<double> deviations;     // by stratum: sum of squares about the mean of its units
  std::vector<std::uint8_t> peopled;  // by stratum: somebody of the base is in it
};

// From the last stage to the first.
std::vector<StageTotals> totals_by_stage(const SampleUnits& units,
                                         const std::vector<double>& totals,
                                         const std::vector<double>& squares,
                                         const std::vector<double>& weights) {
  std::vector<StageTotals> result(units.stages.size());
  for (auto s = units.stages.size(); s-- > 0;) {
    const auto& stage = units.stages[s];
    auto& sums = result[s];
    const bool last = s + 1 == units.stages.size();
    sums.strata.resize(stage.strata.size());
    sums.deviations.resize(stage.strata.size());
    sums.peopled.resize(stage.strata.size());
    if (last && units.rows_are_units) {
      for (std::size_t h = 0; h < stage.strata.size(); ++h) {
        const auto n = static_cast<double>(stage.strata[h].size);
        sums.strata[h] = totals[h];
        sums.deviations[h] = std::max(0.0, squares[h] - totals[h] * totals[h] / n);
        sums.peopled[h] = weights[h] > 0;
      }
      continue;
    }
    std::vector<std::uint8_t> peopled(stage.units.size());
    if (last) {
      sums.units = totals;
      for (std::size_t j = 0; j < peopled.size(); ++j) peopled[j] = weights[j] > 0;
    } else {
      sums.units.resize(stage.units.size());
      const auto& below = units.stages[s + 1].strata;
      for (std::size_t h = 0; h < below.size(); ++h) {
        sums.units[below[h].parent] += result[s + 1].strata[h];
        peopled[below[h].parent] |= result[s + 1].peopled[h];
      }
    }
    for (std::size_t j = 0; j < stage.units.size(); ++j) {
      sums.strata[stage.units[j].stratum] += sums.units[j];
      sums.peopled[stage.units[j].stratum] |= peopled[j];
    }
    for (std::size_t j = 0; j < stage.units.size(); ++j) {
      const auto h = stage.units[j].stratum;
      const double distance =
          sums.units[j] - sums.strata[h] / static_cast<double>(stage.strata[h].size);
      sums.deviations[h] += distance * distance;
    }
  }
  return result;
}

// What the strata of one list of units (the whole stage, or those within one unit of the stage
// before) add up to.
struct Group {
  double variance = 0;
  double total = 0;
  double size = 0;
  std::size_t peopled = 0;
  std::size_t lonely = 0;
};

// The groups of a stage, each times what its place in the design gives it.
double stage_variance(const SampleUnits::Stage& stage, const StageTotals& sums, LonelyPsu lonely,
                      const std::vector<double>& factors, bool& unknown) {
  std::vector<Group> groups(factors.size());
  for (std::size_t h = 0; h < stage.strata.size(); ++h) {
    auto& group = groups[stage.strata[h].parent];
    group.total += sums.strata[h];
    group.size += static_cast<double>(stage.strata[h].size);
    group.peopled += sums.peopled[h] != 0;
    group.lonely += sums.peopled[h] != 0 && is_lonely(stage.strata[h]);
  }
  for (std::size_t h = 0; h < stage.strata.size(); ++h) {
    const auto& stratum = stage.strata[h];
    auto& group = groups[stratum.parent];
    const double left = 1 - drawn(stratum);
    if (left < whole_population) continue;
    const auto n = static_cast<double>(stratum.size);
    if (stratum.size > 1) {
      group.variance += left * n / (n - 1) * sums.deviations[h];
    } else if (lonely == LonelyPsu::centered) {
      const double distance = sums.strata[h] - group.total / group.size;
      group.variance += left * distance * distance;
    }
  }
  double variance = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto& group = groups[i];
    double scale = 1;
    if (lonely == LonelyPsu::scaled && group.lonely > 0) {
      if (group.lonely == group.peopled) {
        unknown |= factors[i] > 0;
        continue;
      }
      scale =
          static_cast<double>(group.peopled) / static_cast<double>(group.peopled - group.lonely);
    }
    variance += factors[i] * scale * group.variance;
  }
  return variance;
}

double freedom_of(const SampleUnits& units, const std::vector<double>& weights, const Sums& base,
                  bool weighted, bool whole) {
  const auto& first = units.stages[0];
  const bool rows = units.rows_are_units && units.stages.size() == 1;
  if (whole) {
    const auto all = rows ? units.rows : first.units.size();
    return static_cast<double>(all) - static_cast<double>(first.strata.size());
  }
  std::vector<std::uint8_t> psus(first.units.size());
  std::vector<std::uint8_t> strata(first.strata.size());
  for (std::uint32_t leaf = 0; leaf < weights.size(); ++leaf) {
    if (!(weights[leaf] > 0)) continue;
    strata[units.stratum_of(leaf)] = 1;
    if (!rows) psus[units.psu_of(leaf)] = 1;
  }
  const auto count = [](const std::vector<std::uint8_t>& flags) {
    return static_cast<double>(std::count(flags.begin(), flags.end(), 1));
  };
  const double members =
      rows ? static_cast<double>(weighted ? base.n_positive : base.n) : count(psus);
  return members - count(strata);
}

}  // namespace

void check_lonely(const SampleDesign& design) {
  if (!design.units || design.lonely != LonelyPsu::fail) return;
  std::size_t count = 0;
  std::string names;
  const auto stages = design.ultimate_cluster ? 1 : design.units->stages.size();
  for (std::size_t s = 0; s < stages; ++s) {
    for (const auto& stratum : design.units->stages[s].strata) {
      if (!is_lonely(stratum)) continue;
      const auto name =
          s == 0 ? stratum.label : design.units->stages[s - 1].units[stratum.parent].label;
      if (++count <= 5) names += (names.empty() ? "'" : ", '") + excerpt(name) + "'";
    }
  }
  if (count == 0) return;
  throw Error("lonely-psu",
              std::to_string(count) + (count == 1 ? " stratum has" : " strata have") +
                  " a single unit: " + names + (count > 5 ? ", …" : "") +
                  "; nothing tells how much it varies",
              "--lonely certainty, centered or scaled says what such strata add; or join strata");
}

Precision linearised(const SampleDesign& design, const std::vector<double>& totals,
                     const std::vector<double>& squares, const Sums& base, bool weighted,
                     bool whole) {
  const auto& units = *design.units;
  const auto weights = further_of(base, units.leaves());
  Precision result;
  result.df = freedom_of(units, weights, base, weighted, whole);
  const auto sums = totals_by_stage(units, totals, squares, weights);
  double variance = 0;
  bool unknown = false;
  std::vector<double> factors{1};
  const auto stages = design.ultimate_cluster ? 1 : units.stages.size();
  for (std::size_t s = 0; s < stages; ++s) {
    const auto& stage = units.stages[s];
    variance += stage_variance(stage, sums[s], design.lonely, factors, unknown);
    std::vector<double> below;
    for (const auto& unit : stage.units) {
      const auto& stratum = stage.strata[unit.stratum];
      below.push_back(factors[stratum.parent] * drawn(stratum));
    }
    factors = std::move(below);
  }
  if (unknown)
    result.reason = "lonely_psu";
  else if (result.df < 1)
    result.reason = "no_freedom";
  else
    result.variance = variance;
  return result;
}

Precision replicated(const ReplicateDesign& rule, double estimate,
                     const std::vector<double>& replicates) {
  Precision result;
  result.df = static_cast<double>(rule.rank) - 1;
  double center = 0;
  std::size_t counted = 0;
  for (std::size_t r = 0; r < replicates.size(); ++r) {
    if (rule.rscales[r] <= 0) continue;
    if (!std::isfinite(replicates[r])) {
      result.reason = "empty_replicate";
      return result;
    }
    center += replicates[r];
    ++counted;
  }
  if (result.df < 1 || counted == 0) {
    result.reason = "no_freedom";
    return result;
  }
  center = rule.mse ? estimate : center / static_cast<double>(counted);
  double sum = 0;
  for (std::size_t r = 0; r < replicates.size(); ++r) {
    if (rule.rscales[r] <= 0) continue;
    sum += rule.rscales[r] * (replicates[r] - center) * (replicates[r] - center);
  }
  result.variance = rule.scale * sum;
  return result;
}

std::vector<double> further_of(const Sums& sums, std::size_t size) {
  std::vector<double> result(size);
  for (std::size_t i = 0; i < std::min(size, sums.further.size()); ++i)
    result[i] = sums.further[i].value();
  return result;
}

}  // namespace sondeo
