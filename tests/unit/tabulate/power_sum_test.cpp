// SPDX-License-Identifier: MIT
#include "tabulate/power_sum.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace sondeo {
namespace {

struct Row {
  double w;
  double y;
};

PowerSum first(const std::vector<Row>& rows) {
  PowerSum sum;
  for (const auto& row : rows) sum.add(PowerFactor::of(row.w), PowerTerm::of(row.y));
  return sum;
}

PowerSum second(const std::vector<Row>& rows) {
  PowerSum sum;
  for (const auto& row : rows) sum.add(PowerFactor::of(row.w), PowerTerm::square_of(row.y));
  return sum;
}

std::vector<Row> random_rows(unsigned seed, std::size_t count) {
  std::mt19937_64 random(seed);
  std::vector<Row> rows(count);
  for (auto& row : rows) {
    row.w = std::ldexp(static_cast<double>(random() % 1000), static_cast<int>(random() % 60) - 30);
    row.y = std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 600) - 300);
    if (random() % 2 == 0) row.y = -row.y;
  }
  return rows;
}

}  // namespace

TEST_CASE("power sum: nothing is lost between the largest and the smallest doubles") {
  constexpr double large = std::numeric_limits<double>::max();
  constexpr double small = std::numeric_limits<double>::denorm_min();
  PowerSum sum;
  sum.add(PowerFactor::of(3), PowerTerm::square_of(small));
  sum.add(PowerFactor::of(0.5), PowerTerm::square_of(large));
  sum.add(PowerFactor::of(2), PowerTerm::of(-0.1));
  CHECK(std::isinf(sum.value()));
  PowerSum gone;
  gone.add(PowerFactor::of(0.5), PowerTerm::square_of(large));
  sum.subtract(gone);
  CHECK(sum.value() == -0.2);
  PowerSum back;
  back.add(PowerFactor::of(2), PowerTerm::of(0.1));
  sum.add(back);
  // 3 * 2^-2148
  CHECK(sum.text() == "3@-537");
  CHECK(PowerSum().text() == "0");
  CHECK(PowerSum().value() == 0);
}

TEST_CASE(
    "power sum: the same text whatever the order and the parts, and text gives the sum back") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const auto rows = random_rows(seed, 100);
    const std::vector<Row> backward(rows.rbegin(), rows.rend());
    const std::vector<Row> one(rows.begin(), rows.begin() + 37);
    const std::vector<Row> other(rows.begin() + 37, rows.end());
    for (const auto& of : {first, second}) {
      const auto whole = of(rows);
      CHECK(of(backward).text() == whole.text());
      auto parts = of(other);
      parts.add(of(one));
      CHECK(parts == whole);
      parts.subtract(of(other));
      CHECK(parts == of(one));
      const auto read = PowerSum::from_text(whole.text());
      REQUIRE(read.has_value());
      CHECK(read->text() == whole.text());
      CHECK(read->value() == whole.value());
      parts.subtract(of(one));
      CHECK(parts.text() == "0");
    }
  }
  for (const char* text : {"", "-", "1", "@1", "g@0", "1@", "1@x", "1@2000", "1@1 "})
    CHECK_FALSE(PowerSum::from_text(text).has_value());
}

TEST_CASE("power sum: an exact sum of weights is a factor like any other") {
  const auto rows = random_rows(7, 50);
  ExactSum weights;
  PowerSum one_by_one;
  for (const auto& row : rows) {
    weights.add(*ExactSum::term(row.w));
    one_by_one.add(PowerFactor::of(row.w), PowerTerm::square_of(-1234.56));
  }
  PowerSum at_once;
  at_once.add(weights, PowerTerm::square_of(-1234.56));
  CHECK(at_once == one_by_one);
}

TEST_CASE("power sum: moved to another origin without rounding") {
  // 1e9 + 0, 10, 20, 30 with weights 1, 2, 3, 4: about 1e9 + 20 the sums are 0 and 1000.
  const std::vector<Row> rows{{1, 1e9}, {2, 1e9 + 10}, {3, 1e9 + 20}, {4, 1e9 + 30}};
  const double origin = 1e9 + 20;
  ExactSum weights;
  for (const auto& row : rows) weights.add(*ExactSum::term(row.w));
  auto about = first(rows);
  auto minus = PowerTerm::of(-origin);
  about.add(weights, minus);
  CHECK(about.value() == 0);
  auto squares = second(rows);
  ++minus.exponent;
  squares.add_product(first(rows), minus);
  squares.add(weights, PowerTerm::square_of(origin));
  CHECK(squares.value() == 1 * 400 + 2 * 100 + 0 + 4 * 100);
  // A negative sum as a factor.
  PowerSum negative;
  negative.add(PowerFactor::of(5), PowerTerm::of(-3));
  PowerSum product;
  product.add_product(negative, PowerTerm::of(-7));
  CHECK(product.value() == 105);
}

TEST_CASE("power sum: the nearest double") {
  // 2^53 + 1 lies between two doubles and is rounded to even; a bit far below decides otherwise.
  PowerSum sum;
  sum.add(PowerFactor::of(0x1p53), PowerTerm::of(1));
  sum.add(PowerFactor::of(1), PowerTerm::of(1));
  CHECK(sum.value() == 0x1p53);
  sum.add(PowerFactor::of(1), PowerTerm::square_of(0x1p-200));
  CHECK(sum.value() == 0x1p53 + 2);
}

}  // namespace sondeo
