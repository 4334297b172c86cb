// SPDX-License-Identifier: MIT
// Quantiles of weighted values under the rules in use, and their intervals.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

// One value and the rows that have it, those of positive weight.
struct WeightedValue {
  double value = 0;
  double weight = 0;  // sum, > 0
  double rows = 1;
  double heaviest = 0;  // of the rows
  double lightest = 0;
};

// With x_k the values in order, c_k the weight up to and with x_k, W all of it:
//   math, hf1    the smallest x_k with c_k >= pW
//   school, hf2  the same; the mean of x_k and x_{k+1} where c_k = pW
//   hf3          on distinct values, as math; where c_k = pW, x_k if k is even, else x_{k+1}
//   hf4          linear between the points (c_k / W, x_k) of the rows
//   hf5          (c_k - w_k/2) / W          hf6  c_k / (W + w_n)
//   hf7          c_{k-1} / c_{n-1}          hf8  (c_{k-1}/3 + 2 c_k/3) / (W + w_n/3)
//   hf9          (3 c_{k-1}/8 + 5 c_k/8) / (W + w_n/4)
// and constant beyond the first and last point. With equal weights hf1, hf2 and hf4 to hf9 are
// Hyndman & Fan's (Am. Stat. 1996) types; hf3 is R's svyquantile. Rows of one value stand in order
// of falling weight, so that the order of the file does not matter; n is the last row.
enum class QuantileRule { math, school, hf3, hf4, hf5, hf6, hf7, hf8, hf9 };

// The rule of a name such as "hf7"; "hf1" is math, "hf2" school. Nothing for other names.
std::optional<QuantileRule> quantile_rule_named(std::string_view name);

// The quantile at p of values that rise and are distinct; at least one. p is cut off at 0 and 1.
// c_k = pW holds within 1e-12 of pW: weights of six digits make it true on paper only.
double quantile(const std::vector<WeightedValue>& values, double p, QuantileRule rule);

// F(x): the share of the weight at values <= x.
double share_up_to(const std::vector<WeightedValue>& values, double x);

struct QuantileLimits {
  std::optional<double> low;
  std::optional<double> high;
  std::optional<double> se;
  std::string reason;  // "beyond_data": an end of the interval of F is below 0 or above 1
};

// Woodruff (JASA 1952): the interval low..high of F at the quantile, turned back into values by the
// rule of the quantile; se = (high - low) / (2t), t the quantile of t that made the interval.
QuantileLimits woodruff_limits(const std::vector<WeightedValue>& values, QuantileRule rule,
                               double low, double high, double t);

}  // namespace sondeo
