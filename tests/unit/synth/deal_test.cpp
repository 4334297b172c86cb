// SPDX-License-Identifier: MIT
#include "synth/deal.h"

#include <doctest/doctest.h>

#include <numeric>

#include "synth/random.h"
#include "synth/shares.h"

namespace sondeo {
namespace {

std::vector<std::int64_t> sums_of(const Deal& deal, std::size_t answers) {
  std::vector<std::int64_t> sums(answers);
  for (std::size_t i = 0; i < deal.answers.size(); ++i) sums[deal.answers[i]] += deal.weights[i];
  return sums;
}

std::vector<std::int64_t> bells(const Draws& draws, std::size_t n) {
  std::vector<std::int64_t> scores;
  for (std::size_t i = 0; i < n; ++i) scores.push_back(draws.bell(i));
  return scores;
}

std::vector<std::uint64_t> lots(const Draws& draws, std::size_t n) {
  std::vector<std::uint64_t> lots;
  for (std::size_t i = 0; i < n; ++i) lots.push_back(draws.bits(i));
  return lots;
}

}  // namespace

TEST_CASE("deal_by_score: low scores get the first answers") {
  const auto answers =
      deal_by_score({10, 10, 10, 10}, {4, 1, 3, 2}, {0, 0, 0, 0}, {10, 0, 20, 10}, {0, 1, 2, 3});
  CHECK(answers == std::vector<std::size_t>{3, 0, 2, 2});
}

TEST_CASE("deal_by_score: answers of one level are dealt by luck") {
  const auto answers =
      deal_by_score({10, 10, 10, 10}, {1, 2, 3, 4}, {5, 1, 9, 7}, {10, 10, 20}, {0, 0, 1});
  CHECK(answers == std::vector<std::size_t>{1, 0, 2, 2});
}

TEST_CASE("deal_by_score: each sum is missed by a weight at most") {
  const Draws draws(5, "scores");
  const auto weights = draw_weights(Draws(5, "weights"), 300);
  const auto wanted = apportion(300 * weight_unit, {5, 30, 40, 20, 5});
  Deal deal{weights,
            deal_by_score(weights, bells(draws, 300), lots(draws, 300), wanted, {0, 1, 2, 3, 4}),
            {}};
  const auto sums = sums_of(deal, 5);
  for (std::size_t c = 0; c < 5; ++c) CHECK(std::abs(sums[c] - wanted[c]) <= 34 * weight_unit / 10);
}

TEST_CASE("settle: exact sums, few exchanges") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::size_t n = 200 + 20 * seed;
    const Draws draws(seed, "scores");
    const auto weights = draw_weights(Draws(seed, "weights"), n);
    const auto wanted = apportion(static_cast<std::int64_t>(n) * weight_unit, {7, 21, 33, 29, 10});
    Deal deal{weights,
              deal_by_score(weights, bells(draws, n), lots(draws, n), wanted, {0, 1, 2, 3, 4}),
              {}};
    const auto before = deal.answers;
    CHECK(settle(deal, wanted) == 0);
    CHECK(sums_of(deal, 5) == wanted);
    int moved = 0;
    for (std::size_t i = 0; i < n; ++i) moved += before[i] != deal.answers[i];
    CHECK(moved <= 60);
  }
}

TEST_CASE("settle: those who are fixed stay") {
  const auto weights = draw_weights(Draws(2, "weights"), 400);
  const auto wanted = apportion(400 * weight_unit, {1, 3});
  Deal deal{weights, std::vector<std::size_t>(400, 1), std::vector<char>(400, 0)};
  for (std::size_t i = 0; i < 400; i += 2) deal.fixed[i] = 1;
  CHECK(settle(deal, wanted) == 0);
  CHECK(sums_of(deal, 2) == wanted);
  for (std::size_t i = 0; i < 400; i += 2) CHECK(deal.answers[i] == 1);
}

TEST_CASE("settle: says what is missing where it cannot be had") {
  Deal alike{{10, 10, 10}, {0, 0, 1}, {}};
  CHECK(settle(alike, {15, 15}) == 10);
  Deal none{{}, {}, {}};
  CHECK(settle(none, {0, 0}) == 0);
  Deal stuck{{10, 20}, {0, 0}, {1, 1}};
  CHECK(settle(stuck, {10, 20}) == 40);
}

}  // namespace sondeo
