// SPDX-License-Identifier: MIT
#include "infer/residuals.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "infer/linear_pass.h"
#include "infer/margin_regression.h"

namespace sondeo {
namespace {

// Sums of products that are kept at most, over all strata.
constexpr std::size_t most_products = std::size_t{1} << 24;
// Bounds are above what rounding may make of a sum.
constexpr double slack = 1.001;
// Instead of the axis of a column: the constant, and numbers after it.
constexpr std::size_t other_columns = static_cast<std::size_t>(-1) / 2;

}  // namespace

class Residuals::Columns {
 public:
  Columns(const Residuals& owner, const RowDecoder& decoder) : rule_(owner.rule_) {
    if (rule_.constant) names.emplace_back(other_columns, Key{});
    for (const auto number : rule_.numbers) names.emplace_back(other_columns + 1 + number, Key{});
    for (const auto axis : rule_.axes) {
      kinds_.emplace_back(decoder.axis(axis));
      column_of_.emplace_back();
    }
  }

  // The values of x in a row that are not 0.
  const std::vector<Feature>& values(const Rows& rows, std::size_t row) {
    values_.clear();
    if (rule_.constant) values_.push_back({0, 1});
    for (const auto number : rule_.numbers) {
      const double x = rows.numbers[number][row];
      if (std::isnan(x)) refuse(rows, row, "number");
      values_.push_back({static_cast<std::uint32_t>(values_.size()), x});
    }
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      kinds_[i].refresh();
      const auto& axis = rows.axes[rule_.axes[i]];
      const auto code = category_of(rows, axis, kinds_[i], row);
      auto& column_of = column_of_[i];
      if (column_of.size() <= code) column_of.resize(kinds_[i].size());
      if (column_of[code] == 0) {
        names.emplace_back(i, kinds_[i].key(code));
        column_of[code] = static_cast<std::uint32_t>(names.size());
      }
      values_.push_back({column_of[code] - 1, 1});
    }
    return values_;
  }

  std::vector<std::pair<std::size_t, Key>> names;

 private:
  // Crossed questions and select-all ones have lists of codes; one of them may be a category.
  static std::uint32_t category_of(const Rows& rows, const AxisCodes& axis, const AxisKinds& kinds,
                                   std::size_t row) {
    const auto first = axis.offsets == nullptr ? row : axis.offsets[row];
    const auto last = axis.offsets == nullptr ? row + 1 : axis.offsets[row + 1];
    auto found = last;
    for (auto i = first; i < last; ++i) {
      if (kinds.kind(axis.codes[i]) != AnswerKind::category) continue;
      if (found != last) refuse(rows, row, "single category");
      found = i;
    }
    if (found == last) refuse(rows, row, "category");
    return axis.codes[found];
  }

  [[noreturn]] static void refuse(const Rows& rows, std::size_t row, const std::string& what) {
    throw Error("calibration-missing",
                "respondent " + std::to_string(rows.first_row + row + 1) + " has no " + what +
                    " of what the weights were calibrated to",
                "--calibrated names what every respondent has, as the calibration needed it");
  }

  const Calibration& rule_;
  std::vector<AxisKinds> kinds_;
  std::vector<std::vector<std::uint32_t>> column_of_;  // by code: column + 1, 0 if not met yet
  std::vector<Feature> values_;
};

void Residuals::add_influences(LinearEstimator::Second& features, const Rows& rows,
                               std::vector<std::vector<Feature>>& influences) const {
  const auto count = owner_.statistics_.size();
  features.visit_features(rows, [&](std::size_t row, std::size_t domain, const auto& values) {
    for (std::size_t s = 0; s < count; ++s) {
      const auto& gradient = gradients_[domain * count + s];
      double z = 0;
      for (const auto& [feature, value] : values) z += gradient[feature] * value;
      if (z != 0) influences[row].push_back({static_cast<std::uint32_t>(domain * count + s), z});
    }
  });
}

struct Residuals::Regression : RowWorker {
  Regression(const Residuals& residuals, const RowDecoder& decoder)
      : owner(residuals), columns(residuals, decoder), features(residuals.owner_, decoder) {}

  void take(const Rows& rows) override {
    std::vector<std::vector<Feature>> influences(rows.size);
    owner.add_influences(features, rows, influences);
    for (std::size_t row = 0; row < rows.size; ++row) {
      largest_weight = std::max(largest_weight, rows.weights[row]);
      const double base = rows.base_weights == nullptr ? 1 : rows.base_weights[row];
      const double v = owner.rule_.raking ? (base > 0 ? 1 : 0) : base;
      const auto& x = columns.values(rows, row);
      const auto count = columns.names.size();
      squares.resize(std::max(squares.size(), count * (count + 1) / 2));
      crossed.resize(std::max(crossed.size(), count * owner.statistics_));
      largest.resize(count);
      for (const auto& [a, xa] : x) {
        largest[a] = std::max(largest[a], std::fabs(xa));
        for (const auto& [b, xb] : x) {
          if (b <= a) squares[a * (a + 1) / 2 + b].add(v * xa * xb);
        }
        for (const auto& [k, z] : influences[row])
          crossed[a * owner.statistics_ + k].add(v * xa * z);
      }
      largest_influence.resize(owner.statistics_);
      for (const auto& [k, z] : influences[row])
        largest_influence[k] = std::max(largest_influence[k], std::fabs(z));
    }
  }

  const Residuals& owner;
  Columns columns;
  LinearEstimator::Second features;
  std::vector<WideSum> squares;  // of v x x', rows of the lower triangle
  std::vector<WideSum> crossed;  // of v x z: [columns * statistics]
  std::vector<double> largest;   // |x| by column
  std::vector<double> largest_influence;
  double largest_weight = 0;
};

struct Residuals::Sums : RowWorker {
  Sums(const Residuals& residuals, const RowDecoder& decoder)
      : owner(residuals), columns(residuals, decoder), features(residuals.owner_, decoder) {
    for (const double bound : owner.bounds_) {
      scales.push_back(FixedScale::of(bound));
      for (const double other : owner.bounds_)
        square_scales.push_back(FixedScale::of(bound * other));
    }
  }

  void take(const Rows& rows) override {
    const auto count = owner.statistics_;
    std::vector<std::vector<Feature>> influences(rows.size);
    owner.add_influences(features, rows, influences);
    std::vector<double> u(count);
    for (std::size_t row = 0; row < rows.size; ++row) {
      std::fill(u.begin(), u.end(), 0.0);
      for (const auto& [k, z] : influences[row]) u[k] += z;
      const auto& x = columns.values(rows, row);
      while (global.size() < columns.names.size())
        global.push_back(place_of(columns.names[global.size()]));
      for (const auto& [a, value] : x) {
        const auto& coefficients = owner.coefficients_[global[a]];
        for (std::size_t k = 0; k < count; ++k) u[k] -= value * coefficients[k];
      }
      const auto unit = rows.units[row];
      if (sums.size() < (unit + std::size_t{1}) * count) {
        sums.resize((2 * unit + 1) * count);
        if (by_rows) products.resize((2 * unit + 1) * count * count);
        met.resize(2 * unit + 1);
      }
      met[unit] = 1;
      for (std::size_t k = 0; k < count; ++k) {
        u[k] *= rows.weights[row];
        if (std::fabs(u[k]) > owner.bounds_[k]) {
          throw Error("changed", "the file is no longer what it was when it was read before",
                      "let nobody write to it meanwhile");
        }
        sums[unit * count + k].add(u[k], scales[k]);
        for (std::size_t j = 0; by_rows && j <= k; ++j)
          products[(unit * count + k) * count + j].add(u[k] * u[j], square_scales[k * count + j]);
      }
    }
  }

  std::size_t place_of(const std::pair<std::size_t, Key>& name) const {
    const auto found = std::find(owner.names_.begin(), owner.names_.end(), name);
    return static_cast<std::size_t>(found - owner.names_.begin());
  }

  const Residuals& owner;
  Columns columns;
  LinearEstimator::Second features;
  bool by_rows = owner.owner_.units_.rows_are_units;
  std::vector<FixedScale> scales;
  std::vector<FixedScale> square_scales;
  std::vector<std::size_t> global;  // by local column
  std::vector<std::uint8_t> met;    // by local unit
  std::vector<FixedSum> sums;       // [units * statistics]
  std::vector<FixedSum> products;   // [units * statistics * statistics], below the diagonal
};

Residuals::Residuals(const LinearEstimator& estimator)
    : owner_(estimator),
      rule_(*estimator.rules_.calibration),
      statistics_(estimator.domains_.size() * estimator.statistics_.size()) {
  const auto features = estimator.sum_plan_.features;
  for (std::size_t domain = 0; domain < estimator.domains_.size(); ++domain) {
    for (std::size_t s = 0; s < estimator.statistics_.size(); ++s) {
      auto& row = gradients_.emplace_back(features);
      if (std::isnan(estimator.value(domain, s))) continue;
      for (const auto& [feature, factor] : estimator.gradient(domain, s)) row[feature] += factor;
    }
  }
}

Residuals::~Residuals() = default;

std::unique_ptr<RowWorker> Residuals::worker(const RowDecoder& decoder) const {
  if (!solved_) return std::make_unique<Regression>(*this, decoder);
  return std::make_unique<Sums>(*this, decoder);
}

bool Residuals::finish(const PassResult& pass, std::size_t job) {
  if (!solved_) {
    solve(pass, job);
    solved_ = true;
    return true;
  }
  add_up(pass, job);
  return false;
}

void Residuals::solve(const PassResult& pass, std::size_t job) {
  std::map<std::pair<std::size_t, std::vector<std::string>>, std::pair<std::size_t, Key>> all;
  for (const auto& thread : pass.threads) {
    const auto& part = static_cast<const Regression&>(*thread.workers[job]);
    for (const auto& name : part.columns.names)
      all.emplace(std::pair(name.first, name.second.path), name);
  }
  for (const auto& [path, name] : all) names_.push_back(name);
  const auto p = names_.size();
  std::vector<WideSum> squares(p * p);
  std::vector<WideSum> crossed(p * statistics_);
  std::vector<double> largest(p);
  std::vector<double> influence(statistics_);
  double weight = 0;
  for (const auto& thread : pass.threads) {
    const auto& part = static_cast<const Regression&>(*thread.workers[job]);
    std::vector<std::size_t> global;
    for (const auto& name : part.columns.names) {
      const auto found = std::find(names_.begin(), names_.end(), name);
      global.push_back(static_cast<std::size_t>(found - names_.begin()));
    }
    weight = std::max(weight, part.largest_weight);
    for (std::size_t k = 0; k < part.largest_influence.size(); ++k)
      influence[k] = std::max(influence[k], part.largest_influence[k]);
    for (std::size_t a = 0; a < part.largest.size(); ++a) {
      largest[global[a]] = std::max(largest[global[a]], part.largest[a]);
      for (std::size_t b = 0; b <= a; ++b) {
        const auto at = a * (a + 1) / 2 + b;
        if (at >= part.squares.size()) continue;
        const auto i = std::max(global[a], global[b]);
        const auto j = std::min(global[a], global[b]);
        squares[i * p + j].add(part.squares[at]);
      }
      for (std::size_t k = 0; k < statistics_; ++k) {
        const auto at = a * statistics_ + k;
        if (at < part.crossed.size()) crossed[global[a] * statistics_ + k].add(part.crossed[at]);
      }
    }
  }
  std::vector<double> left(p * p);
  std::vector<double> right;
  for (std::size_t a = 0; a < p; ++a) {
    for (std::size_t b = 0; b <= a; ++b) left[a * p + b] = squares[a * p + b].value();
  }
  for (const auto& sum : crossed) right.push_back(sum.value());
  const auto solution = MarginRegression(p, left).coefficients(right, statistics_);
  coefficients_.assign(p, std::vector<double>(statistics_));
  bounds_ = influence;
  for (std::size_t a = 0; a < p; ++a) {
    for (std::size_t k = 0; k < statistics_; ++k) {
      coefficients_[a][k] = solution[a * statistics_ + k];
      bounds_[k] += largest[a] * std::fabs(coefficients_[a][k]);
    }
  }
  for (auto& bound : bounds_) bound *= weight * slack;
  const auto leaves = owner_.units_.leaves();
  if (owner_.units_.rows_are_units && leaves * statistics_ * statistics_ > most_products) {
    throw Error("calibration-size",
                "the variance of " + std::to_string(statistics_) +
                    " statistics under calibrated weights needs their products in " +
                    std::to_string(leaves) + " strata, which are too many",
                "ask for fewer at a time, or declare each respondent as a cluster: --cluster ID");
  }
}

void Residuals::add_up(const PassResult& pass, std::size_t job) {
  const auto& units = owner_.units_;
  const auto count = statistics_;
  std::vector<FixedSum> sums(units.leaves() * count);
  std::vector<FixedSum> products(units.rows_are_units ? sums.size() * count : 0);
  UnitTotals totals(units.leaves(), count, units.rows_are_units);
  std::vector<FixedScale> scales;
  std::vector<FixedScale> square_scales;
  for (const double bound : bounds_) {
    scales.push_back(FixedScale::of(bound));
    for (const double other : bounds_) square_scales.push_back(FixedScale::of(bound * other));
  }
  for (const auto& thread : pass.threads) {
    const auto& part = static_cast<const Sums&>(*thread.workers[job]);
    for (std::size_t unit = 0; unit < part.met.size(); ++unit) {
      if (part.met[unit] == 0) continue;
      const auto leaf = thread.leaves[unit];
      totals.present[leaf] = 1;
      for (std::size_t k = 0; k < count; ++k)
        sums[leaf * count + k].add(part.sums[unit * count + k]);
      for (std::size_t i = 0; units.rows_are_units && i < count * count; ++i)
        products[leaf * count * count + i].add(part.products[unit * count * count + i]);
    }
  }
  for (std::size_t i = 0; i < sums.size(); ++i) totals.sums[i] = sums[i].value(scales[i % count]);
  for (std::size_t i = 0; i < products.size(); ++i) {
    const auto k = i / count % count;
    const auto j = i % count;
    const auto leaf = i / count / count;
    const auto at = (leaf * count + std::max(j, k)) * count + std::min(j, k);
    totals.products[i] = products[at].value(square_scales[std::max(j, k) * count + std::min(j, k)]);
  }
  covariance_ = sondeo::covariance(totals, units, owner_.rules_.lonely);
}

std::size_t Residuals::place(const std::pair<std::size_t, std::size_t>& statistic) const {
  return statistic.first * owner_.statistics_.size() + statistic.second;
}

double Residuals::covariance(const std::pair<std::size_t, std::size_t>& a,
                             const std::pair<std::size_t, std::size_t>& b) const {
  return covariance_.at(place(a), place(b));
}

}  // namespace sondeo
