// SPDX-License-Identifier: MIT
#include "infer/quantile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace sondeo {
namespace {

constexpr double tie = 1e-12;

bool same(long double reached, long double sought) {
  return std::abs(reached - sought) <= tie * std::abs(sought);
}

long double whole(const std::vector<WeightedValue>& values) {
  long double sum = 0;
  for (const auto& each : values) sum += each.weight;
  return sum;
}

double step_quantile(const std::vector<WeightedValue>& values, double p, QuantileRule rule) {
  const long double sought = p * whole(values);
  long double reached = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    reached += values[i].weight;
    const bool exact = same(reached, sought);
    if (reached < sought && !exact) continue;
    if (!exact || i + 1 == values.size()) return values[i].value;
    const double next = values[i + 1].value;
    if (rule == QuantileRule::school) return values[i].value / 2 + next / 2;
    // The index counts from 1.
    if (rule == QuantileRule::hf3 && i % 2 == 0) return next;
    return values[i].value;
  }
  return values.back().value;
}

// Where the k-th row stands on the scale of p: `before` is the weight up to the row, `weight` its
// own, `last` that of the last row of all, `total` the whole.
long double position(QuantileRule rule, long double before, long double weight, long double last,
                     long double total) {
  const long double up_to = before + weight;
  switch (rule) {
    case QuantileRule::hf5:
      return (before + weight / 2) / total;
    case QuantileRule::hf6:
      return up_to / (total + last);
    case QuantileRule::hf7:
      return total > last ? before / (total - last) : 0;
    case QuantileRule::hf8:
      return (before / 3 + 2 * up_to / 3) / (total + last / 3);
    case QuantileRule::hf9:
      return (3 * before / 8 + 5 * up_to / 8) / (total + last / 4);
    default:
      return up_to / total;
  }
}

struct Point {
  long double share;
  double value;
};

double linear_quantile(const std::vector<WeightedValue>& values, double p, QuantileRule rule) {
  const long double total = whole(values);
  const long double last = values.back().lightest;
  Point previous{0, values.front().value};
  long double before = 0;
  for (const auto& each : values) {
    // The first and the last row of the value; between them the value is constant.
    const Point ends[] = {
        {position(rule, before, each.heaviest, last, total), each.value},
        {position(rule, before + each.weight - each.lightest, each.lightest, last, total),
         each.value}};
    before += each.weight;
    for (const auto& point : ends) {
      if (p > point.share && !same(point.share, p)) {
        previous = point;
        continue;
      }
      if (same(point.share, p) || point.share <= previous.share) return point.value;
      const auto along = static_cast<double>((p - previous.share) / (point.share - previous.share));
      return std::lerp(previous.value, point.value, along);
    }
  }
  return values.back().value;
}

}  // namespace

std::optional<QuantileRule> quantile_rule_named(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, QuantileRule>, 11> names = {
      {{"math", QuantileRule::math},
       {"school", QuantileRule::school},
       {"hf1", QuantileRule::math},
       {"hf2", QuantileRule::school},
       {"hf3", QuantileRule::hf3},
       {"hf4", QuantileRule::hf4},
       {"hf5", QuantileRule::hf5},
       {"hf6", QuantileRule::hf6},
       {"hf7", QuantileRule::hf7},
       {"hf8", QuantileRule::hf8},
       {"hf9", QuantileRule::hf9}}};
  for (const auto& [each, rule] : names) {
    if (each == name) return rule;
  }
  return std::nullopt;
}

double quantile(const std::vector<WeightedValue>& values, double p, QuantileRule rule) {
  p = std::clamp(p, 0.0, 1.0);
  switch (rule) {
    case QuantileRule::math:
    case QuantileRule::school:
    case QuantileRule::hf3:
      return step_quantile(values, p, rule);
    default:
      return linear_quantile(values, p, rule);
  }
}

double share_up_to(const std::vector<WeightedValue>& values, double x) {
  long double below = 0;
  for (const auto& each : values) {
    if (each.value > x) break;
    below += each.weight;
  }
  return static_cast<double>(below / whole(values));
}

QuantileLimits woodruff_limits(const std::vector<WeightedValue>& values, QuantileRule rule,
                               double low, double high, double t) {
  QuantileLimits limits;
  if (low >= 0) limits.low = quantile(values, low, rule);
  if (high <= 1) limits.high = quantile(values, high, rule);
  if (limits.low && limits.high) {
    limits.se = (*limits.high - *limits.low) / (2 * t);
  } else {
    limits.reason = "beyond_data";
  }
  return limits;
}

}  // namespace sondeo
