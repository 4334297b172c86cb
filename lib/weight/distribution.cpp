// SPDX-License-Identifier: MIT
#include "weight/distribution.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sondeo {
namespace {

constexpr unsigned digits = 16;  // after the leading one
constexpr std::size_t most_runs = 1 << 17;

std::uint64_t exponent_of(double weight) { return std::bit_cast<std::uint64_t>(weight) >> 52; }
std::size_t bin_of(double weight) {
  return std::bit_cast<std::uint64_t>(weight) >> (52 - digits) & ((1U << digits) - 1);
}
// The middle of a bin.
double weight_of(std::uint64_t exponent, std::size_t bin) {
  return std::bit_cast<double>(exponent << 52 | std::uint64_t{bin} << (52 - digits) |
                               std::uint64_t{1} << (51 - digits));
}

}  // namespace

// Takes the weights that came lately into the sums, and into the runs or bins.
void WeightDistribution::settle() const {
  if (values_.empty()) return;
  for (const auto weight : values_) {
    const auto term = ExactSum::term(weight);
    const auto square = ExactSum::term(weight * weight);
    if (term) sum_.add(*term);
    if (square) squares_.add(*square);
  }
  const auto [low, high] = std::minmax_element(values_.begin(), values_.end());
  least_ = n_ == 0 ? *low : std::min(least_, *low);
  largest_ = std::max(largest_, *high);
  n_ += values_.size();
  if (bins_.empty()) {
    std::sort(values_.begin(), values_.end());
    std::vector<Run> merged;
    auto run = runs_.begin();
    const auto put = [&](double weight, std::uint64_t count) {
      if (!merged.empty() && merged.back().weight == weight) {
        merged.back().count += count;
      } else {
        merged.push_back({weight, count});
      }
    };
    for (const auto weight : values_) {
      for (; run != runs_.end() && run->weight <= weight; ++run) put(run->weight, run->count);
      put(weight, 1);
    }
    for (; run != runs_.end(); ++run) put(run->weight, run->count);
    runs_ = std::move(merged);
    values_.clear();
    if (runs_.size() > most_runs) to_bins();
    return;
  }
  for (const auto weight : values_) {
    auto& page = bins_[exponent_of(weight)];
    if (page.empty()) page.resize(std::size_t{1} << digits);
    ++page[bin_of(weight)];
  }
  values_.clear();
}

void WeightDistribution::to_bins() const {
  for (const auto& run : runs_) {
    auto& page = bins_[exponent_of(run.weight)];
    if (page.empty()) page.resize(std::size_t{1} << digits);
    page[bin_of(run.weight)] += static_cast<std::uint32_t>(run.count);
  }
  runs_.clear();
  runs_.shrink_to_fit();
}

void WeightDistribution::merge(WeightDistribution& other) {
  settle();
  other.settle();
  zero_ += other.zero_;
  if (other.n_ == 0) return;
  least_ = n_ == 0 ? other.least_ : std::min(least_, other.least_);
  largest_ = std::max(largest_, other.largest_);
  n_ += other.n_;
  sum_.add(other.sum_);
  squares_.add(other.squares_);
  std::vector<Run> merged(runs_.size() + other.runs_.size());
  std::merge(runs_.begin(), runs_.end(), other.runs_.begin(), other.runs_.end(), merged.begin(),
             [](const Run& a, const Run& b) { return a.weight < b.weight; });
  runs_.clear();
  for (const auto& run : merged) {
    if (!runs_.empty() && runs_.back().weight == run.weight) {
      runs_.back().count += run.count;
    } else {
      runs_.push_back(run);
    }
  }
  if (!bins_.empty() || !other.bins_.empty() || runs_.size() > most_runs) to_bins();
  for (const auto& [exponent, page] : other.bins_) {
    auto& own = bins_[exponent];
    if (own.empty()) own.resize(std::size_t{1} << digits);
    for (std::size_t i = 0; i < page.size(); ++i) own[i] += page[i];
  }
}

std::uint64_t WeightDistribution::n() const {
  settle();
  return n_;
}
double WeightDistribution::sum() const {
  settle();
  return sum_.value();
}
double WeightDistribution::sum_of_squares() const {
  settle();
  return squares_.value();
}
double WeightDistribution::least() const {
  settle();
  return least_;
}
double WeightDistribution::largest() const {
  settle();
  return largest_;
}

double WeightDistribution::at(std::uint64_t rank) const {
  if (rank == 0) return least_;
  if (rank + 1 == n_) return largest_;
  std::uint64_t before = 0;
  for (const auto& run : runs_) {
    before += run.count;
    if (rank < before) return run.weight;
  }
  for (const auto& [exponent, page] : bins_) {
    for (std::size_t bin = 0; bin < page.size(); ++bin) {
      before += page[bin];
      if (rank < before) return std::clamp(weight_of(exponent, bin), least_, largest_);
    }
  }
  return largest_;
}

double WeightDistribution::quantile(double p) const {
  settle();
  const auto position = p * static_cast<double>(n_ - 1);
  const auto rank = static_cast<std::uint64_t>(position);
  const auto low = at(rank);
  const auto high = at(std::min(rank + 1, n_ - 1));
  return low + (position - std::floor(position)) * (high - low);
}

double WeightDistribution::deff() const {
  const auto total = sum();
  return static_cast<double>(n_) * squares_.value() / (total * total);
}

double WeightDistribution::effective_n() const {
  const auto total = sum();
  return total * total / squares_.value();
}

void WeightDistribution::distinct(std::vector<double>& weights,
                                  std::vector<std::uint64_t>& counts) const {
  settle();
  weights.clear();
  counts.clear();
  for (const auto& run : runs_) {
    weights.push_back(run.weight);
    counts.push_back(run.count);
  }
}

}  // namespace sondeo
