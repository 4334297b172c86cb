// SPDX-License-Identifier: MIT
#include "base/number.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>

using sondeo::grouped;
using sondeo::NumberFormat;
using sondeo::parse_count;
using sondeo::parse_number;
using sondeo::rounded;
using sondeo::shortest;

TEST_CASE("numbers that people write are read") {
  CHECK(parse_number("0") == 0.0);
  CHECK(parse_number("5") == 5.0);
  CHECK(parse_number("+5") == 5.0);
  CHECK(parse_number("-5.25") == -5.25);
  CHECK(parse_number(".5") == 0.5);
  CHECK(parse_number("5.") == 5.0);
  CHECK(parse_number("007") == 7.0);
  CHECK(parse_number("1e-3") == 0.001);
  CHECK(parse_number("1E+3") == 1000.0);
  CHECK(parse_number(" \t3\r\n") == 3.0);
  CHECK(parse_number("\u00A03\u202F") == 3.0);
  CHECK(parse_number("9007199254740993") == 9007199254740992.0);
  CHECK(parse_number("5e-324") == 5e-324);
  CHECK(parse_number("1.7976931348623157e308") == 1.7976931348623157e308);
  CHECK(parse_number("0e999999999999") == 0.0);
  CHECK(parse_number("0.000e-999") == 0.0);
  CHECK(parse_number("0." + std::string(400, '0') + "1e401") == 1.0);
}

TEST_CASE("minus zero reads as zero") {
  CHECK_FALSE(std::signbit(*parse_number("-0")));
  CHECK_FALSE(std::signbit(*parse_number("-0.00")));
  CHECK_FALSE(std::signbit(*parse_number("-0,0", {',', "."})));
}

TEST_CASE("what is not a number is refused") {
  for (const char* text :
       {"",     " ",   "+",    "-",     ".",      "e5",       "1e",     "1e+",    "--1",   "+-1",
        "-+1",  "- 1", "1 2",  "1_000", "1.2.3",  "1,5",      "1,000",  "0x10",   "0X1P3", "inf",
        "-inf", "INF", "nan",  "-nan",  "nan(1)", "infinity", "1f",     "1.5d",   "1e5.0", "5%",
        "٣",    "１",  "\xFF", "1\xC2", "1e400",  "-1e400",   "1e-400", "-1e-400"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text).has_value());
  }
  CHECK_FALSE(parse_number(std::string_view("1\0", 2)).has_value());
  CHECK_FALSE(parse_number("1e99999999999999999999").has_value());
  CHECK_FALSE(parse_number("1e-99999999999999999999").has_value());
}

TEST_CASE("decimal mark and grouping are as told") {
  const NumberFormat spanish{',', "."};
  CHECK(parse_number("1.234.567,5", spanish) == 1234567.5);
  CHECK(parse_number("-1.234", spanish) == -1234.0);
  CHECK(parse_number("1234567,5", spanish) == 1234567.5);
  CHECK(parse_number("0,5", spanish) == 0.5);
  CHECK(parse_number(",5", spanish) == 0.5);
  CHECK(parse_number("5,", spanish) == 5.0);
  CHECK(parse_number("1,5e3", spanish) == 1500.0);
  CHECK(parse_number("999.999", spanish) == 999999.0);
  for (const char* text :
       {"1.23.4", "1.2345", "1234.567", ".123", "1..234", "1.234.", "1.234.56", "1,5.3", "1,5,3",
        "1.", "1.,5", "0.125", "01.234", "1.234e5", "1,234.567", "-.5", ",", "inf", "0x1"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text, spanish).has_value());
  }

  const NumberFormat english{'.', ","};
  CHECK(parse_number("1,234,567.5", english) == 1234567.5);
  CHECK(parse_number("12.5", english) == 12.5);
  CHECK_FALSE(parse_number("1,23,4", english).has_value());
  CHECK_FALSE(parse_number("1.234,567", english).has_value());

  const NumberFormat comma{',', ""};
  CHECK(parse_number("2,5", comma) == 2.5);
  CHECK_FALSE(parse_number("2.5", comma).has_value());
  CHECK_FALSE(parse_number("2,5.1", comma).has_value());

  CHECK(parse_number("12 345,5", {',', " "}) == 12345.5);
  CHECK(parse_number("12\u202F345,5", {',', "\u202F"}) == 12345.5);
  CHECK(parse_number("12'345.5", {'.', "'"}) == 12345.5);
  CHECK_FALSE(parse_number("12 345", {',', "\u202F"}).has_value());
}

TEST_CASE("counts are digits only") {
  CHECK(parse_count("0") == 0u);
  CHECK(parse_count("0012") == 12u);
  CHECK(parse_count("18446744073709551615") == 18446744073709551615u);
  for (const char* text :
       {"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "18446744073709551616"}) {
    INFO(text);
    CHECK_FALSE(parse_count(text).has_value());
  }
}

TEST_CASE("shortest has the fewest digits and no needless exponent") {
  CHECK(shortest(0) == "0");
  CHECK(shortest(-0.0) == "0");
  CHECK(shortest(0.1) == "0.1");
  CHECK(shortest(-2.5) == "-2.5");
  CHECK(shortest(1504) == "1504");
  CHECK(shortest(100000) == "100000");
  CHECK(shortest(1e15) == "1000000000000000");
  CHECK(shortest(1e16) == "1e+16");
  CHECK(shortest(1e22) == "1e+22");
  CHECK(shortest(0.0001) == "0.0001");
  CHECK(shortest(0.00001) == "1e-05");
  CHECK(shortest(5e-324) == "5e-324");
  CHECK(shortest(1.0 / 3) == "0.3333333333333333");
}

TEST_CASE("what shortest writes reads back as the same double") {
  std::mt19937_64 random(20240607);
  int finite = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t bits = random();
    // Every second value is of the sizes that surveys have.
    const double value = i % 2 == 0
                             ? std::bit_cast<double>(bits)
                             : static_cast<double>(static_cast<std::int64_t>(bits) >> 20) / 1e6;
    if (!std::isfinite(value)) continue;
    ++finite;
    const auto back = parse_number(shortest(value));
    REQUIRE(back.has_value());
    REQUIRE(*back == value);
  }
  CHECK(finite > 19000);
}

TEST_CASE("rounding is half away from zero on the decimal that people see") {
  CHECK(rounded(2.675, 2) == "2.68");
  CHECK(rounded(0.285, 2) == "0.29");
  CHECK(rounded(1.005, 2) == "1.01");
  CHECK(rounded(-2.675, 2) == "-2.68");
  CHECK(rounded(0.5, 0) == "1");
  CHECK(rounded(-0.5, 0) == "-1");
  CHECK(rounded(1.5, 0) == "2");
  CHECK(rounded(2.5, 0) == "3");
  // The sixteenth digit is the noise of a computation, not something a person wrote.
  CHECK(rounded(0.49999999999999994, 0) == "1");
  CHECK(rounded(28.499999999999996, 0) == "29");
  CHECK(rounded(0.499999999999999, 0) == "0");
  CHECK(rounded(99.95, 1) == "100.0");
  CHECK(rounded(9.5, 0) == "10");
  CHECK(rounded(0.05, 1) == "0.1");
  CHECK(rounded(0.05, 0) == "0");
  CHECK(rounded(0.95, 0) == "1");
  CHECK(rounded(49, 1) == "49.0");
  CHECK(rounded(1.25, 4) == "1.2500");
}

TEST_CASE("a result of zero has no sign") {
  CHECK(rounded(0, 0) == "0");
  CHECK(rounded(-0.0, 2) == "0.00");
  CHECK(rounded(-0.4, 0) == "0");
  CHECK(rounded(-0.004, 2) == "0.00");
  CHECK(rounded(-0.005, 2) == "-0.01");
}

TEST_CASE("very large and very small numbers round too") {
  CHECK(rounded(1e15, 0) == "1000000000000000");
  CHECK(rounded(1e15, 2) == "1000000000000000.00");
  CHECK(rounded(1e22, 1) == "10000000000000000000000.0");
  CHECK(rounded(1e308, 0) == "1" + std::string(308, '0'));
  CHECK(rounded(5e-324, 15) == "0.000000000000000");
  CHECK(rounded(4e-16, 15) == "0.000000000000000");
  CHECK(rounded(5e-16, 15) == "0.000000000000001");
  CHECK(rounded(-1e-300, 0) == "0");
  CHECK(rounded(0.1, 15) == "0.100000000000000");
}

TEST_CASE("marks of the reader's language") {
  CHECK(rounded(1234567.891, 2, ",", ".") == "1.234.567,89");
  CHECK(rounded(-1234.5, 0, ",", "\u202F") == "-1\u202F235");
  CHECK(rounded(999.5, 0, ".", ",") == "1,000");
  CHECK(rounded(999, 0, ".", ",") == "999");
  CHECK(rounded(0.5, 1, ",", ".") == "0,5");
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1504) == "1,504");
  CHECK(grouped(1234567, ".") == "1.234.567");
  CHECK(grouped(123456, "") == "123456");
  CHECK(grouped(18446744073709551615u) == "18,446,744,073,709,551,615");
}

TEST_CASE("rounding thousandths agrees with integer arithmetic") {
  for (int k = 0; k <= 120000; ++k) {
    const int hundredths = (k + 5) / 10;
    const std::string fraction = std::to_string(hundredths % 100);
    const std::string expected =
        std::to_string(hundredths / 100) + (fraction.size() == 1 ? ".0" : ".") + fraction;
    if (rounded(k / 1000.0, 2) != expected) {
      INFO(k);
      REQUIRE(rounded(k / 1000.0, 2) == expected);
    }
  }
}

TEST_CASE("what is rounded reads back near the number") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 5000; ++i) {
    const double value = static_cast<double>(static_cast<std::int64_t>(random()) >> 24) / 65536.0;
    const int digits = static_cast<int>(random() % 6);
    const auto back = parse_number(rounded(value, digits, ",", "."), {',', "."});
    REQUIRE(back.has_value());
    REQUIRE(std::fabs(*back - value) <= 0.5000001 * std::pow(10.0, -digits));
  }
}
