// SPDX-License-Identifier: MIT
// Against the same numbers by hand, respondent by respondent.
#include "infer/compare_design.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace sondeo {
namespace {

struct Respondent {
  bool a, b;
  double value;
  std::uint64_t weight;
};

void add(std::vector<ValueSums>& values, const Respondent& each) {
  auto at = values.begin();
  while (at != values.end() && at->value < each.value) ++at;
  if (at == values.end() || at->value != each.value) at = values.insert(at, {each.value, {}});
  auto& sums = at->sums;
  ++sums.n;
  ++sums.n_positive;
  sums.w.add_ones(each.weight);
  sums.w2.add_ones(each.weight * each.weight);
}

const std::vector<Respondent> sample{{true, false, 1, 2}, {true, true, 4, 1},  {true, true, 2, 3},
                                     {false, true, 5, 1}, {false, true, 3, 2}, {false, false, 9, 4},
                                     {true, false, 0, 1}};

TEST_CASE("compare by design: every row a unit, columns that overlap") {
  DesignSides sides;
  double w[2] = {0, 0};
  double sum[2] = {0, 0};
  for (const auto& each : sample) {
    const auto weight = static_cast<double>(each.weight);
    if (each.a) add(sides.a.values, each);
    if (each.b) add(sides.b.values, each);
    if (each.a && each.b) add(sides.both.values, each);
    if (each.a || each.b) {
      ++sides.domain.n;
      ++sides.domain.n_positive;
    }
    w[0] += each.a ? weight : 0;
    w[1] += each.b ? weight : 0;
    sum[0] += each.a ? weight * each.value : 0;
    sum[1] += each.b ? weight * each.value : 0;
  }
  double expected = 0;
  for (const auto& each : sample) {
    const auto weight = static_cast<double>(each.weight);
    const double z = (each.a ? weight * (each.value - sum[0] / w[0]) / w[0] : 0) -
                     (each.b ? weight * (each.value - sum[1] / w[1]) / w[1] : 0);
    expected += z * z;
  }
  expected *= 7.0 / 6;
  const auto precision = difference_precision(sides, sample.size(), true, {});
  REQUIRE(precision.variance.has_value());
  CHECK(std::abs(*precision.variance - expected) < 1e-14);
  CHECK(precision.df == 5);
}

TEST_CASE("compare by design: who is in a part and who is not") {
  Sums base;
  base.n = 10;
  base.w.add_ones(25);
  base.w2.add_ones(70);
  Sums part;
  part.n = 4;
  part.w.add_ones(9);
  part.w2.add_ones(21);
  const auto values = share_values(part, base);
  REQUIRE(values.size() == 2);
  CHECK(values[0].value == 0);
  CHECK(values[0].sums.n == 6);
  CHECK(values[0].sums.w.value() == 16);
  CHECK(values[0].sums.w2.value() == 49);
  CHECK(values[1].sums == part);
}

}  // namespace
}  // namespace sondeo
