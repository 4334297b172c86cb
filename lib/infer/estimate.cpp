// SPDX-License-Identifier: MIT
#include "infer/estimate.h"

#include <algorithm>
#include <cmath>

#include "infer/calibrated.h"
#include "infer/distribution.h"

namespace sondeo {
namespace {

double positive_rows(const Sums& sums, bool weighted) {
  return static_cast<double>(weighted ? sums.n_positive : sums.n);
}

// Of the design that a bare file has.
Precision of_rows(double variance, const Sums& base, std::uint64_t units, bool weighted,
                  const Inference& inference) {
  const double df = inference.freedom == Freedom::design ? static_cast<double>(units) - 1
                                                         : positive_rows(base, weighted) - 1;
  if (units < 2 || df < 1) return {std::nullopt, df, "one_respondent"};
  return {variance, df, ""};
}

// What was calibrated to does not vary from sample to sample.
bool is_calibrated(const Precision& precision, const Inference& inference) {
  return inference.design != nullptr && inference.design->calibrated && precision.variance &&
         *precision.variance == 0;
}

// Fills se, df and margin where they exist.
void add_precision(Estimate& estimate, const Precision& precision, const Inference& inference) {
  estimate.reason = precision.reason;
  if (!precision.variance) return;
  estimate.se = std::sqrt(std::max(0.0, *precision.variance));
  estimate.df = precision.df;
  if (is_calibrated(precision, inference)) {
    estimate.reason = "calibrated";
    return;
  }
  estimate.margin = t_quantile(inference.level, precision.df) * *estimate.se;
}

double per_unit(std::uint64_t units) {
  const auto n = static_cast<double>(units);
  return units < 2 ? 0 : n / (n - 1);
}

// The smallest value whose cumulative share reaches p.
double quantile(const std::vector<ValueSums>& values, double p, bool weighted) {
  const double total = weight_of(total_of(values), weighted);
  Sums running;
  double last = 0;
  for (const auto& each : values) {
    if (weight_of(each.sums, weighted) == 0) continue;
    running.add(each.sums);
    last = each.value;
    if (weight_of(running, weighted) >= p * total * (1 - 1e-12)) break;
  }
  return last;
}

// Of the share p of the base that is in `part`.
Precision precision_of_share(double p, const Sums& part, const Sums& base, std::uint64_t units,
                             bool weighted, const Inference& inference) {
  const double total = weight_of(base, weighted);
  const double inside = squares_of(part, weighted);
  const double outside = std::max(0.0, squares_of(base, weighted) - inside);
  if (inference.design == nullptr) {
    const double variance =
        per_unit(units) * ((1 - p) * (1 - p) * inside + p * p * outside) / (total * total);
    return of_rows(variance, base, units, weighted, inference);
  }
  const auto& design = *inference.design;
  if (design.replicates) {
    const auto size = design.replicates->size;
    auto shares = further_of(part, size);
    const auto totals = further_of(base, size);
    for (std::size_t r = 0; r < size; ++r) shares[r] /= totals[r];
    return replicated(*design.replicates, p, shares);
  }
  const auto leaves = design.units->leaves();
  const auto all = further_of(base, 2 * leaves);
  const auto of_part = further_of(part, 2 * leaves);
  std::vector<double> totals(leaves);
  std::vector<double> squares(leaves);
  for (std::size_t i = 0; i < leaves; ++i) {
    totals[i] = ((1 - p) * of_part[i] - p * std::max(0.0, all[i] - of_part[i])) / total;
    const double in = of_part[leaves + i];
    const double out = std::max(0.0, all[leaves + i] - in);
    squares[i] = ((1 - p) * (1 - p) * in + p * p * out) / (total * total);
  }
  if (design.calibrated) {
    const auto rest = without(base, part);
    design.calibrated->adjust({{{&part, (1 - p) / total}, {&rest, -p / total}}}, totals, squares);
  }
  return linearised(design, totals, squares, base, weighted, inference.freedom == Freedom::design);
}

// Of a mean, the centre of the values.
Precision precision_of_mean(const NumberSums& values, const Centre& centre, const Sums& base,
                            std::uint64_t units, bool weighted, const Inference& inference) {
  const double total = centre.total;
  if (inference.design == nullptr) {
    const auto squares = products_about(values, centre, centre, Weighing::squares, weighted);
    return of_rows(per_unit(units) * static_cast<double>(squares / total / total), base, units,
                   weighted, inference);
  }
  const auto& design = *inference.design;
  if (design.replicates) {
    // As distances from the mean, which keep their digits.
    const auto size = design.replicates->size;
    std::vector<double> means(size);
    add_distances(values, centre, 1, 0, means);
    const auto totals = further_of(base, size);
    for (std::size_t r = 0; r < size; ++r) means[r] /= totals[r];
    return replicated(*design.replicates, 0, means);
  }
  const auto leaves = design.units->leaves();
  std::vector<double> totals(leaves);
  std::vector<double> squares(leaves);
  add_distances(values, centre, total, 0, totals);
  add_products(values, centre, total, centre, total, leaves, squares);
  if (design.calibrated) {
    CalibratedWeights::Influence influence;
    for (const auto& each : values.values)
      influence.emplace_back(&each.sums, centre.distance(each.value) / total);
    design.calibrated->adjust({influence}, totals, squares);
  }
  return linearised(design, totals, squares, base, weighted, inference.freedom == Freedom::design);
}

}  // namespace

Bases bases(const Sums& sums, bool weighted) {
  Bases result;
  result.n = static_cast<double>(sums.n);
  result.n_positive = positive_rows(sums, weighted);
  result.weighted_n = weight_of(sums, weighted);
  const double squares = squares_of(sums, weighted);
  if (squares > 0) {
    result.effective_n = weighted ? result.weighted_n * result.weighted_n / squares : result.n;
    result.deff = result.n_positive / *result.effective_n;
  }
  return result;
}

Estimate share(const Sums& part, const Sums& base, std::uint64_t units, bool weighted,
               const Inference& inference) {
  Estimate estimate;
  const double total = weight_of(base, weighted);
  if (!(total > 0)) {
    estimate.reason = "zero_base";
    return estimate;
  }
  // The sums are exact, so that a part that is the whole is exactly 1.
  const double p = std::min(1.0, weight_of(part, weighted) / total);
  estimate.value = p;
  add_precision(estimate, precision_of_share(p, part, base, units, weighted, inference), inference);
  if (estimate.reason == "calibrated" && (p == 0 || p == 1)) {
    estimate.reason = "";
    estimate.margin = 0;
  }
  if (!estimate.margin) return estimate;
  if (p == 0 || p == 1) estimate.reason = "no_variation";
  if (inference.interval == Interval::wald) {
    estimate.low = p - *estimate.margin;
    estimate.high = p + *estimate.margin;
    return estimate;
  }
  if (p == 0 || p == 1) {
    const double effective = total * total / squares_of(base, weighted);
    const double reach = std::pow((1 - inference.level / 100) / 2, 1 / effective);
    estimate.low = p == 0 ? 0 : reach;
    estimate.high = p == 0 ? 1 - reach : 1;
    return estimate;
  }
  const double logit = std::log(p / (1 - p));
  const double half = *estimate.margin / (p * (1 - p));
  estimate.low = 1 / (1 + std::exp(-(logit - half)));
  estimate.high = 1 / (1 + std::exp(-(logit + half)));
  return estimate;
}

Estimate percentage(const Sums& part, const Sums& base, std::uint64_t units, bool weighted,
                    const Inference& inference) {
  auto estimate = share(part, base, units, weighted, inference);
  if (!estimate.value) return estimate;
  estimate.value = std::min(100.0, 100 * weight_of(part, weighted) / weight_of(base, weighted));
  for (auto* each : {&estimate.se, &estimate.low, &estimate.high, &estimate.margin}) {
    if (*each) **each *= 100;
  }
  return estimate;
}

Estimate mean(const NumberSums& values, std::uint64_t units, bool weighted,
              const Inference& inference) {
  Estimate estimate;
  const auto base = total_of(values);
  const double total = weight_of(base, weighted);
  if (!(total > 0)) {
    estimate.reason = "zero_base";
    return estimate;
  }
  const Centre centre(values, Weighing::weights, weighted);
  estimate.value = centre.mean();
  add_precision(estimate, precision_of_mean(values, centre, base, units, weighted, inference),
                inference);
  if (estimate.margin) {
    estimate.low = *estimate.value - *estimate.margin;
    estimate.high = *estimate.value + *estimate.margin;
    if (*estimate.se == 0) estimate.reason = "no_variation";
  }
  return estimate;
}

Estimate standard_deviation(const NumberSums& values, bool weighted) {
  Estimate estimate;
  const auto base = total_of(values);
  const double total = weight_of(base, weighted);
  const double n = positive_rows(base, weighted);
  if (!(total > 0) || n < 2) {
    estimate.reason = total > 0 ? "one_respondent" : "zero_base";
    return estimate;
  }
  const Centre centre(values, Weighing::weights, weighted);
  const auto squares = products_about(values, centre, centre, Weighing::weights, weighted);
  estimate.value = std::sqrt(static_cast<double>(squares / total) * n / (n - 1));
  return estimate;
}

Estimate median(const NumberSums& number, std::uint64_t units, bool weighted,
                const Inference& inference) {
  Estimate estimate;
  const auto& values = number.values;
  const auto base = total_of(number);
  if (!(weight_of(base, weighted) > 0)) {
    estimate.reason = "zero_base";
    return estimate;
  }
  if (number.is_summed()) {
    estimate.reason = "too_many_values";
    return estimate;
  }
  const double middle = quantile(values, 0.5, weighted);
  estimate.value = middle;
  Sums below;
  for (const auto& each : values) {
    if (each.value <= middle) below.add(each.sums);
  }
  Inference wald = inference;
  wald.interval = Interval::wald;
  const auto reached = share(below, base, units, weighted, wald);
  if (!reached.margin) {
    estimate.reason = reached.reason;
    return estimate;
  }
  const double low = *reached.value - *reached.margin;
  const double high = *reached.value + *reached.margin;
  estimate.df = reached.df;
  estimate.low = quantile(values, low, weighted);
  // Beyond the last respondent there is no value to be had.
  if (high <= 1) estimate.high = quantile(values, high, weighted);
  return estimate;
}

}  // namespace sondeo
