// SPDX-License-Identifier: MIT
#include "weight/weight_text.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>

namespace sondeo {
namespace {

std::string text_of(double value, char decimal = '.') {
  std::array<char, weight_text_room> room{};
  return {room.data(), write_weight(room.data(), value, decimal)};
}

// By the C library, which rounds correctly.
std::string printed(double value) {
  std::array<char, 64> room{};
  std::snprintf(room.data(), room.size(), "%.15g", value);
  return room.data();
}

TEST_CASE("weight text: by hand") {
  CHECK(text_of(0) == "0");
  CHECK(text_of(1) == "1");
  CHECK(text_of(0.1 + 0.2) == "0.3");
  CHECK(text_of(1.0999999999999999) == "1.1");
  CHECK(text_of(0.05) == "0.05");
  CHECK(text_of(120) == "120");
  CHECK(text_of(999999999) == "999999999");
  CHECK(text_of(1.0 / 3, ',') == "0,333333333333333");
  CHECK(text_of(2.0 / 3e9) == "6.66666666666667e-10");
  CHECK(text_of(1e15) == "1e+15");
  // What rounds to a power of ten.
  CHECK(text_of(std::nextafter(1.0, 0.0)) == "1");
  CHECK(text_of(std::nextafter(1e5, 0.0)) == "100000");
  CHECK(text_of(std::nextafter(0.01, 0.0)) == "0.01");
  // A half: the sixteenth and last digit is a 5.
  CHECK(text_of(131072 + 1.0 / 1024) == "131072.000976563");  // 131072.0009765625
}

TEST_CASE("weight text: the fifteen digits of the C library, for weights of every size") {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> exponent(-9, 13);
  for (int i = 0; i < 200000; ++i) {
    const auto value = std::pow(10.0, exponent(random));
    CHECK_MESSAGE(text_of(value) == printed(value), printed(value));
    const auto cents = std::round(value * 100) / 100;
    CHECK_MESSAGE(text_of(cents) == printed(cents), printed(cents));
  }
}

}  // namespace
}  // namespace sondeo
