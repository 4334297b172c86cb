// SPDX-License-Identifier: MIT
#include "tabulate/signed_sum.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace sondeo {

TEST_CASE("wide sum: nothing is lost, whatever the order") {
  const std::vector<double> terms{1e300, 1, -1e300, 1e-300, -3, 5e-324, 0.1};
  WideSum forward;
  WideSum backward;
  for (const double term : terms) forward.add(term);
  for (std::size_t i = terms.size(); i-- > 0;) backward.add(terms[i]);
  CHECK(forward.value() == -1.9);
  CHECK(backward.value() == forward.value());
  WideSum part;
  part.add(1e300);
  WideSum rest;
  for (std::size_t i = 1; i < terms.size(); ++i) rest.add(terms[i]);
  part.add(rest);
  CHECK(part.value() == forward.value());
  CHECK(WideSum().value() == 0);
}

TEST_CASE("wide sum: the nearest double") {
  WideSum sum;
  for (int i = 0; i < 10; ++i) sum.add(0.1);
  CHECK(sum.value() == 1);
  WideSum tiny;
  tiny.add(5e-324);
  tiny.add(5e-324);
  CHECK(tiny.value() == 1e-323);
  WideSum negative;
  negative.add(-0.25);
  negative.add(-0.5);
  CHECK(negative.value() == -0.75);
}

TEST_CASE("fixed sum: exact within its scale, for terms of both signs and any size") {
  for (const double unit : {0x1p-660, 1.0, 0x1p660}) {
    CAPTURE(unit);
    const auto scale = FixedScale::of(1000 * unit);
    FixedSum sum;
    sum.add(1000 * unit, scale);
    sum.add(-999 * unit, scale);
    sum.add(-0.5 * unit, scale);
    CHECK(sum.value(scale) == doctest::Approx(0.5 * unit).epsilon(1e-15));
    FixedSum other;
    other.add(0.25 * unit, scale);
    sum.add(other);
    CHECK(sum.value(scale) == doctest::Approx(0.75 * unit).epsilon(1e-15));
  }
  CHECK(FixedSum().value(FixedScale::of(0)) == 0);
}

}  // namespace sondeo
