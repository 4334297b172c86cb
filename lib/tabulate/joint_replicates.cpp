// SPDX-License-Identifier: MIT
#include "tabulate/joint_replicates.h"

#include <algorithm>
#include <cmath>

namespace sondeo {
namespace {

// Words of so many weights stay in the second cache beside the tables.
constexpr std::size_t weights_at_hand = 4096;
// So many rows show what sizes weights have.
constexpr std::size_t rows_to_scale = 64;

}  // namespace

JointReplicates::JointReplicates(std::size_t replicates)
    : size_(replicates),
      stride_((replicates + ReplicateScale::lanes - 1) / ReplicateScale::lanes *
              ReplicateScale::lanes),
      chunk_rows_(std::clamp<std::size_t>(weights_at_hand / stride_, 4, 512)),
      weights_(stride_),
      words_(chunk_rows_ * 2 * stride_),
      sums_(replicates),
      sketch_(replicates, stride_) {}

void JointReplicates::resize(const std::vector<std::size_t>& cells) {
  tables_.resize(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) tables_[i].assign(cells[i] * 2 * stride_, 0);
}

void JointReplicates::scale_to(const ReadReplicates& read, const std::uint32_t* rows,
                               const double* weights, std::size_t count) {
  for (std::size_t i = 0; i < std::min(count, rows_to_scale); ++i) {
    read(rows[i], weights[i], weights_.data());
    for (std::size_t r = 0; r < size_; ++r) {
      const double weight = weights_[r];
      if (weight <= 0) continue;
      least_ = least_ == 0 ? weight : std::min(least_, weight);
      most_ = std::max(most_, weight);
    }
  }
  if (most_ == 0) return;
  scale_ = ReplicateScale(std::ilogb(least_), std::ilogb(most_));
  scale_is_due_ = false;
}

bool JointReplicates::take(const ReadReplicates& read, std::uint32_t row, double weight,
                           std::size_t at) {
  read(row, weight, weights_.data());
  auto* words = words_.data() + at * 2 * stride_;
  if (!scale_.pack(weights_.data(), stride_, words)) return false;
  sketch_.add(weights_.data(), words);
  return true;
}

const double* JointReplicates::outside(const ReadReplicates& read, std::uint32_t row,
                                       double weight) {
  read(row, weight, weights_.data());
  return weights_.data();
}

const ExactSum* JointReplicates::sums(std::size_t table, std::size_t cell) {
  std::fill(sums_.begin(), sums_.end(), ExactSum{});
  scale_.unpack(tables_[table].data() + cell * 2 * stride_, stride_, size_, sums_.data());
  return sums_.data();
}

void JointReplicates::clear() {
  for (auto& table : tables_) std::fill(table.begin(), table.end(), 0);
  sketch_.unpack(scale_);
}

}  // namespace sondeo
