// SPDX-License-Identifier: MIT
#include "infer/regression_pass.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace sondeo {

RegressionEstimator::Ranges::Ranges(const RegressionRequest& request, std::size_t replicates,
                                    const RowDecoder& decoder)
    : visitor(request.rows, decoder),
      met_levels(request.rows.categories.size()),
      request_(request),
      replicates_(replicates) {}

void RegressionEstimator::Ranges::take(const Rows& rows) {
  const auto& numbers = request_.rows.numbers;
  visitor.visit(rows, [&](std::size_t row, std::uint32_t by) {
    const double weight = rows.weights[row];
    const auto* replicates = rows.replicates + row * replicates_;
    for (std::size_t r = 0; r < replicates_; ++r)
      largest_replicate = std::max(largest_replicate, std::fabs(replicates[r]));
    largest_weight = std::max(largest_weight, weight);
    if (domains.size() <= by) domains.resize(visitor.by().size());
    auto& domain = domains[by];
    if (domain.rows == 0) {
      domain.sums.resize(numbers.size());
      domain.least.resize(numbers.size(), 0);
      domain.largest.resize(numbers.size(), 0);
      domain.levels.resize(met_levels.size());
    }
    for (std::size_t v = 0; v < numbers.size(); ++v) {
      const double x = rows.numbers[numbers[v]][row];
      if (!std::isfinite(weight * x)) {
        throw Error("number-overflow", "a number, times its weight, is too large to be summed",
                    "divide them by a power of ten");
      }
      domain.sums[v].add(weight * x);
      domain.least[v] = domain.rows == 0 ? x : std::min(domain.least[v], x);
      domain.largest[v] = domain.rows == 0 ? x : std::max(domain.largest[v], x);
    }
    if (!request_.outcome) {
      const double y = rows.numbers[numbers[0]][row];
      largest_outcome = std::max(largest_outcome, std::fabs(y));
      outcome_is_share = outcome_is_share && y >= 0 && y <= 1;
    }
    ++domain.rows;
    domain.weights.add(weight);
    for (std::size_t c = 0; c < met_levels.size(); ++c) {
      visitor.levels(rows, row, c, [&](std::uint32_t code) {
        auto& met = met_levels[c];
        if (met.size() <= code) met.resize(visitor.category(c).size());
        met[code] = 1;
        auto& levels = domain.levels[c];
        if (levels.size() <= code) levels.resize(visitor.category(c).size());
        if (levels[code].rows++ == 0) levels[code].key = visitor.category(c).key(code);
        levels[code].weights.add(weight);
      });
    }
  });
  if (request_.outcome) largest_outcome = 1;
}

DomainRanges united_ranges(const std::vector<const RegressionEstimator::Ranges*>& parts,
                           const Key& domain) {
  DomainRanges all;
  for (const auto* part : parts) {
    for (std::uint32_t code = 0; code < part->domains.size(); ++code) {
      const auto& each = part->domains[code];
      if (each.rows == 0 || part->visitor.by().key(code) != domain) continue;
      if (all.rows == 0) {
        all = each;
        continue;
      }
      for (std::size_t v = 0; v < all.sums.size(); ++v) {
        all.sums[v].add(each.sums[v]);
        all.least[v] = std::min(all.least[v], each.least[v]);
        all.largest[v] = std::max(all.largest[v], each.largest[v]);
      }
      for (std::size_t c = 0; c < all.levels.size(); ++c)
        all.levels[c].insert(all.levels[c].end(), each.levels[c].begin(), each.levels[c].end());
      all.rows += each.rows;
      all.weights.add(each.weights);
    }
  }
  return all;
}

PredictorRange range_of(const DomainRanges& domain, const RegressionTerm& term, double weight) {
  if (domain.rows == 0) return {};
  const auto position = term.predictor->position;
  if (!term.predictor->category) {
    const double mean = weight > 0 ? domain.sums[position].value() / weight : 0;
    return {mean, domain.least[position], domain.largest[position]};
  }
  WideSum sum;
  std::uint64_t rows = 0;
  for (const auto& level : domain.levels[position]) {
    if (level.rows == 0 || level.key != term.level) continue;
    sum.add(level.weights);
    rows += level.rows;
  }
  return {weight > 0 ? sum.value() / weight : 0, rows == domain.rows ? 1.0 : 0.0,
          rows > 0 ? 1.0 : 0.0};
}

ModelRows::ModelRows(const RegressionEstimator& owner, const RowDecoder& decoder)
    : owner_(owner),
      visitor_(owner.request().rows, decoder),
      levels_(owner.request().rows.categories.size()),
      row_levels_(levels_.size()),
      x_(owner.terms().size()) {}

std::size_t ModelRows::domain_of(std::uint32_t by) {
  const auto domain = domains_.of(by, visitor_.by(), owner_.domains());
  if (domain == CodePositions::none) throw_file_changed();
  return domain;
}

void ModelRows::prepare(const Rows& rows, std::size_t row, std::size_t domain) {
  const auto& request = owner_.request();
  for (std::size_t c = 0; c < levels_.size(); ++c) {
    row_levels_[c] = CodePositions::none;
    visitor_.levels(rows, row, c, [&](std::uint32_t code) {
      row_levels_[c] = levels_[c].of(code, visitor_.category(c), owner_.levels(c));
    });
    if (row_levels_[c] == CodePositions::none) throw_file_changed();
  }
  const auto& scale = owner_.scale(domain);
  for (std::size_t i = 0; i < x_.size(); ++i) {
    const auto& term = owner_.terms()[i];
    double x = 1;
    if (term.predictor && term.predictor->category) {
      x = row_levels_[term.predictor->position] == term.index ? 1 : 0;
    } else if (term.predictor) {
      x = rows.numbers[request.rows.numbers[term.predictor->position]][row];
    }
    x_[i] = (x - scale.centre[i]) / scale.scale[i];
    if (!(std::fabs(x_[i]) <= 1 + 1e-9)) throw_file_changed();
  }
  y_ = request.outcome ? (row_levels_[0] == owner_.outcome_level() ? 1 : 0)
                       : rows.numbers[request.rows.numbers[0]][row];
  if (!(std::fabs(y_) <= owner_.largest_outcome())) throw_file_changed();
}

RegressionEstimator::Steps::Steps(const RegressionEstimator& owner, const RowDecoder& decoder)
    : owner_(owner), rows_(owner, decoder), terms_(model_sum_count(owner.terms_.size())) {
  for (const auto& model : owner.models_) {
    auto& domain_sums = sums.emplace_back();
    auto& domain_scales = scales_.emplace_back();
    for (std::size_t f = 0; f < model.fits.size(); ++f) {
      domain_sums.emplace_back(terms_.size());
      auto& scales = domain_scales.emplace_back();
      const double weight =
          f == 0 ? owner.sum_plan_.largest_weight : owner.sum_plan_.largest_replicate;
      for (const double bound : owner.term_bounds(model.fits[f]))
        scales.push_back(FixedScale::of(weight * bound));
    }
  }
}

void RegressionEstimator::Steps::take(const Rows& rows) {
  const auto replicates = owner_.sum_plan_.replicates;
  rows_.visit(rows, [&](std::size_t row, std::size_t domain, const std::vector<double>& x,
                        double y) {
    const auto& model = owner_.models_[domain];
    if (!model.reason.empty()) return;
    for (std::size_t f = 0; f < model.fits.size(); ++f) {
      const double weight = f == 0 ? rows.weights[row] : rows.replicates[row * replicates + f - 1];
      if (model.fits[f].converged || weight == 0) continue;
      model_terms(owner_.request_.link, x, y, model.fits[f].coefficients, terms_);
      for (std::size_t i = 0; i < terms_.size(); ++i)
        sums[domain][f][i].add(weight * terms_[i], scales_[domain][f][i]);
    }
  });
}

RegressionEstimator::Scores::Scores(const RegressionEstimator& owner, const RowDecoder& decoder)
    : sums(owner.sum_plan_), owner_(owner), rows_(owner, decoder), score_(owner.terms_.size()) {}

void RegressionEstimator::Scores::take(const Rows& rows) {
  const auto replicates = owner_.sum_plan_.replicates;
  rows_.visit(rows,
              [&](std::size_t row, std::size_t domain, const std::vector<double>& x, double y) {
                features_.assign(1, {0, 1});
                const auto& model = owner_.models_[domain];
                if (replicates == 0 && model.reason.empty()) {
                  model_score(owner_.request_.link, x, y, model.fits[0].coefficients, score_);
                  for (std::uint32_t i = 0; i < score_.size(); ++i)
                    features_.push_back({i + 1, score_[i]});
                }
                sums.add(domain, rows.units[row], rows.weights[row],
                         replicates > 0 ? rows.replicates + row * replicates : nullptr,
                         features_.data(), features_.size());
              });
}

}  // namespace sondeo
