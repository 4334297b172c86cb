// SPDX-License-Identifier: MIT
#include "infer/linear.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "infer/linear_pass.h"
#include "infer/residuals.h"

namespace sondeo {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
// Bounds are above what rounding may make of a difference or a product.
constexpr double slack = 1 + 1e-12;

// Keys in order, each once.
std::vector<Key> in_order(std::vector<Key> keys) {
  std::stable_sort(keys.begin(), keys.end(), key_less);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

LinearEstimator::LinearEstimator(const PassPlan& plan, LinearRequest request, DesignRules rules,
                                 ListedLevels listed)
    : plan_(plan),
      request_(std::move(request)),
      rules_(std::move(rules)),
      listed_(std::move(listed)) {}

LinearEstimator::~LinearEstimator() = default;

std::unique_ptr<RowWorker> LinearEstimator::worker(const RowDecoder& decoder) {
  if (passes_ == 0)
    return std::make_unique<First>(request_, plan_.replicates.columns.size(), decoder);
  if (residuals_) return residuals_->worker(decoder);
  return std::make_unique<Second>(*this, decoder);
}

bool LinearEstimator::finish(const PassResult& pass, std::size_t job) {
  if (passes_++ == 0) {
    finish_first(pass, job);
    return true;
  }
  if (residuals_) return residuals_->finish(pass, job);
  std::vector<const GroupSums*> parts;
  for (const auto& thread : pass.threads)
    parts.push_back(&static_cast<const Second&>(*thread.workers[job]).sums);
  sums_ = unite_sums(sum_plan_, domains_.size(), parts, pass.threads);
  units_ = pass.units;
  sketches_.resize(domains_.size());
  for (const auto& thread : pass.threads) {
    const auto& part = static_cast<const Second&>(*thread.workers[job]).sketches;
    for (std::size_t d = 0; d < part.size(); ++d) {
      if (sketches_[d].size() < part[d].size()) sketches_[d].resize(part[d].size());
      for (std::size_t i = 0; i < part[d].size(); ++i) sketches_[d][i].add(part[d][i]);
    }
  }
  // Replicate weights were calibrated one by one.
  if (!rules_.calibration || rules_.replicates) return false;
  residuals_ = std::make_unique<Residuals>(*this);
  return true;
}

void LinearEstimator::finish_first(const PassResult& pass, std::size_t job) {
  std::vector<const First*> firsts;
  for (const auto& thread : pass.threads)
    firsts.push_back(&static_cast<const First&>(*thread.workers[job]));
  if (plan_.axes[request_.by].questions.empty()) domains_.push_back({});
  for (const auto* first : firsts) {
    for (std::uint32_t code = 0; code < first->met_domains.size(); ++code) {
      if (first->met_domains[code] != 0) domains_.push_back(first->visitor.by().key(code));
    }
  }
  domains_ = in_order(std::move(domains_));
  for (std::size_t c = 0; c < request_.categories.size(); ++c) {
    auto levels = c < listed_.size() ? listed_[c] : std::vector<Key>{};
    const auto listed = levels.size();
    std::vector<Key> others;
    for (const auto* first : firsts) {
      for (std::uint32_t code = 0; code < first->met_levels[c].size(); ++code) {
        if (first->met_levels[c][code] != 0) others.push_back(first->visitor.category(c).key(code));
      }
    }
    for (auto& key : in_order(std::move(others))) {
      const auto end = levels.begin() + static_cast<std::ptrdiff_t>(listed);
      const auto known = std::find(levels.begin(), end, key);
      if (known == end) levels.push_back(std::move(key));
    }
    levels_.push_back(std::move(levels));
  }

  const auto numbers = request_.numbers.size();
  std::vector<double> least(numbers, std::numeric_limits<double>::infinity());
  std::vector<double> most(numbers, -std::numeric_limits<double>::infinity());
  for (const auto* first : firsts) {
    sum_plan_.largest_weight = std::max(sum_plan_.largest_weight, first->largest_weight);
    sum_plan_.largest_replicate = std::max(sum_plan_.largest_replicate, first->largest_replicate);
    for (std::size_t v = 0; v < numbers; ++v) {
      least[v] = std::min(least[v], first->least[v]);
      most[v] = std::max(most[v], first->most[v]);
    }
  }
  for (const auto& key : domains_) {
    FirstDomain all;
    all.sums.resize(numbers);
    for (const auto* first : firsts) {
      for (std::uint32_t code = 0; code < first->met_domains.size(); ++code) {
        if (first->met_domains[code] == 0 || first->visitor.by().key(code) != key) continue;
        all.weights.add(first->domains[code].weights);
        for (std::size_t v = 0; v < numbers; ++v) all.sums[v].add(first->domains[code].sums[v]);
      }
    }
    auto& centres = centres_.emplace_back(numbers);
    const double weight = all.weights.value();
    for (std::size_t v = 0; v < numbers && weight > 0; ++v)
      centres[v] = all.sums[v].value() / weight;
    double ratio = 0;
    if (request_.kind == LinearKind::ratio && all.sums[1].value() != 0)
      ratio = all.sums[0].value() / all.sums[1].value();
    ratios_.push_back(std::isfinite(ratio) ? ratio : 0);
  }

  // Bounds of the features that lay_out() numbers.
  auto& bounds = sum_plan_.bounds;
  bounds = {1};
  // How far numbers are from the centres: close, however large they are.
  std::vector<double> largest(numbers);
  std::vector<double> reach(numbers);
  for (std::size_t v = 0; v < numbers && least[v] <= most[v]; ++v) {
    largest[v] = std::max(std::fabs(least[v]), std::fabs(most[v]));
    for (const auto& centres : centres_)
      reach[v] = std::max({reach[v], most[v] - centres[v], centres[v] - least[v]}) * slack;
  }
  if (request_.kind == LinearKind::ratio) {
    double ratio = 0;
    for (const double each : ratios_) ratio = std::max(ratio, std::fabs(each));
    bounds.push_back((largest[0] + ratio * largest[1]) * slack);
    bounds.push_back(largest[1]);
  } else {
    bounds.insert(bounds.end(), reach.begin(), reach.end());
  }
  if (request_.kind == LinearKind::variance) {
    for (std::size_t a = 0; a < numbers; ++a) {
      for (std::size_t b = 0; b <= a; ++b) bounds.push_back(reach[a] * reach[b] * slack);
    }
  }
  lay_out();
  sum_plan_.features = bounds.size();
  sum_plan_.replicates = rules_.replicates ? plan_.replicates.columns.size() : 0;
  sum_plan_.rows_are_units = pass.units.rows_are_units;
}

// Numbers the features and lists the statistics.
void LinearEstimator::lay_out() {
  using Form = Statistic::Form;
  const auto numbers = request_.numbers.size();
  auto& bounds = sum_plan_.bounds;
  const auto add = [&](Measure measure, std::size_t variable, std::size_t a, std::size_t b,
                       Form form, std::size_t top, std::size_t bottom) {
    statistics_.push_back({measure, variable, a, b, form, static_cast<std::uint32_t>(top),
                           static_cast<std::uint32_t>(bottom), 0, 0});
  };
  switch (request_.kind) {
    case LinearKind::ratio:
      add(Measure::ratio, 0, 0, 1, Form::ratio, 1, 2);
      return;
    case LinearKind::variance: {
      std::size_t next = 1 + numbers;
      for (std::size_t a = 0; a < numbers; ++a) {
        for (std::size_t b = 0; b <= a; ++b) {
          add(Measure::variance, 0, a, b, Form::variance, next++, 0);
          statistics_.back().da = static_cast<std::uint32_t>(1 + a);
          statistics_.back().db = static_cast<std::uint32_t>(1 + b);
        }
      }
      return;
    }
    default:
      break;
  }
  const bool totals = request_.kind == LinearKind::totals;
  for (std::size_t v = 0; v < numbers; ++v)
    add(totals ? Measure::total : Measure::mean, 0, v, 0, totals ? Form::total : Form::ratio, 1 + v,
        0);
  for (std::size_t c = 0; c < request_.categories.size(); ++c) {
    first_level_.push_back(static_cast<std::uint32_t>(bounds.size()));
    for (std::size_t level = 0; level < levels_[c].size(); ++level) {
      if (!totals) add(Measure::share, c, level, 0, Form::ratio, bounds.size(), 0);
      add(Measure::count, c, level, 0, Form::total, bounds.size(), 0);
      bounds.push_back(1);
    }
  }
  if (request_.kind != LinearKind::crosstab) return;
  first_cell_ = static_cast<std::uint32_t>(bounds.size());
  for (std::size_t a = 0; a < levels_[0].size(); ++a) {
    for (std::size_t b = 0; b < levels_[1].size(); ++b) {
      const auto cell = bounds.size();
      add(Measure::cell_share, 0, a, b, Form::ratio, cell, 0);
      add(Measure::cell_count, 0, a, b, Form::total, cell, 0);
      add(Measure::row_share, 0, a, b, Form::ratio, cell, first_level_[0] + a);
      add(Measure::column_share, 0, a, b, Form::ratio, cell, first_level_[1] + b);
      bounds.push_back(1);
    }
  }
}

double LinearEstimator::origin(const Statistic& statistic, std::size_t domain) const {
  switch (statistic.measure) {
    case Measure::mean:
    case Measure::total:
      return centres_[domain][statistic.a];
    case Measure::ratio:
      return ratios_[domain];
    default:
      return 0;
  }
}

double LinearEstimator::evaluate(const Statistic& statistic, std::size_t domain,
                                 const double* totals, std::size_t stride) const {
  const auto total = [&](std::uint32_t feature) { return totals[feature * stride]; };
  const double weight = total(0);
  switch (statistic.form) {
    case Statistic::Form::ratio: {
      const double below = total(statistic.bottom);
      return below == 0 ? undefined : origin(statistic, domain) + total(statistic.top) / below;
    }
    case Statistic::Form::total:
      return total(statistic.top) + origin(statistic, domain) * weight;
    case Statistic::Form::variance:
      break;
  }
  const auto n = static_cast<double>(sums_[domain].positive_rows);
  if (n < 2 || weight == 0) return undefined;
  return n / (n - 1) *
         (total(statistic.top) / weight -
          (total(statistic.da) / weight) * (total(statistic.db) / weight));
}

double LinearEstimator::value(std::size_t domain, std::size_t statistic) const {
  return evaluate(statistics_[statistic], domain, sums_[domain].totals.data(), 1);
}

// What U is of the features: the derivatives by the totals.
std::vector<Feature> LinearEstimator::gradient(std::size_t domain, std::size_t statistic) const {
  const auto& s = statistics_[statistic];
  const auto& totals = sums_[domain].totals;
  const double weight = totals[0];
  switch (s.form) {
    case Statistic::Form::ratio: {
      const double below = totals[s.bottom];
      return {{s.top, 1 / below}, {s.bottom, -(totals[s.top] / below) / below}};
    }
    case Statistic::Form::total:
      return {{s.top, 1}, {0, origin(s, domain)}};
    case Statistic::Form::variance:
      break;
  }
  const auto n = static_cast<double>(sums_[domain].positive_rows);
  const double factor = n / (n - 1) / weight;
  const double a = totals[s.da] / weight;
  const double b = totals[s.db] / weight;
  std::vector<Feature> result{{s.top, factor}, {0, factor * (2 * a * b - totals[s.top] / weight)}};
  if (s.da == s.db) {
    result.push_back({s.da, -2 * factor * a});
  } else {
    result.push_back({s.da, -factor * b});
    result.push_back({s.db, -factor * a});
  }
  return result;
}

std::optional<double> LinearEstimator::logit_variance(std::size_t domain,
                                                      std::size_t statistic) const {
  if (!rules_.replicates) return std::nullopt;
  const auto replicates = sum_plan_.replicates;
  Matrix theta(replicates + 1, 1);
  for (std::size_t r = 0; r <= replicates; ++r) {
    const double share = r == 0 ? value(domain, statistic)
                                : evaluate(statistics_[statistic], domain,
                                           sums_[domain].replicates.data() + r - 1, replicates);
    if (!(share > 0 && share < 1)) return std::nullopt;
    theta.at(r, 0) = std::log(share / (1 - share));
  }
  return replicate_covariance(theta, *rules_.replicates).at(0, 0);
}

Matrix LinearEstimator::covariance(
    const std::vector<std::pair<std::size_t, std::size_t>>& which) const {
  const auto count = which.size();
  if (rules_.replicates) {
    const auto replicates = sum_plan_.replicates;
    Matrix theta(replicates + 1, count);
    for (std::size_t c = 0; c < count; ++c) {
      const auto [domain, statistic] = which[c];
      theta.at(0, c) = value(domain, statistic);
      for (std::size_t r = 0; r < replicates; ++r) {
        theta.at(r + 1, c) = evaluate(statistics_[statistic], domain,
                                      sums_[domain].replicates.data() + r, replicates);
      }
    }
    return replicate_covariance(theta, *rules_.replicates);
  }
  if (residuals_) {
    Matrix result(count, count);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j)
        result.at(i, j) = residuals_->covariance(which[i], which[j]);
    }
    return result;
  }
  UnitTotals totals(units_.leaves(), count, units_.rows_are_units);
  const auto features = sum_plan_.features;
  std::vector<std::vector<Feature>> gradients;
  for (const auto& [domain, statistic] : which) gradients.push_back(gradient(domain, statistic));
  for (std::size_t c = 0; c < count; ++c) {
    const auto& sums = sums_[which[c].first];
    for (std::size_t i = 0; i < sums.leaves.size(); ++i) {
      const auto leaf = sums.leaves[i];
      totals.present[leaf] = 1;
      double u = 0;
      for (const auto& [feature, factor] : gradients[c])
        u += factor * sums.leaf_sums[i * features + feature];
      totals.sums[leaf * count + c] = u;
      if (!units_.rows_are_units) continue;
      for (std::size_t other = 0; other < count; ++other) {
        // Nobody is in two domains, so that products of two are 0.
        if (which[other].first != which[c].first) {
          if (domains_overlap()) {
            throw Error("contrast-overlap",
                        "respondents are in several of the domains; without clusters their "
                        "covariance is not known",
                        "declare each respondent as a cluster: --cluster ID");
          }
          continue;
        }
        double product = 0;
        for (const auto& [a, x] : gradients[c]) {
          for (const auto& [b, y] : gradients[other])
            product += x * y * sums.leaf_products[(i * features + a) * features + b];
        }
        totals.products[(leaf * count + c) * count + other] = product;
      }
    }
  }
  return sondeo::covariance(totals, units_, rules_.lonely);
}

bool LinearEstimator::domains_overlap() const {
  const auto& by = plan_.axes[request_.by].questions;
  return std::any_of(by.begin(), by.end(),
                     [&](std::size_t question) { return plan_.questions[question].several(); });
}

std::vector<double> LinearEstimator::variances(std::size_t domain) const {
  // In parts, since products of all with all would be too many.
  constexpr std::size_t part = 16;
  std::vector<double> result;
  for (std::size_t first = 0; first < statistics_.size(); first += part) {
    std::vector<std::pair<std::size_t, std::size_t>> which;
    for (auto s = first; s < std::min(first + part, statistics_.size()); ++s)
      which.emplace_back(domain, s);
    const auto matrix = covariance(which);
    for (std::size_t i = 0; i < which.size(); ++i)
      result.push_back(std::isnan(value(domain, first + i)) ? undefined : matrix.at(i, i));
  }
  return result;
}

double LinearEstimator::df(const std::vector<std::size_t>& domains) const {
  if (rules_.replicates) {
    ReplicateSketch sketch;
    for (const auto domain : domains) sketch.add(sums_[domain].sketch);
    return rank_less_one(sketch);
  }
  std::vector<std::uint64_t> rows(units_.leaves());
  for (const auto domain : domains) {
    const auto& sums = sums_[domain];
    for (std::size_t i = 0; i < sums.leaves.size(); ++i)
      rows[sums.leaves[i]] += sums.leaf_rows[i * sum_plan_.features];
  }
  return degrees_of_freedom(rows, units_);
}

double LinearEstimator::df_of_part(std::size_t domain, std::uint32_t feature) const {
  if (rules_.replicates) {
    const auto part = feature - first_level_[0];
    return rank_less_one(part < sketches_[domain].size() ? sketches_[domain][part]
                                                         : ReplicateSketch());
  }
  std::vector<std::uint64_t> rows(units_.leaves());
  const auto& sums = sums_[domain];
  for (std::size_t i = 0; i < sums.leaves.size(); ++i)
    rows[sums.leaves[i]] = sums.leaf_rows[i * sum_plan_.features + feature];
  return degrees_of_freedom(rows, units_);
}

double LinearEstimator::rows_of_part(std::size_t domain, std::uint32_t feature) const {
  const auto& sums = sums_[domain];
  double rows = 0;
  for (std::size_t i = 0; i < sums.leaves.size(); ++i)
    rows += static_cast<double>(sums.leaf_rows[i * sum_plan_.features + feature]);
  return rows;
}

std::optional<double> LinearEstimator::srs_variance(std::size_t domain, std::size_t statistic,
                                                    bool with_replacement) const {
  const auto& s = statistics_[statistic];
  const auto& sums = sums_[domain];
  const double weight = sums.totals[0];
  // Replicates know no rows of zero weight: R counts all.
  const auto n = static_cast<double>(rules_.replicates ? sums.rows : sums.positive_rows);
  if (n < 2 || !(weight > 0) || s.form == Statistic::Form::variance) return std::nullopt;
  const bool part = s.bottom != 0 && s.measure != Measure::ratio;
  if (part) return std::nullopt;
  const double mean = sums.totals[s.top] / weight;
  double variance = n / (n - 1) * (sums.squares[s.top] / weight - mean * mean) / n;
  if (!with_replacement) variance = n > weight ? undefined : variance * (1 - n / weight);
  if (s.measure == Measure::ratio) {
    const double below = sums.totals[s.bottom];
    return variance * (weight / below) * (weight / below);
  }
  return s.form == Statistic::Form::total ? variance * weight * weight : variance;
}

}  // namespace sondeo
