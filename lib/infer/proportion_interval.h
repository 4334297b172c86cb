// SPDX-License-Identifier: MIT
// Intervals for a proportion from its estimate, its design-based variance and the df.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sondeo {

// With p the share, v its variance, t the quantile of `level` on df, n_e = p(1-p)/v:
//   logit       logit p -+ t sqrt(v) / (p(1-p)), turned back (Stata's svy: proportion)
//   logit_replicates  the same with the variance of the replicates' logits, where there are
//               replicates (R's svyciprop)
//   mean        p -+ t sqrt(v), not cut off at 0 and 1 (Wald)
//   asin        sin^2(asin sqrt p -+ t sqrt(v) / (2 sqrt(p(1-p))))
//   beta        Korn & Graubard (1998): Clopper-Pearson on n* = n_e (t_{n-1} / t_df)^2
//   wilson      Wilson (1927) on n_e with t for z (R's survey 4.5)
//   likelihood  all q with 2 (l(p) - l(q)) <= t^2 v n/(p(1-p)) n/(n-1), l the binomial log
//               likelihood of n: the Rao-Scott adjusted likelihood ratio
enum class ProportionInterval { logit, logit_replicates, mean, asin, beta, wilson, likelihood };

// The method of a name such as "logit" or "logit-replicates"; "xlogit" (R) and "wald" are logit and
// mean. Nothing for other names.
std::optional<ProportionInterval> proportion_interval_named(std::string_view name);

struct ProportionSample {
  double p = 0;            // 0..1
  double variance = 0;     // >= 0
  double df = 0;           // of the variance; may be infinite
  double n = 0;            // rows of the base
  double effective_n = 0;  // (sum w)^2 / sum w^2 (Kish), for shares that have no variance
  std::optional<double> logit_variance = {};  // of logit p, where replicates have one of their own
};

struct ProportionLimits {
  std::optional<double> low;
  std::optional<double> high;
  std::optional<double> effective_n;  // n_e of wilson, n* of beta and of the fallback
  // "no_df": df <= 0, no limits. "no_variation": p is 0 or 1, "no_variance": every sampling unit
  // has the same share; the variance 0 then says nothing, and the limits are those of
  // Clopper-Pearson on n* = effective_n (t_{n-1} / t_df)^2, whatever the method (Korn & Graubard).
  std::string reason;
};

// Limits at `level` percent.
ProportionLimits proportion_limits(const ProportionSample& sample, ProportionInterval method,
                                   double level);

}  // namespace sondeo
