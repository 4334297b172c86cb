// SPDX-License-Identifier: MIT
#include "infer/compare.h"

#include <algorithm>
#include <cmath>

#include "infer/distribution.h"

namespace sondeo {
namespace {

// The formulas. Sources: TableScripting reference (UNICOM Intelligence, formerly Dimensions)
// 048.100 to .156; Quantum user's guide, "Special T statistics"; IBM SPSS Statistics algorithms,
// CTABLES; WinCross help, "z-test for percents"; Crunch and askia as they document theirs.

double pooled_share(const TestSums& s) { return (s.a.r + s.b.r) / (s.a.w + s.b.w); }

// 1/e1 + 1/e2 - 2 e0/(e1 e2): columns that share respondents move together.
double effective_factor(const TestSums& s) {
  return 1 / s.e1 + 1 / s.e2 - 2 * s.e0 / (s.e1 * s.e2);
}

Spread unicom_share(const TestSums& s) {
  const double p = pooled_share(s);
  return {p * (1 - p) * effective_factor(s), s.e1 + s.e2 - s.e0 - 2, p};
}

Spread quantum_share(const TestSums& s) {
  const double p = pooled_share(s);
  const double e = s.e1 + s.e2;
  return {p * (1 - p) * effective_factor(s) * e / (e - 1), e - s.e0 - 1, p};
}

Spread spss_share(const TestSums& s) {
  const double p = pooled_share(s);
  const double factor = 1 / s.a.w + 1 / s.b.w - 2 * s.both.w / (s.a.w * s.b.w);
  return {p * (1 - p) * factor, std::nullopt, p};
}

Spread pooled_z_share(const TestSums& s) {
  const double p = pooled_share(s);
  return {p * (1 - p) * (1 / s.e1 + 1 / s.e2), std::nullopt, p};
}

double unpooled_variance(const TestSums& s, double base1, double base2) {
  return s.p1 * (1 - s.p1) / base1 + s.p2 * (1 - s.p2) / base2;
}

Spread unpooled_z_share(const TestSums& s) {
  return {unpooled_variance(s, s.e1, s.e2), std::nullopt, std::nullopt};
}

Spread unpooled_t_share(const TestSums& s) {
  return {unpooled_variance(s, s.e1, s.e2), s.e1 + s.e2 - 2, std::nullopt};
}

Spread askia_share(const TestSums& s) {
  return {unpooled_variance(s, s.a.w, s.b.w), std::nullopt, std::nullopt};
}

// w - q/w: what makes the weighted variance unbiased where weights are reliabilities.
double freedom(const TestSide& side) { return side.w - side.q / side.w; }

Spread unicom_mean(const TestSums& s) {
  const double v = (s.a.squares + s.b.squares) / (freedom(s.a) + freedom(s.b));
  return {v * effective_factor(s), s.e1 + s.e2 - s.e0 - 2, v};
}

Spread quantum_mean(const TestSums& s) {
  auto spread = unicom_mean(s);
  spread.df = std::floor(*spread.df + 0.5);
  return spread;
}

Spread wincross_mean(const TestSums& s) {
  return {s.a.sample_variance / s.e1 + s.b.sample_variance / s.e2, s.e1 + s.e2 - 2, std::nullopt};
}

Spread welch_mean(const TestSums& s) {
  const double v1 = s.a.squares / freedom(s.a) / s.e1;
  const double v2 = s.b.squares / freedom(s.b) / s.e2;
  const double v = v1 + v2;
  return {v, v * v / (v1 * v1 / (s.e1 - 1) + v2 * v2 / (s.e2 - 1)), std::nullopt};
}

std::vector<TestDialect> all_dialects() {
  std::vector<TestDialect> list;
  list.push_back({.name = "effective", .proportion = unicom_share, .mean = unicom_mean});
  list.push_back({.name = "unicom", .proportion = unicom_share, .mean = unicom_mean});
  list.push_back({.name = "quantum", .proportion = quantum_share, .mean = quantum_mean});
  list.push_back({.name = "spss", .proportion = spss_share, .extremes = false});
  list.push_back({.name = "wincross",
                  .proportion = pooled_z_share,
                  .mean = wincross_mean,
                  .overlaps = false,
                  .part_of_whole = true});
  list.push_back(list.back());
  list.back().name = "wincross_pooled";
  list.push_back(list.back());
  list.back().name = "wincross_unpooled";
  list.back().proportion = unpooled_z_share;
  list.push_back({.name = "crunch", .proportion = unpooled_t_share, .overlaps = false});
  list.push_back({.name = "askia", .proportion = askia_share, .expected_counts = true});
  list.push_back(
      {.name = "welch", .proportion = unpooled_t_share, .mean = welch_mean, .overlaps = false});
  list.push_back({.name = "design", .design = true});
  return list;
}

double effective(double w, double q) { return q > 0 ? w * w / q : 0; }

// Why the two columns are not tested, before there is a formula to ask.
std::string refusal(const TestDialect& dialect, TestMeasure measure, const TestSums& s,
                    bool has_formula, const TestRules& rules) {
  if (!has_formula) return "no_formula";
  if (s.both.w > 0 && !dialect.overlaps && !rules.total) return "overlap";
  if (!dialect.extremes && measure == TestMeasure::proportion) {
    if (s.a.w < 2 || s.b.w < 2) return "base_below_2";
    for (const double p : {s.p1, s.p2}) {
      if (p == 0 || p == 1) return "zero_or_one";
    }
  }
  if (s.e1 < rules.least_effective || s.e2 < rules.least_effective) return "small_base";
  if (rules.total && dialect.part_of_whole) {
    const double part = s.a.w / s.b.w;
    if (part < 0.05 || part > 0.95) return "part_of_whole";
  }
  return "";
}

}  // namespace

TestSide share_side(const Sums& part, const Sums& base, bool weighted) {
  TestSide side;
  side.w = weight_of(base, weighted);
  side.q = squares_of(base, weighted);
  side.r = weight_of(part, weighted);
  return side;
}

TestOverlap overlap_side(const Sums& both, bool weighted) {
  return {weight_of(both, weighted), squares_of(both, weighted)};
}

TestSide mean_side(const NumberSums& values, bool weighted) {
  TestSide side;
  const auto base = total_of(values);
  side.w = weight_of(base, weighted);
  side.q = squares_of(base, weighted);
  if (!(side.w > 0)) return side;
  const Centre centre(values, Weighing::weights, weighted);
  const Centre plain(values, Weighing::rows, weighted);
  side.mean = centre.mean();
  side.squares =
      static_cast<double>(products_about(values, centre, centre, Weighing::weights, weighted));
  if (base.n > 1) {
    const auto squares = products_about(values, plain, plain, Weighing::rows, weighted);
    side.sample_variance = static_cast<double>(squares / (static_cast<double>(base.n) - 1));
  }
  return side;
}

const std::vector<TestDialect>& dialects() {
  static const std::vector<TestDialect> list = all_dialects();
  return list;
}

const TestDialect* dialect_named(std::string_view name) {
  for (const auto& dialect : dialects()) {
    if (dialect.name == name) return &dialect;
  }
  return nullptr;
}

ColumnTest test_columns(const TestDialect& dialect, TestMeasure measure, const TestSide& a,
                        const TestSide& b, const TestOverlap& both, const TestRules& rules) {
  ColumnTest test;
  const bool shares = measure == TestMeasure::proportion;
  TestSums s{a, b, both};
  s.e1 = effective(a.w, a.q);
  s.e2 = effective(b.w, b.q);
  s.e0 = test.effective_both = effective(both.w, both.q);
  if (a.w > 0) {
    test.a = shares ? a.r / a.w : a.mean;
    test.effective_a = s.e1;
  }
  if (b.w > 0) {
    test.b = shares ? b.r / b.w : b.mean;
    test.effective_b = s.e2;
  }
  if (!test.a || !test.b) {
    test.reason = "empty_base";
    return test;
  }
  s.p1 = shares ? *test.a : 0;
  s.p2 = shares ? *test.b : 0;
  const auto formula = shares ? dialect.proportion : dialect.mean;
  test.reason = refusal(dialect, measure, s, formula != nullptr || dialect.design, rules);
  if (!test.reason.empty()) return test;
  if (std::abs(*test.a - *test.b) <= 1e-12) {
    test.reason = "equal";
    return test;
  }
  if (formula == nullptr) return test;
  const auto spread = formula(s);
  test.pooled = spread.pooled;
  if (!(spread.variance > 0)) {
    test.reason = "zero_variance";
    return test;
  }
  if (spread.df && !(*spread.df > 0)) {
    test.reason = "no_df";
    return test;
  }
  if (dialect.expected_counts && rules.group_share && std::min(a.w, b.w) * *rules.group_share < 5) {
    test.reason = "expected_below_5";
    return test;
  }
  test.se = std::sqrt(spread.variance);
  test.statistic = (*test.a - *test.b) / *test.se;
  test.df = spread.df;
  test.p = test.df ? t_two_sided(*test.statistic, *test.df) : normal_two_sided(*test.statistic);
  return test;
}

std::optional<std::size_t> level_reached(const TestDialect& dialect, const ColumnTest& test,
                                         double p_adjusted, bool adjusted,
                                         const std::vector<double>& levels) {
  if (!test.p) return std::nullopt;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double level = levels[i];
    if (dialect.expected_counts && !adjusted) {
      const double cut = level == 90   ? 1.65
                         : level == 95 ? 1.96
                         : level == 99 ? 2.576
                                       : normal_quantile(0.5 + level / 200);
      if (std::abs(*test.statistic) > cut) return i;
    } else if (p_adjusted <= (100 - level) / 100) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace sondeo
