// SPDX-License-Identifier: MIT
// What the standard errors of tables rest on when the sample was not drawn row by row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tabulate/cells.h"
#include "tabulate/sample_units.h"

namespace sondeo {

class CalibratedWeights;

// What a stratum with a single primary unit adds: nothing can be estimated from it.
enum class LonelyPsu {
  fail,       // it is refused
  certainty,  // nothing
  centered,   // its distance from the mean of all units
  scaled,     // as much as the other strata on average
  // The same, also where a stratum has several units of which one has members of the domain: then
  // the units without count with U = 0 about 0, or the stratum as much as the others (R's
  // survey.adjust.domain.lonely). For designs of clusters.
  centered_domain,
  scaled_domain
};

struct ReplicateDesign {
  std::size_t size = 0;
  double scale = 1;
  std::vector<double> rscales;  // [size]
  bool mse = false;             // about the estimate, not about the mean of the replicates
  std::size_t rank = 0;         // of the replicate weights
};

// Sums::further of the cells hold what it needs: of w by leaf of `units` (and of w2 by leaf where
// rows are units), or by replicate.
struct SampleDesign {
  std::optional<SampleUnits> units;
  LonelyPsu lonely = LonelyPsu::fail;
  std::optional<ReplicateDesign> replicates;
  std::shared_ptr<const CalibratedWeights> calibrated;  // nothing: weights are taken as given
};

// Throws Error [lonely-psu] naming the strata, if there are any and the rule is to fail.
void check_lonely(const SampleDesign& design);

// The variance of an estimate and its degrees of freedom; or the reason why there is none:
// "no_freedom" (df below 1), "lonely_psu" (every stratum is one, scaled), "empty_replicate" (a
// replicate in which the base has no weight).
struct Precision {
  std::optional<double> variance;
  double df = 0;
  std::string reason;
};

// Degrees of freedom: primary units less strata, counted in the base (weight above 0) or, with
// `whole`, in the design; the rank of replicate weights less 1.
double design_freedom(const SampleDesign& design, const Sums& base, bool weighted, bool whole);

// Of an estimate by linearisation. `totals` are the sums of w z by leaf, z the influence of a
// respondent of the base (0 for others), and `squares`, where rows are units, those of (w z)^2.
//   V = sum over strata h of (1-f_h) n_h/(n_h-1) sum over units j of (U_hj - mean U_h)^2,
// and for each further stage the same within every unit, times the f of the stages before (Särndal,
// Swensson & Wretman 1992, 4.3.2; Cochran 1977, ch. 11); f is 0 where no population is known. Units
// without members of the base count with U = 0. df: primary units less strata, counted in the base
// (weight above 0) or, with `whole`, in the design.
Precision linearised(const SampleDesign& design, const std::vector<double>& totals,
                     const std::vector<double>& squares, const Sums& base, bool weighted,
                     bool whole);

// Of an estimate with its replicates:
//   V = scale * sum over r of rscales[r] (t_r - c)^2,
// c the estimate (mse) or the mean of the t_r with a positive rscale. df: the rank of the weights
// less 1. A t_r that is not a number is an empty replicate.
Precision replicated(const ReplicateDesign& rule, double estimate,
                     const std::vector<double>& replicates);

// Sums::further of some cells, as doubles; `size` zeros where there are none.
std::vector<double> further_of(const Sums& sums, std::size_t size);

}  // namespace sondeo
