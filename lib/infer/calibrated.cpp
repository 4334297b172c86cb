// SPDX-License-Identifier: MIT
#include "infer/calibrated.h"

#include "infer/sample_design.h"

namespace sondeo {
namespace {

// What rounding leaves of residuals that are 0, beside what they are of.
constexpr double rounding = 1e-12;

// By influence: the sum of squares of its totals, or where rows are units of its products.
std::vector<double> sizes(const std::vector<double>& totals, const std::vector<double>& products,
                          std::size_t count) {
  std::vector<double> result(count);
  const auto leaves = totals.size() / count;
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    for (std::size_t k = 0; k < count; ++k) {
      const double total = totals[leaf * count + k];
      result[k] += products.empty() ? total * total : products[(leaf * count + k) * count + k];
    }
  }
  return result;
}

}  // namespace

CalibratedWeights::CalibratedWeights(MarginSums margins, bool rows_are_units)
    : margins_(std::move(margins)), regression_(margins_.categories, margins_.products) {
  const auto leaves =
      margins_.categories == 0 ? 0 : margins_.unit_sums.size() / margins_.categories;
  places_ = {leaves, margins_.categories, rows_are_units};
}

void CalibratedWeights::adjust(const std::vector<Influence>& influences,
                               std::vector<double>& totals, std::vector<double>& products) const {
  const auto m = places_.categories;
  const auto leaves = places_.leaves;
  const auto count = influences.size();
  std::vector<double> crossed(m * count);  // sum v x z
  // Where rows are units, sum w^2 x z by leaf.
  std::vector<double> squares(places_.rows_are_units ? leaves * m * count : 0);
  for (std::size_t k = 0; k < count; ++k) {
    for (const auto& [cell, z] : influences[k]) {
      if (z == 0) continue;
      const auto sums = further_of(*cell, places_.size());
      for (std::size_t c = 0; c < m; ++c) crossed[c * count + k] += z * sums[places_.base(c)];
      for (std::size_t i = 0; i < leaves * m && places_.rows_are_units; ++i)
        squares[i * count + k] += z * sums[places_.square(0, 0) + i];
    }
  }
  const auto b = regression_.coefficients(crossed, count);
  const auto before =
      sizes(totals, places_.rows_are_units ? products : std::vector<double>{}, count);
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    for (std::size_t c = 0; c < m; ++c) {
      const double sum = margins_.unit_sums[leaf * m + c];
      for (std::size_t k = 0; k < count; ++k) totals[leaf * count + k] -= sum * b[c * count + k];
    }
  }
  if (places_.rows_are_units) explain_products(b, squares, count, products);
  const auto after =
      sizes(totals, places_.rows_are_units ? products : std::vector<double>{}, count);
  const double least = places_.rows_are_units ? rounding : rounding * rounding;
  for (std::size_t k = 0; k < count; ++k) {
    if (before[k] <= 0 || after[k] > least * before[k]) continue;
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
      totals[leaf * count + k] = 0;
      for (std::size_t i = 0; i < count && places_.rows_are_units; ++i) {
        products[(leaf * count + k) * count + i] = 0;
        products[(leaf * count + i) * count + k] = 0;
      }
    }
  }
}

void CalibratedWeights::explain_products(const std::vector<double>& b,
                                         const std::vector<double>& squares, std::size_t count,
                                         std::vector<double>& products) const {
  const auto m = places_.categories;
  const auto leaves = places_.leaves;
  std::vector<double> explained(m * count);  // sum w^2 x x' B
  for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
    for (std::size_t c = 0; c < m; ++c) {
      for (std::size_t k = 0; k < count; ++k) {
        double sum = 0;
        for (std::size_t d = 0; d < m; ++d)
          sum += margins_.unit_products[(leaf * m + c) * m + d] * b[d * count + k];
        explained[c * count + k] = sum;
      }
    }
    const auto* z = squares.data() + leaf * m * count;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        double change = 0;
        for (std::size_t c = 0; c < m; ++c) {
          change += b[c * count + i] * (explained[c * count + j] - z[c * count + j]) -
                    b[c * count + j] * z[c * count + i];
        }
        products[(leaf * count + i) * count + j] += change;
      }
    }
  }
}

}  // namespace sondeo
