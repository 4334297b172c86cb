// SPDX-License-Identifier: MIT
#include "infer/proportion_interval.h"

#include <algorithm>
#include <cmath>

#include "infer/distribution.h"

namespace sondeo {
namespace {

void set(ProportionLimits& limits, double low, double high) {
  limits.low = low;
  limits.high = high;
}

// `half` is on the scale of logits.
void logit_limits(const ProportionSample& sample, double half, ProportionLimits& limits) {
  const double centre = std::log(sample.p) - std::log1p(-sample.p);
  set(limits, 1 / (1 + std::exp(half - centre)), 1 / (1 + std::exp(-half - centre)));
}

void asin_limits(const ProportionSample& sample, double margin, ProportionLimits& limits) {
  const double centre = std::asin(std::sqrt(sample.p));
  const double half = margin / (2 * std::sqrt(sample.p * (1 - sample.p)));
  // The scale ends at 0 and a right angle; beyond them the share would come back again.
  const double end = std::asin(1.0);
  const double low = std::sin(std::max(0.0, centre - half));
  const double high = std::sin(std::min(end, centre + half));
  set(limits, low * low, high * high);
}

// Clopper & Pearson (1934) on n*, which need not be whole.
void exact_limits(const ProportionSample& sample, double trials, double level,
                  ProportionLimits& limits) {
  const double successes = trials * sample.p;
  const double failures = trials * (1 - sample.p);
  const double tail = (1 - level / 100) / 2;
  limits.effective_n = trials;
  set(limits, beta_quantile(tail, successes, failures + 1),
      beta_quantile(1 - tail, successes + 1, failures));
}

// (t_{n-1} / t_df)^2: what clustering takes from the certainty of the variance.
double df_factor(const ProportionSample& sample, double t, double level) {
  if (!(sample.n > 1)) return 1;
  const double simple = t_quantile(level, sample.n - 1) / t;
  return simple * simple;
}

void wilson_limits(const ProportionSample& sample, double t, ProportionLimits& limits) {
  const double p = sample.p;
  const double n = p * (1 - p) / sample.variance;
  const double centre = p + t * t / (2 * n);
  const double half = t / (2 * n) * std::sqrt(4 * n * p * (1 - p) + t * t);
  const double whole = 1 + t * t / n;
  limits.effective_n = n;
  set(limits, (centre - half) / whole, (centre + half) / whole);
}

// p log(p/q) + (1-p) log((1-p)/(1-q)), 0 at q = p.
double divergence(double p, double q) {
  return -p * std::log1p((q - p) / p) - (1 - p) * std::log1p((p - q) / (1 - p));
}

// The q between p and `end` (0 or 1) whose divergence from p is `bound`.
double likelihood_limit(double p, double end, double bound) {
  double near = p;
  double far = end;
  for (int i = 0; i < 200; ++i) {
    const double middle = near + (far - near) / 2;
    if (middle == near || middle == far) break;
    (divergence(p, middle) < bound ? near : far) = middle;
  }
  return near + (far - near) / 2;
}

void likelihood_limits(const ProportionSample& sample, double t, ProportionLimits& limits) {
  const double p = sample.p;
  const double inflation =
      sample.n > 1 ? sample.variance * sample.n / (p * (1 - p)) * sample.n / (sample.n - 1)
                   : sample.variance / (p * (1 - p));
  const double bound = t * t * inflation / (2 * sample.n);
  set(limits, likelihood_limit(p, 0, bound), likelihood_limit(p, 1, bound));
}

}  // namespace

std::optional<ProportionInterval> proportion_interval_named(std::string_view name) {
  if (name == "logit" || name == "xlogit") return ProportionInterval::logit;
  if (name == "logit-replicates") return ProportionInterval::logit_replicates;
  if (name == "mean" || name == "wald") return ProportionInterval::mean;
  if (name == "asin") return ProportionInterval::asin;
  if (name == "beta") return ProportionInterval::beta;
  if (name == "wilson") return ProportionInterval::wilson;
  if (name == "likelihood") return ProportionInterval::likelihood;
  return std::nullopt;
}

ProportionLimits proportion_limits(const ProportionSample& sample, ProportionInterval method,
                                   double level) {
  ProportionLimits limits;
  if (!(sample.df > 0)) {
    limits.reason = "no_df";
    return limits;
  }
  const double t = t_quantile(level, sample.df);
  const bool certain = sample.p <= 0 || sample.p >= 1;
  if (certain || !(sample.variance > 0)) {
    limits.reason = certain ? "no_variation" : "no_variance";
    exact_limits(sample, sample.effective_n * df_factor(sample, t, level), level, limits);
    return limits;
  }
  const double margin = t * std::sqrt(sample.variance);
  switch (method) {
    case ProportionInterval::logit_replicates:
      if (sample.logit_variance) {
        logit_limits(sample, t * std::sqrt(*sample.logit_variance), limits);
        break;
      }
      [[fallthrough]];
    case ProportionInterval::logit:
      logit_limits(sample, margin / (sample.p * (1 - sample.p)), limits);
      break;
    case ProportionInterval::mean:
      set(limits, sample.p - margin, sample.p + margin);
      break;
    case ProportionInterval::asin:
      asin_limits(sample, margin, limits);
      break;
    case ProportionInterval::beta:
      exact_limits(sample,
                   sample.p * (1 - sample.p) / sample.variance * df_factor(sample, t, level), level,
                   limits);
      break;
    case ProportionInterval::wilson:
      wilson_limits(sample, t, limits);
      break;
    case ProportionInterval::likelihood:
      likelihood_limits(sample, t, limits);
      break;
  }
  return limits;
}

}  // namespace sondeo
