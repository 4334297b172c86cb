// SPDX-License-Identifier: MIT
#include "tabulate/replicate_scale.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

namespace sondeo {

TEST_CASE("ReplicateScale: sums of random weights are the exact sums") {
  std::mt19937_64 random(17);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    const int smallest = static_cast<int>(random() % 110) - 70;
    const int largest = smallest + static_cast<int>(random() % (ReplicateScale::span + 1));
    const ReplicateScale scale(smallest, largest);
    constexpr std::size_t count = 5;
    constexpr std::size_t stride = 8;
    std::vector<std::int64_t> sum(2 * stride);
    std::vector<ExactSum> exact(count);
    for (int row = 0; row < 200; ++row) {
      std::vector<double> weights(stride);
      for (std::size_t r = 0; r < count; ++r) {
        const int exponent =
            smallest + static_cast<int>(random() % static_cast<unsigned>(largest - smallest + 1));
        const double mantissa = 1 + static_cast<double>(random() >> 12) * 0x1p-52;
        weights[r] = random() % 5 == 0 ? 0 : std::ldexp(mantissa, exponent);
        exact[r].add(*ExactSum::term(weights[r]));
      }
      std::vector<std::int64_t> words(2 * stride);
      REQUIRE(scale.pack(weights.data(), stride, words.data()));
      add_words(sum.data(), words.data(), 2 * stride);
    }
    std::vector<ExactSum> unpacked(count);
    scale.unpack(sum.data(), stride, count, unpacked.data());
    REQUIRE(unpacked == exact);
  }
}

TEST_CASE("ReplicateScale: words of as many rows as may be added do not run over") {
  const ReplicateScale scale(0, ReplicateScale::span);
  // The largest weight, and the one whose low word is the largest and the smallest there is.
  const double largest = std::nextafter(std::ldexp(1.0, ReplicateScale::span + 1), 0);
  std::vector<double> weights{largest, 0x1p-13 * 3 + 1, 1 + 0x1p-13 + 0x1p-52, 0x1.8p-12 + 1};
  std::vector<std::int64_t> words(8);
  REQUIRE(scale.pack(weights.data(), 4, words.data()));
  for (std::size_t r = 0; r < 4; ++r) {
    CHECK(std::abs(words[r]) <= std::int64_t{1} << 39);
    CHECK(words[4 + r] <= std::int64_t{1} << 39);
    CHECK(words[4 + r] >= 0);
  }
  for (auto& word : words) word *= static_cast<std::int64_t>(ReplicateScale::most_rows);
  std::vector<ExactSum> sums(4);
  scale.unpack(words.data(), 4, 4, sums.data());
  for (std::size_t r = 0; r < 4; ++r)
    CHECK(sums[r].value() == weights[r] * static_cast<double>(ReplicateScale::most_rows));
}

TEST_CASE("ReplicateScale: what it does not hold is said") {
  const ReplicateScale scale(0, ReplicateScale::span);
  std::vector<std::int64_t> words(8);
  const auto held = [&](double weight) {
    const double weights[4] = {1, 0, weight, 2};
    return scale.pack(weights, 4, words.data());
  };
  CHECK(held(0));
  CHECK(held(1));
  CHECK_FALSE(held(std::nextafter(1.0, 0)));
  CHECK(held(0x1p26 * 1.999));
  CHECK_FALSE(held(0x1p27));
}

}  // namespace sondeo
