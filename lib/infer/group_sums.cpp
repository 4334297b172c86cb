// SPDX-License-Identifier: MIT
#include "infer/group_sums.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"

namespace sondeo {
namespace {

double bound_of(double value) {
  if (std::isfinite(value)) return value;
  throw Error("number-overflow", "the numbers, times the weights, are too large to be summed",
              "divide them by a power of ten");
}

}  // namespace

GroupSums::GroupSums(const SumPlan& plan)
    : features_(plan.features),
      replicates_(plan.replicates),
      products_wanted_(plan.rows_are_units && plan.replicates == 0),
      bounds_(plan.bounds),
      largest_weight_(plan.largest_weight),
      weight_square_scale_(FixedScale::of(bound_of(plan.largest_weight * plan.largest_weight))) {
  const double w = plan.largest_weight;
  for (const double bound : bounds_) {
    scales_.push_back(FixedScale::of(bound_of(w * bound)));
    square_scales_.push_back(FixedScale::of(bound_of(w * bound * bound)));
    replicate_scales_.push_back(FixedScale::of(bound_of(plan.largest_replicate * bound)));
  }
  if (!products_wanted_) return;
  for (const double a : bounds_) {
    for (const double b : bounds_)
      product_scales_.push_back(FixedScale::of(bound_of(w * a * w * b)));
  }
}

std::size_t GroupSums::slot_of(std::size_t domain, std::uint32_t unit) {
  while (domains_.size() <= domain) {
    Domain fresh;
    fresh.squares.resize(features_);
    fresh.replicates.resize(replicates_ * features_);
    domains_.push_back(std::move(fresh));
  }
  auto& slots = domains_[domain].slots;
  if (slots.size() <= unit) slots.resize(std::max<std::size_t>(unit + 1, slots.size() * 3 / 2));
  if (slots[unit] == 0) {
    rows_.push_back(0);
    positive_rows_.resize(rows_.size() * features_);
    sums_.resize(rows_.size() * features_);
    if (products_wanted_) products_.resize(rows_.size() * features_ * features_);
    slots[unit] = static_cast<std::uint32_t>(rows_.size());
  }
  return slots[unit] - 1;
}

void GroupSums::add(std::size_t domain, std::uint32_t unit, double weight, const double* replicates,
                    const Feature* features, std::size_t count) {
  // By replicates units make no difference.
  const auto slot = slot_of(domain, replicates_ > 0 ? 0 : unit);
  ++rows_[slot];
  auto& whole = domains_[domain];
  bool within = weight <= largest_weight_;
  for (std::size_t i = 0; i < count; ++i)
    within &= std::fabs(features[i].value) <= bounds_[features[i].index];
  if (!within) {
    throw Error("changed", "the file is no longer what it was when it was read before",
                "let nobody write to it meanwhile");
  }
  auto* sums = sums_.data() + slot * features_;
  auto* positive = positive_rows_.data() + slot * features_;
  for (std::size_t i = 0; i < count; ++i) {
    const auto [index, value] = features[i];
    const double term = weight * value;
    sums[index].add(term, scales_[index]);
    positive[index] += weight > 0;
    whole.squares[index].add(term * value, square_scales_[index]);
    if (products_wanted_) {
      auto* products = products_.data() + slot * features_ * features_;
      for (std::size_t j = 0; j <= i; ++j) {
        const auto other = features[j].index;
        const auto at = std::max(index, other) * features_ + std::min(index, other);
        products[at].add(term * (weight * features[j].value), product_scales_[at]);
      }
    }
    auto* by_replicate = whole.replicates.data() + index * replicates_;
    const auto scale = replicate_scales_[index];
    for (std::size_t r = 0; r < replicates_; ++r) by_replicate[r].add(replicates[r] * value, scale);
  }
  whole.weight_squares.add(weight * weight, weight_square_scale_);
}

std::vector<DomainSums> unite_sums(const SumPlan& plan, std::size_t domains,
                                   const std::vector<const GroupSums*>& parts,
                                   const std::vector<PassThread>& threads) {
  const auto& first = *parts[0];
  const auto k = plan.features;
  std::vector<DomainSums> result(domains);
  for (std::size_t d = 0; d < domains; ++d) {
    auto& domain = result[d];
    // The leaves of the domain, and what is added to each.
    struct Part {
      const GroupSums* sums = nullptr;
      std::size_t slot = 0;
    };
    std::map<std::uint32_t, std::vector<Part>> by_leaf;
    FixedSum weight_squares;
    std::vector<FixedSum> squares(k);
    std::vector<FixedSum> replicates(plan.replicates * k);
    for (std::size_t t = 0; t < parts.size(); ++t) {
      if (d >= parts[t]->domains_.size()) continue;
      const auto& part = parts[t]->domains_[d];
      for (std::uint32_t unit = 0; unit < part.slots.size(); ++unit) {
        if (part.slots[unit] == 0) continue;
        const auto leaf = plan.replicates > 0 ? 0 : threads[t].leaves[unit];
        by_leaf[leaf].push_back({parts[t], part.slots[unit] - std::size_t{1}});
      }
      weight_squares.add(part.weight_squares);
      for (std::size_t i = 0; i < k; ++i) squares[i].add(part.squares[i]);
      for (std::size_t i = 0; i < replicates.size(); ++i) replicates[i].add(part.replicates[i]);
    }
    std::vector<FixedSum> totals(k);
    for (const auto& [leaf, slots] : by_leaf) {
      domain.leaves.push_back(leaf);
      domain.leaf_rows.resize(domain.leaf_rows.size() + k);
      auto* leaf_rows = domain.leaf_rows.data() + domain.leaf_rows.size() - k;
      std::vector<FixedSum> sums(k);
      std::vector<FixedSum> products(first.products_wanted_ ? k * k : 0);
      for (const auto& part : slots) {
        domain.rows += part.sums->rows_[part.slot];
        domain.positive_rows += part.sums->positive_rows_[part.slot * k];
        for (std::size_t i = 0; i < k; ++i) {
          leaf_rows[i] += part.sums->positive_rows_[part.slot * k + i];
          sums[i].add(part.sums->sums_[part.slot * k + i]);
        }
        for (std::size_t i = 0; i < products.size(); ++i)
          products[i].add(part.sums->products_[part.slot * k * k + i]);
      }
      for (std::size_t i = 0; i < k; ++i) {
        totals[i].add(sums[i]);
        domain.leaf_sums.push_back(sums[i].value(first.scales_[i]));
      }
      for (std::size_t i = 0; i < products.size(); ++i) {
        const auto at = std::max(i / k, i % k) * k + std::min(i / k, i % k);
        domain.leaf_products.push_back(products[at].value(first.product_scales_[at]));
      }
    }
    domain.weight_squares = weight_squares.value(first.weight_square_scale_);
    for (std::size_t i = 0; i < k; ++i) {
      domain.totals.push_back(totals[i].value(first.scales_[i]));
      domain.squares.push_back(squares[i].value(first.square_scales_[i]));
    }
    for (std::size_t i = 0; i < replicates.size(); ++i)
      domain.replicates.push_back(
          replicates[i].value(first.replicate_scales_[i / plan.replicates]));
  }
  return result;
}

}  // namespace sondeo
