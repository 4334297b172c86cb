// SPDX-License-Identifier: MIT
// What the weights of a sample look like: their sum, spread, percentiles and Kish's design effect.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tabulate/cells.h"

namespace sondeo {

// Numbers of 0 or more, collected in pieces; whatever the order and the pieces, the result is the
// same.
struct ValueSums {
  Sums sums;  // n, exact sum and sum of squares
  double least = 0;
  double largest = 0;

  void add(const std::vector<double>& values);
  void merge(const ValueSums& other);
};

// Collects weights, each thread by itself; the order does not matter. Sums, least and largest are
// exact. Percentiles are exact up to 32,768 different weights; beyond, weights are counted by the
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

  // Whether percentiles are exact.
  bool exact() const { return pages_.empty(); }

 private:
  static constexpr std::size_t most_values = 4096;
  struct Run {
    double weight = 0;  // 0: a free slot
    std::uint64_t count = 0;
  };
  void settle() const;
  void meet(double weight, std::uint64_t count) const;
  void to_pages() const;
  std::uint32_t* page_of(std::uint64_t exponent) const;
  void count(const Run& run) const;
  double at(std::uint64_t rank) const;

  std::uint64_t zero_ = 0;
  mutable std::vector<double> values_;  // that came lately
  mutable ValueSums all_;
  // Different weights with how often they occur, each near the slot that its digits say; or counts
  // by leading digits: by binary exponent, pages that are empty or hold all bins.
  mutable std::vector<Run> slots_;
  mutable std::size_t distinct_ = 0;
  mutable std::vector<std::vector<std::uint32_t>> pages_;
  mutable std::vector<Run> sorted_;  // the runs, while no weight has come since
};

}  // namespace sondeo
