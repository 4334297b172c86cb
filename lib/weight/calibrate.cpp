// SPDX-License-Identifier: MIT
#include "weight/calibrate.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace sondeo {
namespace {

struct Value {
  double g = 1;
  double slope = 0;  // dg/du
};

Value ratio_at(double u, Distance distance, const WeightBounds& bounds) {
  switch (distance) {
    case Distance::linear:
      return {1 + u, 1};
    case Distance::raking: {
      const auto g = std::exp(std::min(u, 700.0));
      return {g, g};
    }
    case Distance::logit:
      break;
  }
  const auto low = bounds.least_ratio;
  const auto high = bounds.largest_ratio;
  const auto a = (high - low) / ((high - 1) * (1 - low));
  const auto e = std::exp(std::clamp(a * u, -700.0, 700.0));
  const auto g = (low * (high - 1) + high * (1 - low) * e) / (high - 1 + (1 - low) * e);
  return {g, (g - low) * (high - g) * a / (high - low)};
}

Value bounded_ratio(double base, const Value& value, const WeightBounds& bounds) {
  const auto low = std::max(bounds.least_ratio, bounds.least / base);
  const auto high = std::min(bounds.largest_ratio, bounds.largest / base);
  if (value.g > high) return {high, 0};
  if (value.g < low) return {low, 0};
  return value;
}

// The equations: one column for each cell (but the first of every margin after the first, which the
// others imply), then one for each number.
class System {
 public:
  System(const CalibrationUnits& units, const std::vector<MarginCells>& margins,
         const std::vector<double>& totals, Distance distance, const WeightBounds& bounds)
      : units_(units), margins_(margins), totals_(totals), distance_(distance), bounds_(bounds) {
    const auto profiles = units.profiles.size();
    columns_.resize(profiles);
    for (std::size_t m = 0; m < margins.size(); ++m) {
      const std::size_t implied = m == 0 ? 0 : 1;
      for (std::size_t profile = 0; profile < profiles; ++profile) {
        const auto cell = static_cast<std::size_t>(margins[m].cell[profile]);
        if (cell >= implied) columns_[profile].push_back(cell_columns_ + cell - implied);
      }
      for (auto cell = implied; cell < margins[m].target.size(); ++cell)
        goals_.push_back(margins[m].target[cell]);
      cell_columns_ += margins[m].target.size() - implied;
    }
    goals_.insert(goals_.end(), totals.begin(), totals.end());
    scales_.assign(goals_.size(), 0);
    for (std::size_t p = 0; p < profiles && !totals.empty(); ++p) {
      each_unit(units, p, [&](double base, double count, const double* record) {
        for (std::size_t k = 0; k < totals.size(); ++k)
          scales_[cell_columns_ + k] += base * count * std::fabs(record[units.numbers[k]]);
      });
    }
    for (std::size_t j = 0; j < goals_.size(); ++j) {
      scales_[j] = std::max(scales_[j], std::fabs(goals_[j]));
      if (scales_[j] == 0) scales_[j] = 1;
    }
  }

  Eigen::Index size() const { return static_cast<Eigen::Index>(goals_.size()); }

  double predictor(std::size_t profile, const Eigen::VectorXd& lambda) const {
    double u = 0;
    for (const auto column : columns_[profile]) u += lambda[index(column)] / scales_[column];
    return u;
  }
  double slope(std::size_t k, const Eigen::VectorXd& lambda) const {
    return lambda[index(cell_columns_ + k)] / scales_[cell_columns_ + k];
  }

  // (goal - sum) / scale of every column at lambda and, if asked for, the derivative of the sums.
  Eigen::VectorXd misfit(const Eigen::VectorXd& lambda, Eigen::MatrixXd* jacobian) const {
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(size());
    if (jacobian != nullptr) jacobian->setZero(size(), size());
    Row row;
    for (std::size_t p = 0; p < columns_.size(); ++p) {
      const auto u = predictor(p, lambda);
      row.clear();
      for (const auto column : columns_[p]) row.emplace_back(column, 1 / scales_[column]);
      // Without numbers, all of a profile have the same row and the same u.
      const auto raw = ratio_at(u, distance_, bounds_);
      Value sum{0, 0};
      each_unit(units_, p, [&](double base, double count, const double* record) {
        if (totals_.empty()) {
          const auto value = bounded_ratio(base, raw, bounds_);
          sum.g += base * count * value.g;
          sum.slope += base * count * value.slope;
          return;
        }
        row.resize(columns_[p].size());
        for (std::size_t k = 0; k < totals_.size(); ++k) {
          const auto column = cell_columns_ + k;
          row.emplace_back(column, record[units_.numbers[k]] / scales_[column]);
        }
        const auto value = bounded_ratio(
            base, ratio_at(u + by_numbers(record, lambda), distance_, bounds_), bounds_);
        add({base * count * value.g, base * count * value.slope}, row, sums, jacobian);
      });
      if (totals_.empty()) add(sum, row, sums, jacobian);
    }
    for (std::size_t j = 0; j < goals_.size(); ++j)
      sums[index(j)] = goals_[j] / scales_[j] - sums[index(j)];
    return sums;
  }

  Gap gap(const Eigen::VectorXd& lambda) const {
    std::vector<double> weights(columns_.size(), 0);
    std::vector<double> sums(totals_.size(), 0);
    for (std::size_t p = 0; p < columns_.size(); ++p) {
      const auto u = predictor(p, lambda);
      const auto raw = ratio_at(u, distance_, bounds_);
      each_unit(units_, p, [&](double base, double count, const double* record) {
        const auto own =
            totals_.empty() ? raw : ratio_at(u + by_numbers(record, lambda), distance_, bounds_);
        const auto weight = base * count * bounded_ratio(base, own, bounds_).g;
        weights[p] += weight;
        for (std::size_t k = 0; k < totals_.size(); ++k)
          sums[k] += weight * record[units_.numbers[k]];
      });
    }
    auto worst = margin_gap(weights, margins_);
    for (std::size_t k = 0; k < totals_.size(); ++k) {
      const auto size = totals_[k] == 0 ? scales_[cell_columns_ + k] : std::fabs(totals_[k]);
      const auto error = std::fabs(sums[k] - totals_[k]) / size;
      if (!(error <= worst.relative)) worst = {error, margins_.size() + k, 0};
    }
    return worst;
  }

 private:
  static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }
  double by_numbers(const double* record, const Eigen::VectorXd& lambda) const {
    double u = 0;
    for (std::size_t k = 0; k < totals_.size(); ++k)
      u += slope(k, lambda) * record[units_.numbers[k]];
    return u;
  }

  // The columns that are not 0 for somebody, and their values.
  using Row = std::vector<std::pair<std::size_t, double>>;

  static void add(const Value& total, const Row& row, Eigen::VectorXd& sums,
                  Eigen::MatrixXd* jacobian) {
    for (const auto& [a, x] : row) {
      sums[index(a)] += total.g * x;
      if (jacobian == nullptr || total.slope == 0) continue;
      for (const auto& [b, y] : row) (*jacobian)(index(a), index(b)) += total.slope * x * y;
    }
  }

  const CalibrationUnits& units_;
  const std::vector<MarginCells>& margins_;
  const std::vector<double>& totals_;
  Distance distance_;
  const WeightBounds& bounds_;
  std::vector<std::vector<std::size_t>> columns_;  // by profile
  std::size_t cell_columns_ = 0;
  std::vector<double> goals_;
  std::vector<double> scales_;
};

}  // namespace

double calibrated_weight(double base, double u, Distance distance, const WeightBounds& bounds) {
  return base == 0 ? 0 : base * bounded_ratio(base, ratio_at(u, distance, bounds), bounds).g;
}

Calibration calibrate(const CalibrationUnits& units, const std::vector<MarginCells>& margins,
                      const std::vector<double>& totals, Distance distance,
                      const WeightBounds& bounds, const Stopping& stopping) {
  const System system(units, margins, totals, distance, bounds);
  Eigen::VectorXd lambda = Eigen::VectorXd::Zero(system.size());
  Eigen::MatrixXd jacobian;
  Calibration result;
  auto misfit = system.misfit(lambda, &jacobian);
  result.gap = system.gap(lambda);
  // Newton's last step gains as many digits as all before it: one more costs little and is kept if
  // it brings the sums closer.
  bool polished = false;
  while (result.iterations < stopping.iterations) {
    const bool close = result.gap.relative <= stopping.tolerance;
    if (close && polished) break;
    polished = close;
    ++result.iterations;
    const Eigen::VectorXd step = jacobian.completeOrthogonalDecomposition().solve(misfit);
    if (!step.allFinite()) break;
    bool better = false;
    double length = 1;
    for (int halving = 0; halving < 40 && !better; ++halving, length /= 2) {
      const Eigen::VectorXd next = lambda + length * step;
      Eigen::MatrixXd next_jacobian;
      const auto next_misfit = system.misfit(next, &next_jacobian);
      better = next_misfit.allFinite() && next_misfit.squaredNorm() < misfit.squaredNorm();
      if (!better) continue;
      lambda = next;
      misfit = next_misfit;
      jacobian = std::move(next_jacobian);
    }
    if (!better) break;
    result.gap = system.gap(lambda);
  }
  result.converged = result.gap.relative <= stopping.tolerance;
  result.predictor.resize(units.profiles.size());
  for (std::size_t p = 0; p < result.predictor.size(); ++p)
    result.predictor[p] = system.predictor(p, lambda);
  for (std::size_t k = 0; k < totals.size(); ++k) result.slopes.push_back(system.slope(k, lambda));
  return result;
}

}  // namespace sondeo
