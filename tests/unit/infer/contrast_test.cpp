// SPDX-License-Identifier: MIT
#include "infer/contrast.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace sondeo {

TEST_CASE("contrast: values and derivatives") {
  std::vector<double> slopes;
  const Contrast sum("0.5 * a + 0.5*b - `the last`");
  CHECK(sum.names() == std::vector<std::string>{"a", "b", "the last"});
  CHECK(sum.value({2, 4, 1}, slopes) == 2);
  CHECK(slopes == std::vector<double>{0.5, 0.5, -1});
  const Contrast quotient("a / (b - a)");
  CHECK(quotient.value({2, 6}, slopes) == 0.5);
  // d/da = 1/(b-a) + a/(b-a)^2, d/db = -a/(b-a)^2.
  CHECK(slopes[0] == doctest::Approx(0.25 + 2.0 / 16));
  CHECK(slopes[1] == doctest::Approx(-2.0 / 16));
  const Contrast product("-a * a * b");
  CHECK(product.value({3, 2}, slopes) == -18);
  CHECK(slopes == std::vector<double>{-12, -9});
}

TEST_CASE("contrast: what is none is refused") {
  for (const char* text : {"1 + 2", "min(a, b)", "a +"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(Contrast{text}, Error);
  }
}

}  // namespace sondeo
