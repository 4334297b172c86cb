// SPDX-License-Identifier: MIT
#include "infer/variance.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/text.h"

namespace sondeo {
namespace {

// R's tolerance for a stratum that was drawn completely.
constexpr double census = 1e-7;
// What cancellation leaves of sums of squares that are equal.
constexpr double rounding = 1e-13;

class Engine {
 public:
  Engine(const UnitTotals& totals, const SampleUnits& units, LonelyPsu lonely)
      : totals_(totals), units_(units), lonely_(lonely), result_(totals.columns, totals.columns) {
    climb();
  }

  Matrix run() {
    if (lonely_ == LonelyPsu::fail) check_lonely();
    const auto& first = units_.stages[0].strata;
    add_stage(0, 0, first.size(), 1);
    return std::move(result_);
  }

 private:
  const UnitTotals& totals_;
  const SampleUnits& units_;
  LonelyPsu lonely_;
  Matrix result_;
  // Totals of the units of every stage, summed up from the last one, and where the domain is.
  std::vector<std::vector<double>> sums_;
  std::vector<std::vector<std::uint8_t>> unit_present_;
  std::vector<std::vector<std::uint8_t>> stratum_present_;
  std::vector<std::vector<double>> stratum_sums_;

  void climb() {
    const auto columns = totals_.columns;
    const auto stages = units_.stages.size();
    sums_.resize(stages);
    unit_present_.resize(stages);
    stratum_present_.resize(stages);
    stratum_sums_.resize(stages);
    for (auto s = stages; s-- > 0;) {
      const auto& stage = units_.stages[s];
      const bool last = s + 1 == stages;
      stratum_sums_[s].assign(stage.strata.size() * columns, 0);
      stratum_present_[s].assign(stage.strata.size(), 0);
      if (last && units_.rows_are_units) {
        stratum_sums_[s] = totals_.sums;
        stratum_present_[s] = totals_.present;
        continue;
      }
      if (last) {
        sums_[s] = totals_.sums;
        unit_present_[s] = totals_.present;
      } else {
        sums_[s].assign(stage.units.size() * columns, 0);
        unit_present_[s].assign(stage.units.size(), 0);
        const auto& below = units_.stages[s + 1].strata;
        for (std::size_t h = 0; h < below.size(); ++h) {
          unit_present_[s][below[h].parent] |= stratum_present_[s + 1][h];
          for (std::size_t k = 0; k < columns; ++k)
            sums_[s][below[h].parent * columns + k] += stratum_sums_[s + 1][h * columns + k];
        }
      }
      for (std::size_t j = 0; j < stage.units.size(); ++j) {
        const auto h = stage.units[j].stratum;
        stratum_present_[s][h] |= unit_present_[s][j];
        for (std::size_t k = 0; k < columns; ++k)
          stratum_sums_[s][h * columns + k] += sums_[s][j * columns + k];
      }
    }
  }

  static double fraction(const SampleUnits::Stratum& stratum) {
    return stratum.population ? static_cast<double>(stratum.size) / *stratum.population : 0;
  }

  // Strata that cannot have a variance of their own. One where the domain is not leaves no trace.
  bool is_lonely(std::size_t s, std::size_t h) const {
    const auto& stratum = units_.stages[s].strata[h];
    return stratum.size == 1 && 1 - fraction(stratum) >= census;
  }

  bool centres() const {
    return lonely_ == LonelyPsu::centered || lonely_ == LonelyPsu::centered_domain;
  }
  bool scales() const {
    return lonely_ == LonelyPsu::scaled || lonely_ == LonelyPsu::scaled_domain;
  }

  // Strata of several units with the domain in a single one, where that counts.
  bool is_lonely_in_domain(std::size_t s, std::size_t h) const {
    if (lonely_ != LonelyPsu::centered_domain && lonely_ != LonelyPsu::scaled_domain) return false;
    const auto& stratum = units_.stages[s].strata[h];
    if (stratum.size < 2 || (s + 1 == units_.stages.size() && units_.rows_are_units)) return false;
    std::size_t present = 0;
    for (std::size_t j = 0; j < stratum.size; ++j) present += unit_present_[s][stratum.first + j];
    return present == 1;
  }

  void check_lonely() const {
    for (std::size_t s = 0; s < units_.stages.size(); ++s) {
      std::string list;
      std::size_t count = 0;
      for (std::size_t h = 0; h < units_.stages[s].strata.size(); ++h) {
        if (!is_lonely(s, h) || stratum_present_[s][h] == 0) continue;
        if (++count > 8) continue;
        const auto& stratum = units_.stages[s].strata[h];
        auto name = stratum.label;
        if (s > 0) {
          const auto& unit = units_.stages[s - 1].units[stratum.parent];
          name = unit.label + (name.empty() ? "" : " " + name);
        }
        list += (list.empty() ? "'" : ", '") + excerpt(name) + "'";
      }
      if (count == 0) continue;
      if (count > 8) list += " and " + std::to_string(count - 8) + " more";
      const auto what = s == 0 ? std::string(count == 1 ? "stratum " : "strata ")
                               : std::string(count == 1 ? "unit " : "units ");
      throw Error("lonely-psu",
                  what + (list == "''" ? "" : list + " ") + (count == 1 ? "has" : "have") +
                      " only one sampling unit" +
                      (s == 0 ? "" : " at stage " + std::to_string(s + 1)) +
                      "; its variance cannot be estimated",
                  "say what it stands for: --lonely certainty, centered or scaled; or join it with "
                  "another stratum");
    }
  }

  void add_square(const double* u, const double* centre, double factor) {
    const auto columns = totals_.columns;
    for (std::size_t i = 0; i < columns; ++i) {
      const double a = factor * (u[i] - (centre == nullptr ? 0 : centre[i]));
      if (a == 0) continue;
      for (std::size_t j = 0; j <= i; ++j)
        result_.at(i, j) += a * (u[j] - (centre == nullptr ? 0 : centre[j]));
    }
  }

  // Adds `factor` times the variance of strata first .. last of a stage, all in one unit of the
  // stage before.
  void add_stage(std::size_t s, std::size_t first, std::size_t last, double factor) {
    const auto columns = totals_.columns;
    const auto& strata = units_.stages[s].strata;
    double scaled_up = 1;
    std::vector<double> centre;
    if (scales()) {
      std::size_t all = 0;
      std::size_t lonely = 0;
      for (auto h = first; h < last; ++h) {
        if (stratum_present_[s][h] == 0) continue;
        ++all;
        lonely += is_lonely(s, h) || is_lonely_in_domain(s, h);
      }
      if (lonely > 0) {
        scaled_up = all > lonely ? static_cast<double>(all) / static_cast<double>(all - lonely)
                                 : std::numeric_limits<double>::quiet_NaN();
      }
    } else if (centres()) {
      centre.assign(columns, 0);
      double units = 0;
      for (auto h = first; h < last; ++h) {
        units += static_cast<double>(strata[h].size);
        for (std::size_t k = 0; k < columns; ++k) centre[k] += stratum_sums_[s][h * columns + k];
      }
      for (auto& each : centre) each /= units;
    }
    if (std::isnan(scaled_up)) {
      for (auto& each : result_.values) each = scaled_up;
      return;
    }
    for (auto h = first; h < last; ++h) {
      const double f = fraction(strata[h]);
      if (is_lonely(s, h)) {
        if (centres())
          add_square(stratum_sums_[s].data() + h * columns, centre.data(), factor * (1 - f));
      } else if (1 - f >= census && is_lonely_in_domain(s, h)) {
        const auto n = static_cast<double>(strata[h].size);
        if (centres())
          add_square(stratum_sums_[s].data() + h * columns, nullptr,
                     factor * (1 - f) * n / (n - 1));
      } else if (1 - f >= census) {
        add_stratum(s, h, factor * scaled_up * (1 - f));
      }
      if (s + 1 < units_.stages.size() && f > 0) add_within(s, h, factor * f);
    }
  }

  void add_stratum(std::size_t s, std::size_t h, double factor) {
    const auto columns = totals_.columns;
    const auto& stratum = units_.stages[s].strata[h];
    const auto n = static_cast<double>(stratum.size);
    factor *= n / (n - 1);
    const auto* total = stratum_sums_[s].data() + h * columns;
    if (s + 1 == units_.stages.size() && units_.rows_are_units) {
      const auto* products = totals_.products.data() + h * columns * columns;
      for (std::size_t i = 0; i < columns; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
          const double within = products[i * columns + j] - total[i] * (total[j] / n);
          // All alike: what is left is rounding.
          const double whole = std::sqrt(products[i * columns + i] * products[j * columns + j]);
          if (std::fabs(within) > rounding * whole) result_.at(i, j) += factor * within;
        }
      }
      return;
    }
    std::vector<double> mean(columns);
    for (std::size_t k = 0; k < columns; ++k) mean[k] = total[k] / n;
    for (std::size_t j = 0; j < stratum.size; ++j)
      add_square(sums_[s].data() + (stratum.first + j) * columns, mean.data(), factor);
  }

  void add_within(std::size_t s, std::size_t h, double factor) {
    const auto& stratum = units_.stages[s].strata[h];
    const auto& below = units_.stages[s + 1].strata;
    for (std::size_t unit = stratum.first; unit < stratum.first + stratum.size; ++unit) {
      const auto before = [](const SampleUnits::Stratum& a, std::size_t b) { return a.parent < b; };
      const auto begin = std::lower_bound(below.begin(), below.end(), unit, before);
      const auto end = std::lower_bound(begin, below.end(), unit + 1, before);
      add_stage(s + 1, static_cast<std::size_t>(begin - below.begin()),
                static_cast<std::size_t>(end - below.begin()), factor);
    }
  }
};

void mirror(Matrix& matrix) {
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    for (std::size_t j = 0; j < i; ++j) matrix.at(j, i) = matrix.at(i, j);
  }
}

}  // namespace

Matrix covariance(const UnitTotals& totals, const SampleUnits& units, LonelyPsu lonely) {
  auto result = Engine(totals, units, lonely).run();
  mirror(result);
  return result;
}

Matrix replicate_covariance(const Matrix& theta, const ReplicateDesign& rule) {
  const auto replicates = theta.rows - 1;
  Matrix result(theta.columns, theta.columns);
  std::vector<double> centre(theta.columns);
  for (std::size_t k = 0; k < theta.columns; ++k) {
    if (rule.mse) {
      centre[k] = theta.at(0, k);
      continue;
    }
    // About the estimate, so that large values keep their digits.
    double sum = 0;
    double count = 0;
    for (std::size_t r = 0; r < replicates; ++r) {
      if (rule.rscales[r] <= 0) continue;
      sum += theta.at(r + 1, k) - theta.at(0, k);
      ++count;
    }
    centre[k] = theta.at(0, k) + sum / count;
  }
  for (std::size_t r = 0; r < replicates; ++r) {
    for (std::size_t i = 0; i < theta.columns; ++i) {
      const double a = rule.scale * rule.rscales[r] * (theta.at(r + 1, i) - centre[i]);
      for (std::size_t j = 0; j <= i; ++j) result.at(i, j) += a * (theta.at(r + 1, j) - centre[j]);
    }
  }
  mirror(result);
  return result;
}

double degrees_of_freedom(const std::vector<std::uint64_t>& rows, const SampleUnits& units) {
  std::vector<std::uint8_t> strata(units.stages[0].strata.size());
  std::vector<std::uint8_t> psus(units.stages[0].units.size());
  const bool rows_are_psus = units.rows_are_units && units.stages.size() == 1;
  double count = 0;
  for (std::uint32_t leaf = 0; leaf < rows.size(); ++leaf) {
    if (rows[leaf] == 0) continue;
    strata[units.stratum_of(leaf)] = 1;
    if (rows_are_psus) {
      count += static_cast<double>(rows[leaf]);
    } else {
      psus[units.psu_of(leaf)] = 1;
    }
  }
  if (!rows_are_psus) count = static_cast<double>(std::count(psus.begin(), psus.end(), 1));
  return count - static_cast<double>(std::count(strata.begin(), strata.end(), 1));
}

}  // namespace sondeo
