// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <vector>

#include "tabulate/cells.h"

namespace sondeo {
namespace {

Sums sums_of(const std::vector<double>& weights) {
  Sums sums;
  for (const double weight : weights) {
    ++sums.n;
    sums.n_positive += weight > 0;
    sums.w.add(*ExactSum::term(weight));
    sums.w2.add(*ExactSum::term(weight * weight));
  }
  sums.further = {sums.w, sums.w2};
  return sums;
}

TEST_CASE("what is left is what adding the others gives, bit for bit") {
  const std::vector<double> part{0.1, 3e14, 0, 1e-11, 2.5};
  const std::vector<double> others{0.7, 1e-12, 1e14, 0};
  auto whole = sums_of(part);
  whole.add(sums_of(others));
  CHECK(without(whole, sums_of(part)) == sums_of(others));
  CHECK(without(whole, sums_of(others)) == sums_of(part));
  const auto nobody = without(whole, whole);
  CHECK(nobody.n == 0);
  CHECK(nobody.w.value() == 0);
  CHECK(nobody.w2 == ExactSum{});
  CHECK(without(whole, Sums{}) == whole);
}

}  // namespace
}  // namespace sondeo
