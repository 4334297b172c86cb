// SPDX-License-Identifier: MIT
// Random numbers that are the same on every machine: whole numbers only, and no state. What is
// drawn depends on the seed, on what it is drawn for and on the respondent, so that a question
// added to a study leaves the answers to the others as they were.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sondeo {

class Draws {
 public:
  // `purpose` names the stream: two purposes have nothing to do with each other.
  Draws(std::uint64_t seed, std::string_view purpose);

  // The `at`-th 64 random bits: SplitMix64 (Steele, Lea & Flood 2014) at that position.
  std::uint64_t bits(std::uint64_t at) const;
  // A whole number in [0, bound), bound >= 1; the bias is below bound / 2^64.
  std::uint64_t below(std::uint64_t at, std::uint64_t bound) const;
  // About normal with mean 0: the sum of twelve uniform 16-bit numbers. One standard deviation is
  // bell_unit. Takes the places 3 * at to 3 * at + 2 of bits().
  std::int64_t bell(std::uint64_t at) const;

 private:
  std::uint64_t key_;
};

constexpr std::int64_t bell_unit = 65536;

// A bell that correlates with `common` by percent / 100 (-100..100): percent * common +
// root(1 - percent^2) * own, by whole numbers.
std::int64_t correlated(std::int64_t common, std::int64_t own, int percent);

// Weights are whole numbers of this part of 1, as they are written: with four decimals.
constexpr std::int64_t weight_unit = 10000;

// `n` weights that sum to exactly n, each the product of three uniform factors in [0.5, 1.5]:
// skewed to the right as weights of surveys are, design effect about (13/12)^3 = 1.27.
std::vector<std::int64_t> draw_weights(const Draws& draws, std::size_t n);

}  // namespace sondeo
