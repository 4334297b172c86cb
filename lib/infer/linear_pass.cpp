// SPDX-License-Identifier: MIT
#include "infer/linear_pass.h"

#include <algorithm>
#include <limits>

#include "base/error.h"

namespace sondeo {
namespace {

// The position of the key in a list in order; its size if it is not there.
std::uint32_t find_key(const std::vector<Key>& keys, const Key& key) {
  const auto found = std::find(keys.begin(), keys.end(), key);
  return static_cast<std::uint32_t>(found - keys.begin());
}

[[noreturn]] void throw_changed() {
  throw Error("changed", "the file is no longer what it was when it was read before",
              "let nobody write to it meanwhile");
}

}  // namespace

void AxisKinds::refresh() {
  while (kinds_.size() < coder_->size()) {
    const auto key = coder_->key(static_cast<std::uint32_t>(kinds_.size()));
    kinds_.push_back(key ? key->kind : AnswerKind::not_asked);
  }
}

LinearRows::LinearRows(const LinearRequest& request, const RowDecoder& decoder)
    : request_(request), by_(decoder.axis(request.by)) {
  for (const auto axis : request.categories) categories_.emplace_back(decoder.axis(axis));
}

LinearEstimator::First::First(const LinearRequest& wanted, std::size_t replicate_count,
                              const RowDecoder& decoder)
    : request(wanted),
      replicates(replicate_count),
      visitor(request, decoder),
      met_levels(request.categories.size()),
      least(request.numbers.size(), std::numeric_limits<double>::infinity()),
      most(request.numbers.size(), -std::numeric_limits<double>::infinity()) {}

void LinearEstimator::First::take(const Rows& rows) {
  visitor.visit(rows, [&](std::size_t row, std::uint32_t by) {
    if (domains.size() <= by) {
      domains.resize(visitor.by().size());
      met_domains.resize(domains.size());
    }
    met_domains[by] = 1;
    auto& domain = domains[by];
    domain.sums.resize(request.numbers.size());
    const double weight = rows.weights[row];
    domain.weights.add(weight);
    largest_weight = std::max(largest_weight, weight);
    for (std::size_t v = 0; v < request.numbers.size(); ++v) {
      const double y = rows.numbers[request.numbers[v]][row];
      if (!std::isfinite(weight * y)) {
        throw Error("number-overflow", "a number, times its weight, is too large to be summed",
                    "divide them by a power of ten");
      }
      domain.sums[v].add(weight * y);
      least[v] = std::min(least[v], y);
      most[v] = std::max(most[v], y);
    }
    for (std::size_t c = 0; c < request.categories.size(); ++c) {
      auto& met = met_levels[c];
      if (met.size() < visitor.category(c).size()) met.resize(visitor.category(c).size());
      visitor.levels(rows, row, c, [&](std::uint32_t code) { met[code] = 1; });
    }
    const auto* weights = rows.replicates + row * replicates;
    for (std::size_t r = 0; r < replicates; ++r)
      largest_replicate = std::max(largest_replicate, std::fabs(weights[r]));
  });
}

LinearEstimator::Second::Second(const LinearEstimator& estimator, const RowDecoder& decoder)
    : owner(estimator),
      request(estimator.request_),
      visitor(request, decoder),
      sums(estimator.sum_plan_),
      level_of_(request.categories.size()),
      row_levels_(request.categories.size()) {}

void LinearEstimator::Second::number_domains() {
  while (domain_of_.size() < visitor.by().size()) {
    const auto code = static_cast<std::uint32_t>(domain_of_.size());
    auto domain = none;
    if (visitor.by().kind(code) == AnswerKind::category)
      domain = find_key(owner.domains_, visitor.by().key(code));
    domain_of_.push_back(domain);
  }
}

void LinearEstimator::Second::number_levels() {
  for (std::size_t c = 0; c < level_of_.size(); ++c) {
    const auto& kinds = visitor.category(c);
    while (level_of_[c].size() < kinds.size()) {
      const auto code = static_cast<std::uint32_t>(level_of_[c].size());
      const auto kind = kinds.kind(code);
      const bool is_level = kind == AnswerKind::category || kind == AnswerKind::net;
      level_of_[c].push_back(is_level ? find_key(owner.levels_[c], kinds.key(code)) : none);
    }
  }
}

void LinearEstimator::Second::make_features(const Rows& rows, std::size_t row, std::size_t domain) {
  features_.assign(1, {0, 1});
  const auto& centres = owner.centres_[domain];
  const auto number = [&](std::size_t v) { return rows.numbers[request.numbers[v]][row]; };
  std::uint32_t next = 1;
  if (request.kind == LinearKind::ratio) {
    features_.push_back({1, number(0) - owner.ratios_[domain] * number(1)});
    features_.push_back({2, number(1)});
    return;
  }
  for (std::size_t v = 0; v < request.numbers.size(); ++v)
    features_.push_back({next++, number(v) - centres[v]});
  if (request.kind == LinearKind::variance) {
    for (std::size_t a = 0; a < request.numbers.size(); ++a) {
      for (std::size_t b = 0; b <= a; ++b)
        features_.push_back({next++, features_[1 + a].value * features_[1 + b].value});
    }
  }
  for (std::size_t c = 0; c < request.categories.size(); ++c) {
    auto& levels = row_levels_[c];
    levels.clear();
    visitor.levels(rows, row, c, [&](std::uint32_t code) { levels.push_back(level_of_[c][code]); });
    for (const auto level : levels) {
      if (level >= owner.levels_[c].size()) throw_changed();
    }
    for (const auto level : levels) features_.push_back({owner.first_level_[c] + level, 1});
  }
  if (request.kind == LinearKind::crosstab) {
    const auto columns = static_cast<std::uint32_t>(owner.levels_[1].size());
    for (const auto a : row_levels_[0]) {
      for (const auto b : row_levels_[1])
        features_.push_back({owner.first_cell_ + a * columns + b, 1});
    }
  }
}

// Shares in a row or column have the rank of their own respondents.
void LinearEstimator::Second::sketch(std::size_t domain, const double* replicates) {
  if (sketches.size() <= domain) sketches.resize(domain + 1);
  auto& parts = sketches[domain];
  const auto first = owner.first_level_[0];
  while (parts.size() < owner.first_cell_ - first) parts.emplace_back(owner.sum_plan_.replicates);
  for (std::size_t c = 0; c < row_levels_.size(); ++c) {
    for (const auto level : row_levels_[c])
      parts[owner.first_level_[c] - first + level].add(replicates);
  }
}

void LinearEstimator::Second::visit_features(
    const Rows& rows,
    const std::function<void(std::size_t, std::size_t, const std::vector<Feature>&)>& each) {
  visitor.visit(rows, [&](std::size_t row, std::uint32_t by) {
    number_domains();
    number_levels();
    const auto domain = domain_of_[by];
    if (domain >= owner.domains_.size()) throw_changed();
    make_features(rows, row, domain);
    each(row, domain, features_);
  });
}

void LinearEstimator::Second::take(const Rows& rows) {
  const auto replicates = owner.sum_plan_.replicates;
  visit_features(rows, [&](std::size_t row, std::size_t domain, const auto& features) {
    sums.add(domain, rows.units[row], rows.weights[row],
             replicates > 0 ? rows.replicates + row * replicates : nullptr, features.data(),
             features.size());
    if (replicates > 0 && request.kind == LinearKind::crosstab)
      sketch(domain, rows.replicates + row * replicates);
  });
}

}  // namespace sondeo
