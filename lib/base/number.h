// SPDX-License-Identifier: MIT
// Numbers that people write, and numbers written for people and programs. No locale anywhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sondeo {

// How numbers are written in the input. `decimal` is '.' or ','; `thousands` is a UTF-8 sign such
// as ".", ",", " ", "'" or "" for none, and must differ from `decimal`.
struct NumberFormat {
  char decimal = '.';
  std::string thousands;
};

// The number that the whole of `text` is, after trim(); nothing if it is not one.
// Accepted: sign, digits, decimal mark, exponent (1e-3). Refused: "", hex, inf, nan, 1_000, two
// marks, a value beyond the range of double, a non-zero value that would become 0, and grouping
// that is not in threes ("1,23,4"), starts with 0 or has an exponent. With a thousands sign,
// ungrouped digits are accepted too. Correctly rounded. -0 reads as 0.
std::optional<double> parse_number(std::string_view text, const NumberFormat& format = {});

// What to say about a text that is no number in this format but is one with another decimal or
// thousands mark: "a decimal comma? --decimal ,"; "" if it is none.
std::string number_hint(std::string_view text, const NumberFormat& format);

// A whole number >= 0 in decimal digits, for options; nothing if it is not one or does not fit.
std::optional<unsigned long long> parse_count(std::string_view text);

// The fewest decimal digits that read back as the same double, without exponent from 1e-4 to below
// 1e16 ("0.1", "100000", "1e+22"); -0 is "0".
// `value` must be finite.
std::string shortest(double value);

// `value` (finite) with `digits` (0..15) decimals, rounded half away from zero on the decimal value
// that a person would see: the shortest decimal form that reads back as the double is what is
// rounded, so 2.675 gives 2.68 and 0.285 gives 0.29. Digits beyond the fifteenth are noise and
// rounded first: 28.499999999999996 gives 29. A result of zero never carries a sign. `decimal` is
// the decimal mark, `thousands` the grouping sign ("" for none).
std::string rounded(double value, int digits, std::string_view decimal = ".",
                    std::string_view thousands = "");

// A count with grouping: 1504 -> "1,504".
std::string grouped(unsigned long long value, std::string_view thousands = ",");

}  // namespace sondeo
