// SPDX-License-Identifier: MIT
#include "data/plain_weights.h"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <random>
#include <string>

#include "data/weights.h"

namespace sondeo {
namespace {

// Four cells in a row of a file, as a block holds them.
struct Row {
  std::string bytes = ",";
  std::array<std::uint32_t, 4> befores{};
  std::array<std::uint32_t, 4> ends{};

  explicit Row(const std::array<std::string, 4>& cells) {
    for (std::size_t i = 0; i < 4; ++i) {
      befores[i] = static_cast<std::uint32_t>(bytes.size() - 1);
      bytes += cells[i];
      ends[i] = static_cast<std::uint32_t>(bytes.size());
      bytes += ',';
    }
    bytes += "1234567890";
  }
  std::string_view cell(std::size_t i) const {
    return std::string_view(bytes).substr(befores[i] + 1, ends[i] - befores[i] - 1);
  }
};

}  // namespace

TEST_CASE("four weights at once: those that one reader takes alone, and the same bits") {
  const auto four = four_weights();
  if (four == nullptr) {
    MESSAGE("this processor reads them one by one");
    return;
  }
  std::mt19937 random(20261125);
  const auto upto = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  std::size_t taken = 0;
  for (int round = 0; round < 200'000; ++round) {
    const char decimal = round % 2 == 0 ? '.' : ',';
    std::array<std::string, 4> cells;
    for (auto& cell : cells) {
      // Mostly numbers, so that all four often are; any sign now and then, a mark anywhere.
      for (int size = upto(8) + (upto(20) == 0 ? 1 : 0); size > 0; --size)
        cell += upto(300) == 0 ? static_cast<char>(upto(255)) : static_cast<char>('0' + upto(9));
      if (!cell.empty() && upto(3) > 0)
        cell[static_cast<std::size_t>(upto(static_cast<int>(cell.size()) - 1))] = decimal;
      if (cell.empty() && upto(3) > 0) cell = "1";
    }
    const Row row(cells);
    std::array<double, 4> together{}, alone{};
    bool plain = true;
    for (std::size_t i = 0; i < 4; ++i) {
      plain = plain && row.cell(i).size() <= 8 && read_plain_weight(row.cell(i), decimal, alone[i]);
    }
    const bool all =
        four(row.bytes.data(), row.befores.data(), row.ends.data(), decimal, together.data());
    CAPTURE(row.bytes);
    REQUIRE(all == plain);
    if (!all) continue;
    ++taken;
    for (std::size_t i = 0; i < 4; ++i)
      REQUIRE(std::bit_cast<std::uint64_t>(together[i]) == std::bit_cast<std::uint64_t>(alone[i]));
  }
  CHECK(taken > 50'000);
}

}  // namespace sondeo
