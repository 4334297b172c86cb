// SPDX-License-Identifier: MIT
#include "infer/sample_design.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "infer/variance.h"

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
  for (std::size_t s = 0; s < design.units->stages.size(); ++s) {
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

double design_freedom(const SampleDesign& design, const Sums& base, bool weighted, bool whole) {
  if (design.replicates) return static_cast<double>(design.replicates->rank) - 1;
  const auto weights = further_of(base, design.units->leaves());
  return freedom_of(*design.units, weights, base, weighted, whole);
}

Precision linearised(const SampleDesign& design, const std::vector<double>& totals,
                     const std::vector<double>& squares, const Sums& base, bool weighted,
                     bool whole) {
  const auto& units = *design.units;
  const auto weights = further_of(base, units.leaves());
  Precision result;
  result.df = freedom_of(units, weights, base, weighted, whole);
  UnitTotals sums(units.leaves(), 1, !squares.empty());
  sums.sums = totals;
  sums.products = squares;
  // Residuals of calibration are everywhere, whoever the base is.
  for (std::size_t leaf = 0; leaf < weights.size(); ++leaf)
    sums.present[leaf] = weights[leaf] > 0 || design.calibrated != nullptr;
  const double variance = covariance(sums, units, design.lonely).at(0, 0);
  if (std::isnan(variance))
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
  Matrix theta(replicates.size() + 1, 1);
  theta.at(0, 0) = estimate;
  bool any = false;
  for (std::size_t r = 0; r < replicates.size(); ++r) {
    if (rule.rscales[r] <= 0) continue;
    if (!std::isfinite(replicates[r])) {
      result.reason = "empty_replicate";
      return result;
    }
    theta.at(r + 1, 0) = replicates[r];
    any = true;
  }
  if (result.df < 1 || !any) {
    result.reason = "no_freedom";
    return result;
  }
  result.variance = replicate_covariance(theta, rule).at(0, 0);
  return result;
}

std::vector<double> further_of(const Sums& sums, std::size_t size) {
  std::vector<double> result(size);
  for (std::size_t i = 0; i < std::min(size, sums.further.size()); ++i)
    result[i] = sums.further[i].value();
  return result;
}

}  // namespace sondeo
