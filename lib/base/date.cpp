// SPDX-License-Identifier: MIT
#include "base/date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 24 * 60 * minute;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The parts of a date as written.
struct Parts {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = -1;  // -1: no time
  int minute = 0;
  int second = 0;
  int millisecond = 0;
  int half = -1;  // 0 AM, 1 PM
  std::optional<int> offset;
};

// Bytes of the blanks before a text that ends in none.
std::size_t leading_blanks(std::string_view text) { return text.size() - trim(text).size(); }

// Reads one part after the other. Each function returns whether it found what it wanted.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool sign(char wanted) {
    if (rest_.empty() || rest_[0] != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // At least one.
  bool blanks() {
    const auto size = leading_blanks(rest_);
    rest_.remove_prefix(size);
    return size > 0;
  }

  bool digits(std::size_t least, std::size_t most, int& value) {
    const auto size = count_digits(most);
    if (size < least) return false;
    value = 0;
    for (const char c : rest_.substr(0, size)) value = 10 * value + (c - '0');
    rest_.remove_prefix(size);
    return true;
  }

  bool fraction(int& millisecond) {
    const auto size = count_digits(rest_.size());
    millisecond = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      millisecond = 10 * millisecond + (i < size ? rest_[i] - '0' : 0);
    }
    rest_.remove_prefix(size);
    return size > 0;
  }

  // AM, pm, a.m., "p. m.".
  bool half_day(int& half) {
    if (rest_.empty()) return false;
    const char letter = static_cast<char>(rest_[0] | 0x20);
    if (letter != 'a' && letter != 'p') return false;
    half = letter == 'p';
    rest_.remove_prefix(1);
    sign('.');
    blanks();
    if (!sign('m') && !sign('M')) return false;
    sign('.');
    return true;
  }

  // Z, +hh, +hhmm, +hh:mm, and with `short_hour` +h.
  bool offset(bool short_hour, std::optional<int>& minutes) {
    if (sign('Z') || sign('z')) {
      minutes = 0;
      return true;
    }
    const bool west = !rest_.empty() && rest_[0] == '-';
    if (!west && (rest_.empty() || rest_[0] != '+')) return false;
    rest_.remove_prefix(1);
    int hour = 0;
    int rest = 0;
    if (!digits(short_hour ? 1 : 2, 2, hour) || hour > 23) return false;
    const bool colon = sign(':');
    if ((!digits(2, 2, rest) && colon) || rest > 59) return false;
    minutes = (west ? -1 : 1) * (60 * hour + rest);
    return true;
  }

 private:
  std::size_t count_digits(std::size_t most) const {
    std::size_t size = 0;
    while (size < most && size < rest_.size() && is_digit(rest_[size])) ++size;
    return size;
  }

  std::string_view rest_;
};

std::optional<DateTime> date_of(Parts parts) {
  using namespace std::chrono;
  if (parts.half >= 0) {
    if (parts.hour < 1 || parts.hour > 12) return std::nullopt;
    parts.hour = parts.hour % 12 + 12 * parts.half;
  }
  const year_month_day date{year(parts.year), month(static_cast<unsigned>(parts.month)),
                            std::chrono::day(static_cast<unsigned>(parts.day))};
  if (!date.ok() || parts.year < 1 || parts.hour > 23 || parts.minute > 59 || parts.second > 59) {
    return std::nullopt;
  }
  DateTime result;
  result.has_time = parts.hour >= 0;
  result.offset = parts.offset;
  result.clock = sys_days(date).time_since_epoch().count() * day +
                 (60 * std::max(parts.hour, 0) + parts.minute) * minute + 1000 * parts.second +
                 parts.millisecond;
  return result;
}

std::optional<DateTime> parse_iso(std::string_view text) {
  Reader reader(text);
  Parts parts;
  if (!reader.digits(4, 4, parts.year) || !reader.sign('-') || !reader.digits(2, 2, parts.month) ||
      !reader.sign('-') || !reader.digits(2, 2, parts.day)) {
    return std::nullopt;
  }
  if (reader.at_end()) return date_of(parts);
  if (!reader.sign('T') && !reader.blanks()) return std::nullopt;
  if (!reader.digits(2, 2, parts.hour) || !reader.sign(':') || !reader.digits(2, 2, parts.minute)) {
    return std::nullopt;
  }
  if (reader.sign(':')) {
    if (!reader.digits(2, 2, parts.second)) return std::nullopt;
    if ((reader.sign('.') || reader.sign(',')) && !reader.fraction(parts.millisecond)) {
      return std::nullopt;
    }
  }
  if (!reader.at_end()) {
    reader.blanks();
    if (!reader.offset(false, parts.offset) || !reader.at_end()) return std::nullopt;
  }
  return date_of(parts);
}

// One directive of a format, its letter given.
bool read_directive(Reader& reader, char letter, Parts& parts) {
  switch (letter) {
    case 'Y':
      return reader.digits(4, 4, parts.year);
    case 'y':
      if (!reader.digits(2, 2, parts.year)) return false;
      parts.year += parts.year < 69 ? 2000 : 1900;
      return true;
    case 'm':
      return reader.digits(1, 2, parts.month);
    case 'd':
      return reader.digits(1, 2, parts.day);
    case 'H':
    case 'I':
      return reader.digits(1, 2, parts.hour);
    case 'M':
      return reader.digits(2, 2, parts.minute);
    case 'S':
      return reader.digits(2, 2, parts.second);
    case 'f':
      return reader.fraction(parts.millisecond);
    case 'p':
      return reader.half_day(parts.half);
    case 'z':
      return reader.offset(true, parts.offset);
    default:
      return reader.sign(letter);
  }
}

std::int64_t day_of(const DateTime& date) {
  return date.clock / day - (date.clock % day < 0 ? 1 : 0);
}

struct FormatPart {
  std::string_view text;  // as written: "%d", blanks, or one byte
  char directive = 0;     // the letter after a percent sign, ' ' for blanks, else 0
};

FormatPart next_part(std::string_view format) {
  if (const auto blanks = leading_blanks(format)) return {format.substr(0, blanks), ' '};
  if (format[0] != '%' || format.size() == 1) return {format.substr(0, 1), 0};
  return {format.substr(0, 2), format[1]};
}

}  // namespace

std::optional<DateTime> parse_date(std::string_view text, std::string_view format) {
  text = trim(text);
  if (format.empty()) return parse_iso(text);
  Reader reader(text);
  Parts parts;
  for (std::string_view rest = trim(format); !rest.empty();) {
    const auto part = next_part(rest);
    const bool found = part.directive == ' ' ? reader.blanks()
                       : part.directive == 0 ? reader.sign(part.text[0])
                                             : read_directive(reader, part.directive, parts);
    if (!found) return std::nullopt;
    rest.remove_prefix(part.text.size());
  }
  return reader.at_end() ? date_of(parts) : std::nullopt;
}

std::string date_format_fault(std::string_view format) {
  constexpr std::string_view known = "YymdHIMSfpz%";
  std::array<int, 128> times{};
  for (std::string_view rest = trim(format); !rest.empty();) {
    const auto part = next_part(rest);
    rest.remove_prefix(part.text.size());
    if (part.text == "%") return "ends in a single %";
    if (part.directive == 0 || part.directive == ' ') continue;
    if (known.find(part.directive) == std::string_view::npos) {
      return "has " + visible(part.text) + ", which is none of %Y %y %m %d %H %I %M %S %f %p %z %%";
    }
    if (++times[static_cast<std::size_t>(part.directive)] > 1 && part.directive != '%') {
      return "has " + std::string(part.text) + " twice";
    }
  }
  if (times['Y'] + times['y'] != 1) return "needs the year once, as %Y or %y";
  if (times['m'] == 0) return "needs the month, as %m";
  if (times['d'] == 0) return "needs the day, as %d";
  if (times['H'] + times['I'] > 1) return "has the hour twice";
  if (times['I'] != times['p']) return "needs %I and %p together";
  if (times['M'] > times['H'] + times['I']) return "has %M without an hour";
  if (times['S'] > times['M']) return "has %S without %M";
  if (times['f'] > times['S']) return "has %f without %S";
  if (times['z'] > times['H'] + times['I']) return "has %z without an hour";
  return "";
}

std::int64_t milliseconds_between(const DateTime& a, const DateTime& b) {
  const auto clocks = b.clock - a.clock;
  return a.offset && b.offset ? clocks - (*b.offset - *a.offset) * minute : clocks;
}

int compare_dates(const DateTime& a, const DateTime& b) {
  const auto later = a.has_time && b.has_time ? milliseconds_between(a, b) : day_of(b) - day_of(a);
  return later > 0 ? -1 : later < 0;
}

CalendarDay calendar_day(const DateTime& date) {
  const std::chrono::sys_days days{std::chrono::days(day_of(date))};
  const std::chrono::year_month_day civil(days);
  return {static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())),
          static_cast<int>(static_cast<unsigned>(civil.day())),
          static_cast<int>(std::chrono::weekday(days).iso_encoding())};
}

}  // namespace sondeo
