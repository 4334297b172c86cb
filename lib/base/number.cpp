// SPDX-License-Identifier: MIT
#include "base/number.h"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// An unsigned number with `.`, nothing before or after it.
std::optional<double> parse_plain(std::string_view text) {
  // from_chars reads words such as "inf" and a sign of its own, which are refused here.
  if (text.empty() || !(is_digit(text[0]) || text[0] == '.')) return std::nullopt;
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  if (value == 0) {
    const std::string_view digits = text.substr(0, text.find_first_of("eE"));
    if (digits.find_first_of("123456789") != std::string_view::npos) return std::nullopt;
  }
  return value;
}

// Takes the integer digits off the front of `text`, without their grouping signs. Nothing if the
// grouping is wrong. A group that starts with 0 is wrong too: "0.125" in a file that groups with
// '.' was written by somebody who meant an eighth.
std::optional<std::string> take_integer(std::string_view& text, std::string_view sign) {
  std::string digits;
  std::size_t run = 0;
  bool grouped = false;
  while (!text.empty()) {
    if (is_digit(text[0])) {
      digits += text[0];
      ++run;
      text.remove_prefix(1);
    } else if (!sign.empty() && text.starts_with(sign)) {
      if (run == 0 || run > 3 || (grouped && run != 3) || digits[0] == '0') return std::nullopt;
      grouped = true;
      run = 0;
      text.remove_prefix(sign.size());
    } else {
      break;
    }
  }
  if (grouped && run != 3) return std::nullopt;
  if (grouped && text.find_first_of("eE") != std::string_view::npos) return std::nullopt;
  return digits;
}

void append_grouped(std::string& out, std::string_view digits, std::string_view thousands) {
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += thousands;
    out += digits[i];
  }
}

// A finite number > 0 as 0.d1d2d3... x 10^point, with the fewest digits that read back as it.
struct Decimal {
  std::string digits;
  int point = 0;
};

Decimal shortest_decimal(double value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Decimal decimal;
  decimal.digits += text[0];
  if (e > 1) decimal.digits += text.substr(2, e - 2);
  const std::string_view exponent = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.point);
  ++decimal.point;
  return decimal;
}

// Keeps the first `keep` digits, rounded half away from zero.
void round_at(Decimal& decimal, int keep) {
  std::string& digits = decimal.digits;
  if (keep >= static_cast<int>(digits.size())) return;
  const bool up = keep >= 0 && digits[static_cast<std::size_t>(keep)] >= '5';
  digits.resize(static_cast<std::size_t>(keep > 0 ? keep : 0));
  if (!up) return;
  std::size_t i = digits.size();
  while (i > 0 && digits[i - 1] == '9') digits[--i] = '0';
  if (i > 0) {
    ++digits[i - 1];
  } else {
    digits.insert(digits.begin(), '1');
    ++decimal.point;
  }
}

}  // namespace

std::optional<double> parse_number(std::string_view text, const NumberFormat& format) {
  text = trim(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);

  std::optional<double> value;
  if (format.decimal == '.' && format.thousands.empty()) {
    value = parse_plain(text);
  } else {
    std::optional<std::string> plain = take_integer(text, format.thousands);
    if (!plain) return std::nullopt;
    if (text.starts_with(format.decimal)) {
      *plain += '.';
      text.remove_prefix(1);
      if (text.find('.') != std::string_view::npos) return std::nullopt;
    } else if (text.starts_with('.')) {
      return std::nullopt;
    }
    *plain += text;
    value = parse_plain(*plain);
  }
  if (value && negative && *value != 0) return -*value;
  return value;
}

std::optional<unsigned long long> parse_count(std::string_view text) {
  unsigned long long value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::string shortest(double value) {
  assert(std::isfinite(value));
  if (value == 0) return "0";
  // to_chars by itself would write 100000 as 1e+05, which is shorter and which nobody expects.
  const double size = std::fabs(value);
  const bool plain = size >= 1e-4 && size < 1e16;
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  return std::string(buffer.data(), end);
}

std::string number_hint(std::string_view text, const NumberFormat& format) {
  const bool point = format.decimal == '.';
  if (point && parse_number(text, {',', "."})) return "a decimal comma? --decimal ,";
  if (!point && parse_number(text, {'.', ""})) return "a decimal point? --decimal .";
  const std::string mark = point ? "," : ".";
  if (parse_number(text, {format.decimal, mark})) return "a thousands mark? --thousands " + mark;
  return "";
}

std::string rounded(double value, int digits, std::string_view decimal,
                    std::string_view thousands) {
  assert(std::isfinite(value) && digits >= 0 && digits <= 15);
  Decimal number;
  if (value != 0) {
    number = shortest_decimal(std::fabs(value));
    // What lies beyond 15 digits is the noise of the arithmetic before: 28.499999999999996 is 28.5.
    if (number.digits.size() > 15) round_at(number, 15);
    round_at(number, number.point + digits);
  }
  if (number.digits.find_first_not_of('0') == std::string::npos) number = Decimal{};

  // The digits of the number times 10^digits, then its integer part and its fraction.
  const std::size_t places = static_cast<std::size_t>(digits);
  std::string scaled = number.digits;
  if (!scaled.empty()) scaled.resize(static_cast<std::size_t>(number.point + digits), '0');
  if (scaled.size() <= places) scaled.insert(0, places + 1 - scaled.size(), '0');
  const std::string_view whole = std::string_view(scaled).substr(0, scaled.size() - places);

  std::string out;
  if (value < 0 && !number.digits.empty()) out += '-';
  append_grouped(out, whole, thousands);
  if (digits > 0) {
    out += decimal;
    out.append(scaled, whole.size());
  }
  return out;
}

std::string grouped(unsigned long long value, std::string_view thousands) {
  std::string out;
  append_grouped(out, std::to_string(value), thousands);
  return out;
}

}  // namespace sondeo
