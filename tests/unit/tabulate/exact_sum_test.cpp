// SPDX-License-Identifier: MIT
#include "tabulate/exact_sum.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace sondeo {
namespace {

// A sum as decimal people would do it, bit by bit: bits[i] counts 2^(i - 1200), carried at the end.
class LongSum {
 public:
  void add(double value) {
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, 53));
    for (int bit = exponent - 53 + origin; mantissa != 0; ++bit, mantissa >>= 1) {
      bits_[static_cast<std::size_t>(bit)] += mantissa & 1;
    }
  }

  // Rounded to nearest, ties to even, from the bits alone.
  double value() const {
    auto bits = bits_;
    for (std::size_t i = 0; i + 1 < bits.size(); ++i) {
      bits[i + 1] += bits[i] / 2;
      bits[i] %= 2;
    }
    std::size_t top = bits.size();
    while (top > 0 && bits[top - 1] == 0) --top;
    if (top == 0) return 0;
    std::uint64_t lead = 0;
    for (std::size_t i = 0; i < 53; ++i) lead = lead * 2 + bits[top - 1 - i];
    bool below = false;
    for (std::size_t i = 0; i + 54 < top; ++i) below |= bits[i] != 0;
    if (bits[top - 54] != 0 && (below || lead % 2 == 1)) ++lead;
    return std::ldexp(static_cast<double>(lead), static_cast<int>(top) - 53 - origin);
  }

 private:
  static constexpr int origin = 1200;
  std::array<std::uint64_t, 1400> bits_{};
};

ExactSum sum_of(const std::vector<double>& values) {
  ExactSum sum;
  for (const double value : values) sum.add(ExactSum::term(value).value());
  return sum;
}

double exact(const std::vector<double>& values) {
  LongSum sum;
  for (const double value : values) sum.add(value);
  return sum.value();
}

// Doubles between 2^low and 2^high with any mantissa.
std::vector<double> values_between(std::mt19937_64& random, std::size_t count, int low, int high) {
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) {
    const auto exponent = low + static_cast<int>(random() % static_cast<unsigned>(high - low));
    values.push_back(std::ldexp(1 + static_cast<double>(random() >> 12) * 0x1p-52, exponent));
  }
  return values;
}

}  // namespace

TEST_CASE("ExactSum: one term is itself") {
  std::mt19937_64 random(1);
  CHECK(sum_of({}).value() == 0);
  CHECK(sum_of({0}).value() == 0);
  CHECK(sum_of({0}) == ExactSum{});
  for (const double value : values_between(random, 20000, -76, 100))
    REQUIRE(sum_of({value}).value() == value);
  for (int exponent = -128; exponent < 100; ++exponent) {
    REQUIRE(sum_of({std::ldexp(1.0, exponent)}).value() == std::ldexp(1.0, exponent));
  }
}

TEST_CASE("ExactSum: sums are exact and rounded once, to nearest even") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 400; ++round) {
    const int low = -76 + static_cast<int>(random() % 150);
    const int high = std::min(100, low + 1 + static_cast<int>(random() % 120));
    const auto values = values_between(random, 1 + random() % 60, low, high);
    REQUIRE(sum_of(values).value() == exact(values));
  }
  // Halfway cases, and a bit far below that decides them.
  CHECK(sum_of({0x1p53, 1}).value() == 0x1p53);
  CHECK(sum_of({0x1p53, 3}).value() == 0x1p53 + 4);
  CHECK(sum_of({0x1p53, 1, 0x1p-100}).value() == 0x1p53 + 2);
  CHECK(sum_of({0x1p64, 0x1p11}).value() == 0x1p64);
  CHECK(sum_of({0x1p64, 0x1p11, 0x1p-128}).value() == 0x1p64 + 0x1p12);
  CHECK(sum_of({0x1p99, 0x1p46}).value() == 0x1p99);
  CHECK(sum_of({0x1p99, 0x1p46, 0x1p-128}).value() == 0x1p99 + 0x1p47);
  CHECK(sum_of({0x1.fffffffffffffp63, 0x1p11}).value() == 0x1p64);
}

TEST_CASE("ExactSum: the order and the grouping of terms do not matter") {
  std::mt19937_64 random(3);
  for (int round = 0; round < 100; ++round) {
    auto values = values_between(random, 50, -130, 100);
    for (int tenths = 1; tenths < 20; ++tenths) values.push_back(tenths / 10.0);
    const auto sum = sum_of(values);
    std::shuffle(values.begin(), values.end(), random);
    REQUIRE(sum_of(values) == sum);
    const auto cut = static_cast<std::ptrdiff_t>(random() % values.size());
    auto left = sum_of({values.begin(), values.begin() + cut});
    auto right = sum_of({values.begin() + cut, values.end()});
    auto other = right;
    other.add(left);
    left.add(right);
    REQUIRE(left == sum);
    REQUIRE(other == sum);
    left.add(ExactSum{});
    REQUIRE(left == sum);
  }
}

TEST_CASE("ExactSum: terms below the scale are rounded to it, each by itself") {
  CHECK(sum_of({0x1p-129}).value() == 0x1p-128);  // half up
  CHECK(sum_of({0x1.fffffffffffffp-130}).value() == 0);
  CHECK(sum_of({0x1.8p-128}).value() == 0x1p-127);
  CHECK(sum_of({0x1.7ffffffffffffp-128}).value() == 0x1p-128);
  CHECK(sum_of({1e-200}).value() == 0);
  CHECK(sum_of({std::numeric_limits<double>::denorm_min()}).value() == 0);
  CHECK(sum_of({std::numeric_limits<double>::min()}).value() == 0);
  std::mt19937_64 random(4);
  for (const double value : values_between(random, 20000, -132, -74)) {
    const double scaled = std::ldexp(value, 128);
    const double rounded = std::floor(scaled) + (scaled - std::floor(scaled) >= 0.5 ? 1 : 0);
    REQUIRE(sum_of({value}).value() == std::ldexp(rounded, -128));
  }
}

TEST_CASE("ExactSum: too large a term is refused, and 2^27 of the largest fit") {
  CHECK_FALSE(ExactSum::term(0x1p100).has_value());
  CHECK_FALSE(ExactSum::term(1e300).has_value());
  CHECK_FALSE(ExactSum::term(std::numeric_limits<double>::infinity()).has_value());
  const double largest = 0x1.fffffffffffffp99;
  REQUIRE(ExactSum::term(largest).has_value());
  auto sum = sum_of({largest});
  for (int i = 0; i < 27; ++i) sum.add(ExactSum(sum));
  CHECK(sum.value() == std::ldexp(largest, 27));
}

TEST_CASE("ExactSum: carries run through all limbs") {
  auto sum = sum_of({0x1p-64 * 0x1p-64});
  std::vector<double> values;
  // Everything from 2^-128 to 2^99, so that one more unit carries all the way.
  for (int exponent = -128; exponent < 100; ++exponent) values.push_back(std::ldexp(1.0, exponent));
  sum.add(sum_of(values));
  CHECK(sum.value() == 0x1p100);
  auto again = sum_of(values);
  again.add(*ExactSum::term(0x1p-128));
  CHECK(again == sum);
}

TEST_CASE("ExactSum: ones") {
  ExactSum ones;
  ones.add_ones(0);
  CHECK(ones == ExactSum{});
  ones.add_ones(3);
  CHECK(ones == sum_of({1, 1, 1}));
  ones.add_ones(std::numeric_limits<std::uint64_t>::max());
  CHECK(ones.value() == 0x1p64);
  ones.add_ones(std::numeric_limits<std::uint64_t>::max());
  CHECK(ones.value() == 0x1p65);
  CHECK(sum_of({0.1, 0.2}).value() == 0.1 + 0.2);
  CHECK(sum_of(std::vector<double>(10, 0.1)).value() == 1.0);
}

}  // namespace sondeo
