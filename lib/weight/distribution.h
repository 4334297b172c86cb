// SPDX-License-Identifier: MIT
// What the weights of a sample look like: their sum, spread, percentiles and Kish's design effect.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "tabulate/exact_sum.h"

namespace sondeo {

// Collects weights, each thread by itself; the order does not matter. Sums, least and largest are
// exact. Percentiles are exact up to 131,072 different weights; beyond, weights are counted by the
// first 17 binary digits, and percentiles are right to 8e-6 of their value: memory stays flat.
class WeightDistribution {
 public:
  void add(double weight) {
    if (weight == 0) {
      ++zero_;
      return;
    }
    values_.push_back(weight);
    if (values_.size() == most_values) settle();
  }
  void merge(WeightDistribution& other);

  std::uint64_t zero() const { return zero_; }
  std::uint64_t n() const;  // with a positive weight, like all that follows
  double sum() const;
  double sum_of_squares() const;
  double least() const;
  double largest() const;
  // The quantile p in [0, 1] by linear interpolation between order statistics (Hyndman & Fan 7).
  // Some weight must be positive.
  double quantile(double p) const;
  // Kish 1965: n * sum of squares / square of sum, that is 1 + cv^2.
  double deff() const;
  double effective_n() const;

  // The different weights in rising order with how often they occur; only while they are exact.
  bool exact() const { return bins_.empty(); }
  void distinct(std::vector<double>& weights, std::vector<std::uint64_t>& counts) const;

 private:
  static constexpr std::size_t most_values = std::size_t{1} << 18;
  struct Run {
    double weight;
    std::uint64_t count;
  };
  void settle() const;
  void to_bins() const;
  double at(std::uint64_t rank) const;

  std::uint64_t zero_ = 0;
  // Weights that came lately, and before them as runs of equal ones or as counts by leading digits.
  mutable std::vector<double> values_;
  mutable std::vector<Run> runs_;
  mutable std::map<std::uint64_t, std::vector<std::uint32_t>> bins_;  // by binary exponent
  mutable ExactSum sum_;
  mutable ExactSum squares_;
  mutable std::uint64_t n_ = 0;
  mutable double least_ = 0;
  mutable double largest_ = 0;
};

}  // namespace sondeo
