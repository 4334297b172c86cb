// SPDX-License-Identifier: MIT
// Dates and times that platforms write. No locale and no time zone database: a time is what the
// clock on the wall showed, and its offset from UTC if that was written too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sondeo {

struct DateTime {
  std::int64_t clock = 0;     // milliseconds on the wall clock since 1970-01-01 00:00 there
  bool has_time = false;      // a time of day was written; without one, it is midnight
  std::optional<int> offset;  // minutes by which that clock is ahead of UTC, if written
};

// The date that the whole of `text` is, after trim(); nothing if it is none, or no day of the
// calendar (Gregorian, years 1 to 9999). Fractions of a second are cut after the third digit.
// Without a `format` it must be ISO 8601: 2024-03-01, or with a time 2024-03-01T09:05 (a blank in
// place of T will do), :SS, .fraction and Z, +hh, +hhmm or +hh:mm if need be.
// In a format, %Y is a year of four digits, %y of two (69..99 are 1969..1999), %m %d %H %I one or
// two digits, %M %S two, %f a fraction's digits, %p AM or PM (also a. m.), %z as in ISO but +h
// too, %% a percent sign; a blank is one or more blanks; any other sign is itself.
std::optional<DateTime> parse_date(std::string_view text, std::string_view format = "");

// What is wrong with a format, to be shown after its text; "" if nothing is. It needs a year, month
// and day, each once; %M needs the hour, %S %M, %f %S, and %I goes with %p.
std::string date_format_fault(std::string_view format);

// Milliseconds from a to b. Times that both have an offset are instants; otherwise the difference
// is that of the wall clocks.
std::int64_t milliseconds_between(const DateTime& a, const DateTime& b);

// Negative if a is before b, 0 if they are the same, by milliseconds_between; where one of the two
// has no time of day, only the days count.
int compare_dates(const DateTime& a, const DateTime& b);

// On the wall clock.
struct CalendarDay {
  int year = 1970;
  int month = 1;    // 1 to 12
  int day = 1;      // 1 to 31
  int weekday = 4;  // 1 is Monday, 7 Sunday
};
CalendarDay calendar_day(const DateTime& date);

}  // namespace sondeo
