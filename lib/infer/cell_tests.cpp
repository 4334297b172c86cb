// SPDX-License-Identifier: MIT
#include "infer/cell_tests.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "infer/calibrated.h"
#include "infer/variance.h"

namespace sondeo {
namespace {

// Products of all cells with all would be too many for designs of many strata: they are made in
// parts of so many.
constexpr std::size_t part = 16;

}  // namespace

RaoScott untested(const std::string& reason) {
  RaoScott result;
  result.pearson = result.likelihood_ratio = std::nan("");
  for (auto* each : {&result.second_order, &result.second_order_likelihood, &result.first_order,
                     &result.mixture, &result.plain_mixture, &result.wald, &result.adjusted_wald}) {
    each->reason = reason;
  }
  return result;
}

namespace {

SampleUnits rows_as_units(std::uint64_t rows) {
  SampleUnits units;
  units.rows = rows;
  units.stages[0].strata.push_back({"", 0, 0, rows, {}, {}});
  return units;
}

// What the variance needs of some cells, by leaf.
class CellTotals {
 public:
  // Without a design rows are the units.
  CellTotals(const CellTable& table, std::vector<std::size_t> cells, const SampleUnits& units,
             const SampleDesign* design)
      : table_(table),
        cells_(std::move(cells)),
        units_(units),
        calibrated_(design == nullptr ? nullptr : design->calibrated.get()) {
    const auto leaves = units.leaves();
    for (const auto cell : cells_) {
      const auto& sums = table.sums[cell];
      if (design != nullptr) {
        further_.push_back(further_of(sums, (units.rows_are_units ? 2 : 1) * leaves));
      } else {
        further_.push_back({weight_of(sums, table.weighted), squares_of(sums, table.weighted)});
      }
    }
    present_.resize(leaves);
    for (const auto& sums : further_) {
      for (std::size_t leaf = 0; leaf < leaves; ++leaf)
        present_[leaf] |= sums[leaf] > 0 || calibrated_ != nullptr;
    }
  }

  // The covariances of the totals of all cells.
  std::vector<double> covariance(LonelyPsu lonely) const {
    const auto count = cells_.size();
    if (!units_.rows_are_units) return covariance_of(0, count, 0, 0, lonely).values;
    std::vector<double> result(count * count);
    for (std::size_t a = 0; a < count; a += part) {
      for (std::size_t b = 0; b <= a; b += part) {
        const auto rows = std::min(part, count - a);
        const auto columns = a == b ? 0 : std::min(part, count - b);
        const auto some = covariance_of(a, rows, b, columns, lonely);
        const auto place = [&](std::size_t i) { return i < rows ? a + i : b + i - rows; };
        for (std::size_t i = 0; i < some.rows; ++i) {
          for (std::size_t j = 0; j < some.columns; ++j)
            result[place(i) * count + place(j)] = some.at(i, j);
        }
      }
    }
    return result;
  }

 private:
  // Of `rows` cells from `a` on, and `columns` from `b` on.
  Matrix covariance_of(std::size_t a, std::size_t rows, std::size_t b, std::size_t columns,
                       LonelyPsu lonely) const {
    const auto count = rows + columns;
    const auto leaves = units_.leaves();
    UnitTotals totals(leaves, count, units_.rows_are_units);
    totals.present = present_;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& sums = further_[i < rows ? a + i : b + i - rows];
      for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
        totals.sums[leaf * count + i] = sums[leaf];
        // Nobody is in two cells, so that their products are 0.
        if (units_.rows_are_units)
          totals.products[(leaf * count + i) * count + i] = sums[leaves + leaf];
      }
    }
    if (calibrated_ != nullptr) {
      std::vector<CalibratedWeights::Influence> influences;
      for (std::size_t i = 0; i < count; ++i)
        influences.push_back({{&table_.sums[cells_[i < rows ? a + i : b + i - rows]], 1.0}});
      calibrated_->adjust(influences, totals.sums, totals.products);
    }
    return sondeo::covariance(totals, units_, lonely);
  }

  const CellTable& table_;
  std::vector<std::size_t> cells_;
  const SampleUnits& units_;
  const CalibratedWeights* calibrated_;
  std::vector<std::vector<double>> further_;  // by cell: of w by leaf, then of w2
  std::vector<std::uint8_t> present_;
};

RaoScott by_replicates(const CellTable& table, const std::vector<std::size_t>& cells,
                       const TableTotals& totals, const ReplicateDesign& rule, double n,
                       double df) {
  std::vector<std::vector<double>> replicates;
  for (const auto cell : cells) replicates.push_back(further_of(table.sums[cell], rule.size));
  const auto estimates = table_statistics(totals, totals);
  Matrix theta(rule.size + 1, estimates.size());
  for (std::size_t r = 0; r <= rule.size; ++r) {
    auto values = estimates;
    if (r > 0 && rule.rscales[r - 1] > 0) {
      auto replicate = totals;
      for (std::size_t i = 0; i < cells.size(); ++i) replicate.totals[i] = replicates[i][r - 1];
      values = table_statistics(replicate, totals);
    }
    for (std::size_t c = 0; c < values.size(); ++c) {
      if (!std::isfinite(values[c])) return untested("empty_replicate");
      theta.at(r, c) = values[c];
    }
  }
  return rao_scott(totals, replicate_covariance(theta, rule).values, n, df);
}

}  // namespace

Sums all_of(const CellTable& table) {
  Sums all;
  for (const auto& sums : table.sums) all.add(sums);
  return all;
}

double cell_freedom(const Sums& all, std::uint64_t units, bool weighted,
                    const Inference& inference) {
  const bool whole = inference.freedom == Freedom::design;
  if (inference.design != nullptr) return design_freedom(*inference.design, all, weighted, whole);
  return (whole ? static_cast<double>(units) : bases(all, weighted).n_positive) - 1;
}

RaoScott independence(const CellTable& table, std::uint64_t units, const SampleDesign* design,
                      double df) {
  TableTotals whole{table.rows, table.columns, {}};
  for (const auto& sums : table.sums) whole.totals.push_back(weight_of(sums, table.weighted));
  const auto occupied = occupied_cells(whole);
  TableTotals totals{occupied.rows, occupied.columns, {}};
  for (const auto cell : occupied.cells) totals.totals.push_back(whole.totals[cell]);
  const double n = bases(all_of(table), table.weighted).n_positive;
  if (totals.rows < 2 || totals.columns < 2) return rao_scott(totals, {}, n, df);
  if (occupied.cells.size() > most_tested_cells) return untested("too_many_cells");
  if (design != nullptr && design->replicates)
    return by_replicates(table, occupied.cells, totals, *design->replicates, n, df);
  if (design == nullptr && units < 2) return untested("one_respondent");
  const auto rows = rows_as_units(units);
  const CellTotals by_leaf(table, occupied.cells, design == nullptr ? rows : *design->units,
                           design);
  const auto covariance = by_leaf.covariance(design == nullptr ? LonelyPsu::fail : design->lonely);
  if (std::isnan(covariance[0])) return untested("lonely_psu");
  return rao_scott(totals, table_covariance(totals, covariance), n, df);
}

}  // namespace sondeo
