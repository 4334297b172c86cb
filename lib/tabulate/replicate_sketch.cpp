// SPDX-License-Identifier: MIT
#include "tabulate/replicate_sketch.h"

#include <bit>
#include <cmath>

namespace sondeo {
namespace {

constexpr int entries = 3;

// An odd multiplier for each replicate, and a mix of all bits (splitmix64).
std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

std::uint64_t hash_of(const double* weights, std::size_t count) {
  std::uint64_t sum = 0;
  std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  for (std::size_t r = 0; r < count; ++r) {
    sum += std::bit_cast<std::uint64_t>(weights[r]) * factor;
    factor += 0x9e3779b97f4a7c16ULL;  // even, so that factors stay odd
  }
  return mixed(sum);
}

// Calls each(position of a row and sign) for the entries of a respondent.
template <class Each>
void each_entry(std::uint64_t hash, std::size_t rows, const Each& each) {
  for (int i = 0; i < entries; ++i) {
    hash = mixed(hash + 0x9e3779b97f4a7c15ULL);
    each(2 * ((hash >> 32) * rows >> 32) + (hash & 1));
  }
}

}  // namespace

ReplicateSketch::ReplicateSketch(std::size_t replicates, std::size_t stride)
    : replicates_(replicates),
      stride_(stride),
      rows_(replicates == 0 ? 0 : 2 * replicates + 128),
      words_(rows_ * 4 * stride),
      sums_(rows_ * 2 * replicates) {}

void ReplicateSketch::add(const double* weights, const std::int64_t* words) {
  each_entry(hash_of(weights, replicates_), rows_, [&](std::size_t at) {
    add_words(words_.data() + at * 2 * stride_, words, 2 * stride_);
  });
}

void ReplicateSketch::add(const double* weights) {
  each_entry(hash_of(weights, replicates_), rows_, [&](std::size_t at) {
    for (std::size_t r = 0; r < replicates_; ++r) {
      // A negative weight is a positive one of the other sign.
      const auto signed_at = weights[r] < 0 ? at ^ 1 : at;
      sums_[signed_at * replicates_ + r].add(*ExactSum::term(std::fabs(weights[r])));
    }
  });
}

void ReplicateSketch::unpack(const ReplicateScale& scale) {
  for (std::size_t at = 0; at < 2 * rows_; ++at) {
    auto* words = words_.data() + at * 2 * stride_;
    scale.unpack(words, stride_, replicates_, sums_.data() + at * replicates_);
  }
  words_.assign(words_.size(), 0);
}

void ReplicateSketch::add(const ReplicateSketch& other) {
  if (other.replicates_ == 0) return;
  if (replicates_ == 0) *this = ReplicateSketch(other.replicates_);
  for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i].add(other.sums_[i]);
}

std::vector<double> ReplicateSketch::matrix() const {
  std::vector<double> result(rows_ * replicates_);
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t r = 0; r < replicates_; ++r) {
      result[row * replicates_ + r] =
          sums_[2 * row * replicates_ + r].value() - sums_[(2 * row + 1) * replicates_ + r].value();
    }
  }
  return result;
}

std::size_t rank_of(const std::vector<double>& matrix, std::size_t columns) {
  constexpr double tolerance = 1e-5;
  if (columns == 0) return 0;
  const auto rows = matrix.size() / columns;
  const auto product = [](const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  };
  // What is left of each column, as a share of the whole of it.
  std::vector<std::vector<double>> left;
  for (std::size_t column = 0; column < columns; ++column) {
    std::vector<double> values(rows);
    for (std::size_t i = 0; i < rows; ++i) values[i] = matrix[i * columns + column];
    const double length = std::sqrt(product(values, values));
    if (length == 0) continue;
    for (auto& x : values) x /= length;
    left.push_back(std::move(values));
  }
  std::size_t rank = 0;
  while (!left.empty()) {
    std::size_t largest = 0;
    double length = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      const double each = std::sqrt(product(left[i], left[i]));
      if (each > length) {
        length = each;
        largest = i;
      }
    }
    if (length <= tolerance) break;
    ++rank;
    std::swap(left[largest], left.back());
    const auto direction = std::move(left.back());
    left.pop_back();
    for (auto& values : left) {
      const double along = product(direction, values) / (length * length);
      for (std::size_t i = 0; i < rows; ++i) values[i] -= along * direction[i];
    }
  }
  return rank;
}

}  // namespace sondeo
