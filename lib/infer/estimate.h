// SPDX-License-Identifier: MIT
// From sums to claims: shares, means, quantiles with their linearised standard errors and
// intervals.
//
// Unless Inference names another, the design is the one that a bare file has: every row is its own
// primary sampling unit, drawn with replacement, no strata. A filter or a base is a domain: the
// rows outside it stay in the file and count as units, with influence 0 (Särndal, Swensson &
// Wretman 1992, ch. 5; Lumley 2010). By the variances below V is meant for the bare file; other
// designs have that of infer/sample_design.h, of the same influences or of the replicates of the
// same estimate, and its degrees of freedom.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "infer/number_sums.h"
#include "infer/sample_design.h"
#include "tabulate/cells.h"

namespace sondeo {

enum class Interval { logit, wald };
enum class Freedom { domain, design };

struct Inference {
  double level = 95;  // percent
  Interval interval = Interval::logit;
  Freedom freedom = Freedom::domain;
  const SampleDesign* design = nullptr;  // none: every row is a unit
};

// A number with what is known of its precision. Absent parts have their reason in `reason`:
// "zero_base" (nobody, or only weights of 0), "one_respondent" (no variance from one unit),
// "no_variation" (all give the same answer: the se is 0 and says nothing), "calibrated" (the
// weights were calibrated to just this: it has an se of 0 and no limits), or one of Precision's.
struct Estimate {
  std::optional<double> value;
  std::optional<double> se;
  std::optional<double> low;
  std::optional<double> high;
  std::optional<double> margin;  // t * se, whatever the interval
  std::optional<double> df;
  std::string reason;
};

// The three bases. Unweighted, w counts one a row.
struct Bases {
  double n = 0;
  double n_positive = 0;
  double weighted_n = 0;
  std::optional<double> effective_n;  // (sum w)^2 / sum w^2 (Kish 1965); absent if nobody
  std::optional<double> deff;         // n_positive / effective_n (Kish)
};
Bases bases(const Sums& sums, bool weighted);

// The share of the base that is in `part` (a subset of it), 0..1.
//   p = W_part / W;  V = N/(N-1) [ (1-p)^2 S_part + p^2 (S_base - S_part) ] / W^2,  S = sum w^2,
// N = `units`, all rows of the file. df = n_positive - 1 of the base (domain) or N - 1 (design).
// Intervals: logit (t se / (p(1-p)) on the logit scale, Stata's svy: proportion) or p -+ t se.
// At 0 and 1 the linearised se is 0: the logit limits are Clopper-Pearson's on the effective base
// (Korn & Graubard 1998 there), reason "no_variation".
Estimate share(const Sums& part, const Sums& base, std::uint64_t units, bool weighted,
               const Inference& inference);

// The same on the scale of 0..100, the value by a single division: 57 of 200 are 28.5 exactly.
Estimate percentage(const Sums& part, const Sums& base, std::uint64_t units, bool weighted,
                    const Inference& inference);

// Mean: sum w y / W, V = N/(N-1) sum w^2 (y - m)^2 / W^2, limits m -+ t se.
Estimate mean(const NumberSums& values, std::uint64_t units, bool weighted,
              const Inference& inference);

// Standard deviation: root of n/(n-1) * sum w (y-m)^2 / W, n rows with positive weight (R's
// svyvar). No se.
Estimate standard_deviation(const NumberSums& values, bool weighted);

// Smallest value whose cumulative weight reaches half (within 1e-12, R's rule "math"); limits by
// Woodruff (1952): the t interval of F at the median, turned back into values by the same rule.
// "too_many_values" where they are not told apart.
Estimate median(const NumberSums& values, std::uint64_t units, bool weighted,
                const Inference& inference);

}  // namespace sondeo
