// SPDX-License-Identifier: MIT
#include "synth/shares.h"

#include <doctest/doctest.h>

#include <numeric>

namespace sondeo {
namespace {

Aim aim(std::vector<std::size_t> answers, double percent, int digits = 0, std::uint64_t line = 2) {
  return {std::move(answers),
          static_cast<std::int64_t>(percent * percent_unit),
          digits,
          "q",
          {"t.csv", line, 1}};
}

std::vector<double> percents(const std::vector<Aim>& aims, const std::vector<std::int64_t>& usual) {
  const auto shares = complete_shares(aims, usual, whole, "q");
  CHECK(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}) == whole);
  std::vector<double> result;
  for (const auto share : shares)
    result.push_back(static_cast<double>(share) / static_cast<double>(percent_unit));
  return result;
}

std::string refusal(const std::vector<Aim>& aims, std::size_t answers) {
  try {
    complete_shares(aims, std::vector<std::int64_t>(answers, 1), whole, "q");
  } catch (const Error& error) {
    return error.id() + " " + std::to_string(error.place().line) + " " + error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("shares: what has no target shares the rest") {
  CHECK(percents({aim({1}, 40)}, {1, 5, 2}) == std::vector<double>{20, 40, 40});
  CHECK(percents({}, {1, 3, 0}) == std::vector<double>{25, 75, 0});
}

TEST_CASE("shares: a net holds its members, at any depth") {
  // {0, 1, 2} is 60, of which {1, 2} 50, of which {2} 20.
  CHECK(percents({aim({1, 2}, 50), aim({0, 1, 2}, 60), aim({2}, 20)}, {1, 1, 1, 1}) ==
        std::vector<double>{10, 30, 20, 40});
}

TEST_CASE("shares: rounded figures that leave no rest are shifted inside their rounding") {
  const auto third = percents({aim({0}, 33), aim({1}, 33), aim({2}, 33)}, {1, 1, 1});
  for (const auto share : third) CHECK(share == doctest::Approx(100 / 3.0));
  const auto over = percents({aim({0}, 34), aim({1}, 33), aim({2}, 33.4, 1)}, {1, 1, 1});
  CHECK(over[0] > 33.5);
  CHECK(over[2] > 33.35);
  // A nought cannot give anything away.
  CHECK(percents({aim({0}, 0), aim({1}, 50), aim({2}, 51, 0)}, {1, 1, 1})[0] == 0);
  // Nothing is left for the answer without a target.
  CHECK(percents({aim({0}, 50), aim({1}, 51)}, {1, 1, 1})[2] == 0);
}

TEST_CASE("shares: what cannot be") {
  CHECK(refusal({aim({0}, 60), aim({1}, 50, 0, 3)}, 3) ==
        "target-sum 3 the targets of q add up to 110 %, which has to be 100 %");
  CHECK(refusal({aim({0}, 60), aim({1}, 30.5, 1, 3)}, 2) ==
        "target-sum 3 the targets of q add up to 90.5 %, which has to be 100 %");
  CHECK(refusal({aim({0, 1}, 40), aim({1}, 50, 0, 3)}, 3) ==
        "target-sum 3 the targets of q add up to 50 %, which has to be 40 %");
  CHECK(refusal({aim({0, 1}, 40), aim({1, 2}, 50, 0, 3)}, 3) ==
        "target-overlap 3 q and q share some answers, but not all");
  CHECK(refusal({aim({0}, 40), aim({0}, 40, 0, 3)}, 3) == "target-duplicate 3 q has two targets");
}

TEST_CASE("apportion: whole parts that add up") {
  CHECK(apportion(10, {1, 1, 1}) == std::vector<std::int64_t>{4, 3, 3});
  CHECK(apportion(7, {0, 2, 5}) == std::vector<std::int64_t>{0, 2, 5});
  CHECK(apportion(5, {0, 0}) == std::vector<std::int64_t>{0, 0});
  // No overflow with the largest that occur.
  const auto parts = apportion(10000000000, {whole, 2 * whole});
  CHECK(parts == std::vector<std::int64_t>{3333333333, 6666666667});
}

TEST_CASE("printed_as: half a digit, half up") {
  CHECK(printed_as(aim({0}, 30), 3000, 10000));
  CHECK(printed_as(aim({0}, 30), 2950, 10000));
  CHECK_FALSE(printed_as(aim({0}, 30), 2949, 10000));
  CHECK(printed_as(aim({0}, 30), 3049, 10000));
  CHECK_FALSE(printed_as(aim({0}, 30), 3050, 10000));
  CHECK_FALSE(printed_as(aim({0}, 30.2, 1), 3010, 10000));
  CHECK(printed_as(aim({0}, 30.2, 1), 3015, 10000));
  CHECK_FALSE(printed_as(aim({0}, 30), 0, 0));
  CHECK(printed_as(aim({0}, 0), 0, 0));
}

}  // namespace sondeo
