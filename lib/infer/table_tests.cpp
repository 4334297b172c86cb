// SPDX-License-Identifier: MIT
#include "infer/table_tests.h"

#include <cmath>
#include <utility>

namespace sondeo {
namespace {

using Which = std::vector<std::pair<std::size_t, std::size_t>>;

// Statistics of a measure, in the order of their levels.
std::vector<std::size_t> all_of(const LinearEstimator& estimator, Measure measure) {
  std::vector<std::size_t> result;
  const auto& statistics = estimator.statistics();
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    if (statistics[s].measure == measure) result.push_back(s);
  }
  return result;
}

TableTotals part_of(const TableTotals& table, const OccupiedCells& occupied) {
  TableTotals part{occupied.rows, occupied.columns, {}};
  for (const auto cell : occupied.cells) part.totals.push_back(table.totals[cell]);
  return part;
}

}  // namespace

RaoScott independence(const LinearEstimator& crosstab, std::size_t domain, const DesignRules& rules,
                      double df) {
  const auto cells = all_of(crosstab, Measure::cell_count);
  TableTotals table{crosstab.levels(0).size(), crosstab.levels(1).size(), {}};
  for (const auto cell : cells) table.totals.push_back(crosstab.value(domain, cell));
  const auto occupied = occupied_cells(table);
  const auto part = part_of(table, occupied);
  const auto& sums = crosstab.sums(domain);
  const auto n = static_cast<double>(sums.positive_rows);
  if (part.rows < 2 || part.columns < 2) return rao_scott(part, {}, n, df);
  if (!rules.replicates) {
    Which which;
    for (const auto cell : occupied.cells) which.emplace_back(domain, cells[cell]);
    return rao_scott(part, table_covariance(part, crosstab.covariance(which).values), n, df);
  }
  const auto replicates = rules.replicates->rscales.size();
  const auto estimates = table_statistics(part);
  Matrix theta(replicates + 1, estimates.size());
  for (std::size_t r = 0; r <= replicates; ++r) {
    auto replicate = part;
    for (std::size_t i = 0; r > 0 && i < occupied.cells.size(); ++i) {
      const auto feature = crosstab.statistics()[cells[occupied.cells[i]]].top;
      replicate.totals[i] = sums.replicates[feature * replicates + r - 1];
    }
    const auto values = table_statistics(replicate);
    for (std::size_t c = 0; c < values.size(); ++c) theta.at(r, c) = values[c];
  }
  return rao_scott(part, replicate_covariance(theta, *rules.replicates).values, n, df);
}

GoodnessOfFit fit(const LinearEstimator& totals, std::size_t domain,
                  const std::vector<double>& shares, double df) {
  const auto counts = all_of(totals, Measure::count);
  std::vector<double> found;
  Which which;
  for (const auto count : counts) {
    found.push_back(totals.value(domain, count));
    which.emplace_back(domain, count);
  }
  return goodness_of_fit(found, totals.covariance(which).values, shares,
                         static_cast<double>(totals.sums(domain).positive_rows), df);
}

std::vector<ColumnComparison> compare_columns(const LinearEstimator& crosstab, std::size_t domain,
                                              Adjustment adjustment, double df, double level) {
  std::vector<ColumnComparison> result;
  const auto shares = all_of(crosstab, Measure::column_share);
  const auto columns = crosstab.levels(1).size();
  for (std::size_t row = 0; row < crosstab.levels(0).size(); ++row) {
    std::vector<std::size_t> present;
    Which which;
    for (std::size_t column = 0; column < columns; ++column) {
      const auto share = shares[row * columns + column];
      if (std::isnan(crosstab.value(domain, share))) continue;
      present.push_back(column);
      which.emplace_back(domain, share);
    }
    const auto spread = crosstab.covariance(which);
    const auto first = result.size();
    std::vector<double> p;
    for (std::size_t i = 0; i < present.size(); ++i) {
      for (std::size_t j = i + 1; j < present.size(); ++j) {
        ColumnComparison pair;
        pair.row = row;
        pair.a = present[i];
        pair.b = present[j];
        pair.covariance = spread.at(i, j);
        pair.compared = compare_means(
            crosstab.value(domain, which[i].second) - crosstab.value(domain, which[j].second),
            spread.at(i, i) + spread.at(j, j) - 2 * spread.at(i, j), df, level);
        p.push_back(pair.compared.test.p.value_or(std::nan("")));
        result.push_back(std::move(pair));
      }
    }
    const auto together = adjusted(p, adjustment);
    for (std::size_t i = 0; i < together.size(); ++i) result[first + i].adjusted = together[i];
  }
  return result;
}

}  // namespace sondeo
