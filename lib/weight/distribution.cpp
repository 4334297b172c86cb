// SPDX-License-Identifier: MIT
#include "weight/distribution.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sondeo {
namespace {

constexpr unsigned digits = 16;  // after the leading one
constexpr std::size_t most_runs = 1 << 15;

std::uint64_t bits_of(double weight) { return std::bit_cast<std::uint64_t>(weight); }
int exponent_of(double value) { return static_cast<int>(bits_of(value) >> 52) - 1023; }

std::size_t bin_of(double weight) {
  return bits_of(weight) >> (52 - digits) & ((1U << digits) - 1);
}

std::size_t slot_of(double weight, std::size_t slots) {
  const auto mixed = bits_of(weight) * 0x9e3779b97f4a7c15ULL;
  return (mixed ^ mixed >> 32) & (slots - 1);
}

__extension__ using Wide = unsigned __int128;

// Adds up to 2^12 numbers of which none is larger than `largest`, exactly: those down to 2^-62 of
// it as whole multiples of one unit.
class QuickSum {
 public:
  QuickSum(double largest, ExactSum& sum)
      : least_(std::max(exponent_of(largest) - 62, -76)), sum_(sum) {}
  ~QuickSum() {
    sum_.add(static_cast<std::uint64_t>(quick_), static_cast<std::uint64_t>(quick_ >> 64),
             least_ - 52);
  }
  QuickSum(const QuickSum&) = delete;
  QuickSum& operator=(const QuickSum&) = delete;

  void add(double value) {
    const auto shift = exponent_of(value) - least_;
    if (shift >= 0) [[likely]] {
      constexpr auto one = std::uint64_t{1} << 52;
      quick_ += Wide{(bits_of(value) & (one - 1)) | one} << shift;
    } else if (const auto term = ExactSum::term(value)) {
      sum_.add(*term);
    }
  }

 private:
  const int least_;
  Wide quick_ = 0;
  ExactSum& sum_;
};

}  // namespace

void ValueSums::add(const std::vector<double>& values) {
  constexpr std::size_t piece = 4096;
  for (std::size_t at = 0; at < values.size(); at += piece) {
    const auto count = std::min(piece, values.size() - at);
    const auto* each = values.data() + at;
    auto low = each[0];
    auto high = each[0];
    for (std::size_t i = 0; i < count; ++i) {
      low = std::min(low, each[i]);
      high = std::max(high, each[i]);
    }
    QuickSum sum(high, sums.w);
    QuickSum squares(high * high, sums.w2);
    for (std::size_t i = 0; i < count; ++i) {
      sum.add(each[i]);
      squares.add(each[i] * each[i]);
    }
    least = sums.n == 0 ? low : std::min(least, low);
    largest = std::max(largest, high);
    sums.n += count;
  }
}

void ValueSums::merge(const ValueSums& other) {
  if (other.sums.n == 0) return;
  least = sums.n == 0 ? other.least : std::min(least, other.least);
  largest = std::max(largest, other.largest);
  sums.add(other.sums);
}

// Takes the weights that came lately into the sums, and into the runs or bins.
void WeightDistribution::settle() const {
  if (values_.empty()) return;
  all_.add(values_);
  auto weight = values_.begin();
  for (; weight != values_.end() && pages_.empty(); ++weight) meet(*weight, 1);
  // Neighbours in the file have weights of like size: their page is at hand.
  std::uint64_t exponent = 0;
  std::uint32_t* page = nullptr;
  for (; weight != values_.end(); ++weight) {
    if (page == nullptr || bits_of(*weight) >> 52 != exponent) {
      exponent = bits_of(*weight) >> 52;
      page = page_of(exponent);
    }
    ++page[bin_of(*weight)];
  }
  values_.clear();
  sorted_.clear();
}

void WeightDistribution::meet(double weight, std::uint64_t count) const {
  if (2 * distinct_ >= slots_.size() && distinct_ < most_runs) {
    std::vector<Run> old(std::max<std::size_t>(1024, 4 * slots_.size()));
    old.swap(slots_);
    distinct_ = 0;
    for (const auto& run : old) {
      if (run.weight != 0) meet(run.weight, run.count);
    }
  }
  auto i = slot_of(weight, slots_.size());
  while (slots_[i].weight != weight && slots_[i].weight != 0) i = (i + 1) & (slots_.size() - 1);
  distinct_ += slots_[i].weight == 0;
  slots_[i].weight = weight;
  slots_[i].count += count;
  if (distinct_ > most_runs) to_pages();
}

std::uint32_t* WeightDistribution::page_of(std::uint64_t exponent) const {
  auto& page = pages_[exponent];
  if (page.empty()) page.resize(std::size_t{1} << digits);
  return page.data();
}

void WeightDistribution::count(const Run& run) const {
  page_of(bits_of(run.weight) >> 52)[bin_of(run.weight)] += static_cast<std::uint32_t>(run.count);
}

void WeightDistribution::to_pages() const {
  pages_.resize(2048);
  for (const auto& run : slots_) {
    if (run.weight != 0) count(run);
  }
  std::vector<Run>().swap(slots_);
  distinct_ = 0;
}

void WeightDistribution::merge(WeightDistribution& other) {
  settle();
  other.settle();
  sorted_.clear();
  zero_ += other.zero_;
  all_.merge(other.all_);
  for (const auto& run : other.slots_) {
    if (run.weight == 0) continue;
    if (pages_.empty()) {
      meet(run.weight, run.count);
    } else {
      count(run);
    }
  }
  if (other.pages_.empty()) return;
  if (pages_.empty()) to_pages();
  for (std::size_t exponent = 0; exponent < pages_.size(); ++exponent) {
    const auto& page = other.pages_[exponent];
    auto& own = pages_[exponent];
    if (own.size() < page.size()) own.resize(page.size());
    for (std::size_t i = 0; i < page.size(); ++i) own[i] += page[i];
  }
}

std::uint64_t WeightDistribution::n() const {
  settle();
  return all_.sums.n;
}
double WeightDistribution::sum() const {
  settle();
  return all_.sums.w.value();
}
double WeightDistribution::sum_of_squares() const {
  settle();
  return all_.sums.w2.value();
}
double WeightDistribution::least() const {
  settle();
  return all_.least;
}
double WeightDistribution::largest() const {
  settle();
  return all_.largest;
}

double WeightDistribution::at(std::uint64_t rank) const {
  if (rank == 0) return all_.least;
  if (rank + 1 == all_.sums.n) return all_.largest;
  std::uint64_t before = 0;
  for (const auto& run : sorted_) {
    before += run.count;
    if (rank < before) return run.weight;
  }
  for (std::uint64_t exponent = 0; exponent < pages_.size(); ++exponent) {
    const auto& page = pages_[exponent];
    for (std::size_t bin = 0; bin < page.size(); ++bin) {
      before += page[bin];
      if (rank >= before) continue;
      const auto middle = std::bit_cast<double>(
          exponent << 52 | std::uint64_t{bin} << (52 - digits) | std::uint64_t{1} << (51 - digits));
      return std::clamp(middle, all_.least, all_.largest);
    }
  }
  return all_.largest;
}

double WeightDistribution::quantile(double p) const {
  settle();
  if (pages_.empty() && sorted_.empty()) {
    std::copy_if(slots_.begin(), slots_.end(), std::back_inserter(sorted_),
                 [](const Run& run) { return run.weight != 0; });
    std::sort(sorted_.begin(), sorted_.end(),
              [](const Run& a, const Run& b) { return a.weight < b.weight; });
  }
  const auto n = all_.sums.n;
  const auto position = p * static_cast<double>(n - 1);
  const auto rank = static_cast<std::uint64_t>(position);
  const auto low = at(rank);
  const auto high = at(std::min(rank + 1, n - 1));
  return low + (position - std::floor(position)) * (high - low);
}

double WeightDistribution::deff() const {
  const auto total = sum();
  return static_cast<double>(n()) * sum_of_squares() / (total * total);
}

double WeightDistribution::effective_n() const {
  const auto total = sum();
  return total * total / sum_of_squares();
}

}  // namespace sondeo
