// SPDX-License-Identifier: MIT
#include "data/weights.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <memory>
#include <random>

namespace sondeo {
namespace {

std::string error_of(const std::function<void()>& act, std::uint64_t* line = nullptr) {
  try {
    act();
  } catch (const Error& error) {
    if (line != nullptr) *line = error.place().line;
    return error.id();
  }
  return "";
}

std::string refusal(std::string_view cell, const NumberFormat& format = {}) {
  return error_of([&] { read_weight(cell, format, {"f", 7}, "w"); });
}

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

// In exactly the room that the contract asks for, whatever lies behind the cell.
bool read_plain(const std::string& cell, char decimal, double& weight, char behind = '7') {
  const std::unique_ptr<char[]> bytes(new char[std::max<std::size_t>(cell.size(), 8)]);
  std::memset(bytes.get(), behind, std::max<std::size_t>(cell.size(), 8));
  std::memcpy(bytes.get(), cell.data(), cell.size());
  return read_plain_weight({bytes.get(), cell.size()}, decimal, weight);
}

}  // namespace

TEST_CASE("read_plain_weight: the same double as parse_number, or not its business") {
  std::mt19937_64 random(5);
  std::size_t read = 0;
  for (int round = 0; round < 80000; ++round) {
    const char decimal = round % 3 == 0 ? ',' : '.';
    std::string cell;
    const auto before = random() % 9;
    for (std::size_t i = 0; i < before; ++i) cell += static_cast<char>('0' + random() % 10);
    if (random() % 4 != 0) cell += decimal;
    const auto after = random() % 10;
    for (std::size_t i = 0; i < after; ++i) cell += static_cast<char>('0' + random() % 10);
    double weight = -1;
    const auto parsed = parse_number(cell, {decimal, ""});
    if (!read_plain(cell, decimal, weight, "7.,\0"[round % 4])) continue;
    ++read;
    REQUIRE(parsed.has_value());
    REQUIRE(bits(*parsed) == bits(weight));
  }
  CHECK(read > 50000);
}

TEST_CASE("read_plain_weight: takes no text that parse_number refuses") {
  std::mt19937_64 random(6);
  const std::string alphabet = "0123456789..,-+eE \"x";
  for (int round = 0; round < 60000; ++round) {
    std::string cell;
    const auto size = random() % 8;
    for (std::size_t i = 0; i < size; ++i) cell += alphabet[random() % alphabet.size()];
    for (const char decimal : {'.', ','}) {
      double weight = -1;
      if (!read_plain(cell, decimal, weight, "7.,\0"[round % 4])) continue;
      const auto parsed = parse_number(cell, {decimal, ""});
      CAPTURE(cell);
      REQUIRE(parsed.has_value());
      REQUIRE(bits(*parsed) == bits(weight));
    }
  }
  double weight = -1;
  for (const char* text :
       {"", ".", "1.2.3", "-1", "+1", "1e3", " 1", "1 ", "1,5", "\"1\"", "1234567890123456"}) {
    CAPTURE(text);
    CHECK_FALSE(read_plain(text, '.', weight));
  }
  CHECK(read_plain("123456789012345", '.', weight));
  CHECK(weight == 123456789012345.0);
  CHECK(read_plain(".000000000000001", '.', weight));
  CHECK(weight == 1e-15);
}

TEST_CASE("read_weight: whole cells, quoted or with blanks, and why others are refused") {
  CHECK(read_weight("\" 1.5 \"", {}, {}, "w") == 1.5);
  CHECK(read_weight("0", {}, {}, "w") == 0);
  CHECK(bits(read_weight("-0", {}, {}, "w")) == 0);
  CHECK(read_weight("1.234,5", {',', "."}, {}, "w") == 1234.5);
  CHECK(refusal("") == "weight-missing");
  CHECK(refusal("\"\"") == "weight-missing");
  CHECK(refusal(" \t") == "weight-missing");
  CHECK(refusal("1,5") == "weight-number");
  CHECK(refusal("inf") == "weight-number");
  CHECK(refusal("nan") == "weight-number");
  CHECK(refusal("1e999") == "weight-number");
  CHECK(refusal("NA") == "weight-number");
  CHECK(refusal("-0.4") == "weight-range");
  std::uint64_t line = 0;
  CHECK(error_of([] { read_weight("x", {}, {"f", 7}, "w"); }, &line) == "weight-number");
  CHECK(line == 7);
  try {
    read_weight("1,5", {}, {"f", 7}, "w");
  } catch (const Error& error) {
    CHECK(error.hint() == "a decimal comma? --decimal ,");
  }
}

TEST_CASE("WeightTable: each id once in the file and once in the data") {
  WeightTable table;
  table.add("a", 1.5, {"w.csv", 2});
  table.add("b", 2.5, {"w.csv", 3});
  table.add("B", 0, {"w.csv", 4});
  std::uint64_t line = 0;
  CHECK(error_of([&] { table.add("a", 9, {"w.csv", 5}); }, &line) == "duplicate-id");
  CHECK(line == 5);
  CHECK(error_of([&] { table.add("", 9, {"w.csv", 6}); }) == "missing-id");
  CHECK(table.take("b", {"d.csv", 2}) == 2.5);
  CHECK(error_of([&] { table.take("b", {"d.csv", 3}); }, &line) == "duplicate-id");
  CHECK(line == 3);
  CHECK(error_of([&] { table.take("c", {"d.csv", 4}); }) == "id-without-weight");
  CHECK(error_of([&] { table.take("b ", {"d.csv", 4}); }) == "id-without-weight");
  CHECK(error_of([&] { table.take("", {"d.csv", 4}); }) == "missing-id");
  CHECK(error_of([&] { table.check_all_taken(); }, &line) == "weight-without-id");
  CHECK(line == 2);  // the first of those that are left
  CHECK(table.take("a", {"d.csv", 5}) == 1.5);
  CHECK(error_of([&] { table.check_all_taken(); }, &line) == "weight-without-id");
  CHECK(line == 4);
  CHECK(table.take("B", {"d.csv", 6}) == 0);
  CHECK_NOTHROW(table.check_all_taken());
}

TEST_CASE("WeightTable: a line may be given again, and asked for again, another may not") {
  WeightTable table;
  table.add("a", 2, {"w.csv", 2});
  CHECK_NOTHROW(table.add("a", 2, {"w.csv", 2}));
  CHECK_THROWS_AS(table.add("a", 2, {"w.csv", 3}), Error);
  CHECK(table.take("a", {"d.csv", 7}) == 2);
  CHECK(table.take("a", {"d.csv", 7}) == 2);
  CHECK_THROWS_AS(table.take("a", {"d.csv", 8}), Error);
}

}  // namespace sondeo
