// SPDX-License-Identifier: MIT
#include "base/date.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <ctime>
#include <random>

namespace sondeo {
namespace {

// "2024-03-01 09:05:07.250 +60", without what the date does not have; "-" if it is none.
std::string shown(std::string_view text, std::string_view format = "") {
  const auto date = parse_date(text, format);
  if (!date) return "-";
  const auto day = calendar_day(*date);
  const auto ms = ((date->clock % 86400000) + 86400000) % 86400000;
  char out[80];
  int size = std::snprintf(out, sizeof out, "%04d-%02d-%02d", day.year, day.month, day.day);
  if (date->has_time) {
    size += std::snprintf(out + size, sizeof out - size, " %02d:%02d:%02d.%03d",
                          static_cast<int>(ms / 3600000), static_cast<int>(ms / 60000 % 60),
                          static_cast<int>(ms / 1000 % 60), static_cast<int>(ms % 1000));
  }
  if (date->offset) std::snprintf(out + size, sizeof out - size, " %+d", *date->offset);
  return out;
}

}  // namespace

TEST_CASE("parse_date: ISO 8601") {
  CHECK(shown("2024-03-01") == "2024-03-01");
  CHECK(shown(" 2024-02-29 ") == "2024-02-29");
  CHECK(shown("2024-03-01T09:05") == "2024-03-01 09:05:00.000");
  CHECK(shown("2024-03-01 09:05:07") == "2024-03-01 09:05:07.000");
  CHECK(shown("2024-03-01T09:05:07.25") == "2024-03-01 09:05:07.250");
  CHECK(shown("2024-03-01T09:05:07,1239999Z") == "2024-03-01 09:05:07.123 +0");
  CHECK(shown("2024-03-01T09:05:07.000+01:00") == "2024-03-01 09:05:07.000 +60");
  CHECK(shown("2024-03-01T09:05-0330") == "2024-03-01 09:05:00.000 -210");
  CHECK(shown("2024-03-01 09:05:07 +02") == "2024-03-01 09:05:07.000 +120");
  CHECK(shown("0001-01-01") == "0001-01-01");
  CHECK(shown("9999-12-31T23:59:59.999") == "9999-12-31 23:59:59.999");
  for (const auto* text : {"",
                           "x",
                           "2024",
                           "2024-3-1",
                           "2024-13-01",
                           "2024-00-10",
                           "2024-01-00",
                           "2023-02-29",
                           "1900-02-29",
                           "0000-01-01",
                           "24-03-01",
                           "02024-03-01",
                           "2024/03/01",
                           "2024-03-01T",
                           "2024-03-01T9:05",
                           "2024-03-01T24:00",
                           "2024-03-01T09:60",
                           "2024-03-01T09:05:60",
                           "2024-03-01T09",
                           "2024-03-01T09:05:07.",
                           "2024-03-01T09:05:",
                           "2024-03-01T09:05+1",
                           "2024-03-01T09:05+01:",
                           "2024-03-01T09:05+01:60",
                           "2024-03-01T09:05+24:00",
                           "2024-03-01Z",
                           "2024-03-01 x",
                           "2024-03-01T09:05Zx",
                           "2024-03-01T09:05 PM",
                           "-2024-03-01",
                           "2024-03-01T09:05:07+01:000",
                           "2024-03--1",
                           "+024-03-01"}) {
    CAPTURE(text);
    CHECK(shown(text) == "-");
  }
}

TEST_CASE("parse_date: formats") {
  CHECK(shown("1/3/2024", "%d/%m/%Y") == "2024-03-01");
  CHECK(shown("01/03/2024 9:05", "%d/%m/%Y %H:%M") == "2024-03-01 09:05:00.000");
  CHECK(shown("01/03/2024 \u00A0 09:05:07.5", "%d/%m/%Y %H:%M:%S.%f") == "2024-03-01 09:05:07.500");
  CHECK(shown("20240301", "%Y%m%d") == "2024-03-01");
  CHECK(shown("20240301T0905", "%Y%m%dT%H%M") == "2024-03-01 09:05:00.000");
  CHECK(shown("3/1/24", "%m/%d/%y") == "2024-03-01");
  CHECK(shown("3/1/69", "%m/%d/%y") == "1969-03-01");
  CHECK(shown("3/1/68", "%m/%d/%y") == "2068-03-01");
  CHECK(shown("2024/03/01 12:05:07 AM GMT+1", "%Y/%m/%d %I:%M:%S %p GMT%z") ==
        "2024-03-01 00:05:07.000 +60");
  CHECK(shown("2024/03/01 1:05:07 p. m. GMT-3", "%Y/%m/%d %I:%M:%S %p GMT%z") ==
        "2024-03-01 13:05:07.000 -180");
  CHECK(shown("2024/03/01 12:00pm", "%Y/%m/%d %I:%M%p") == "2024-03-01 12:00:00.000");
  CHECK(shown("1 % 3 de 2024", "%d %% %m de %Y") == "2024-03-01");
  CHECK(shown("año 2024-1-2", "año %Y-%m-%d") == "2024-01-02");
  CHECK(shown("31/02/2024", "%d/%m/%Y") == "-");
  CHECK(shown("1/3/2024x", "%d/%m/%Y") == "-");
  CHECK(shown("1/3/202", "%d/%m/%Y") == "-");
  CHECK(shown("1/3/2024", "%d/%m/%Y %H:%M") == "-");
  CHECK(shown("1/3/2024 9", "%d/%m/%Y") == "-");
  CHECK(shown("2024-03-01", "%d/%m/%Y") == "-");
  CHECK(shown("1/3/2024 0:05 PM", "%d/%m/%Y %I:%M %p") == "-");
  CHECK(shown("1/3/2024 13:05 PM", "%d/%m/%Y %I:%M %p") == "-");
  CHECK(shown("", "%d/%m/%Y") == "-");
}

TEST_CASE("date_format_fault") {
  for (const auto* format : {"%d/%m/%Y", "%d/%m/%y %H:%M:%S.%f", "%Y%m%d", "%%%Y%%%m%%%d",
                             "%Y-%m-%dT%H%z", " %d.%m.%Y %I:%M %p "}) {
    CAPTURE(format);
    CHECK(date_format_fault(format) == "");
  }
  CHECK(date_format_fault("") == "needs the year once, as %Y or %y");
  CHECK(date_format_fault("%Y %y %m %d") == "needs the year once, as %Y or %y");
  CHECK(date_format_fault("%Y") == "needs the month, as %m");
  CHECK(date_format_fault("%m/%Y") == "needs the day, as %d");
  CHECK(date_format_fault("%Y%m%d%d") == "has %d twice");
  CHECK(date_format_fault("%Y%m%d%") == "ends in a single %");
  CHECK(date_format_fault("%Y%b%d") ==
        "has %b, which is none of %Y %y %m %d %H %I %M %S %f %p %z %%");
  CHECK(date_format_fault("%Y%m%d %\xC3\xB1").starts_with("has %"));
  CHECK(date_format_fault("%Y%m%d %H %I %p") == "has the hour twice");
  CHECK(date_format_fault("%Y%m%d %I") == "needs %I and %p together");
  CHECK(date_format_fault("%Y%m%d %H %p") == "needs %I and %p together");
  CHECK(date_format_fault("%Y%m%d %M") == "has %M without an hour");
  CHECK(date_format_fault("%Y%m%d %H:%S") == "has %S without %M");
  CHECK(date_format_fault("%Y%m%d %H:%M:%f") == "has %f without %S");
  CHECK(date_format_fault("%Y%m%d %z") == "has %z without an hour");
}

TEST_CASE("dates agree with the C library's, back and forth") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20000; ++i) {
    const auto seconds = static_cast<std::int64_t>(random() % 315537897600ULL) - 62135596800LL;
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    REQUIRE(gmtime_r(&time, &parts) != nullptr);
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    CAPTURE(text);
    const auto date = parse_date(text);
    REQUIRE(date);
    REQUIRE(date->clock == 1000 * seconds);
    const auto day = calendar_day(*date);
    REQUIRE(day.year == parts.tm_year + 1900);
    REQUIRE(day.month == parts.tm_mon + 1);
    REQUIRE(day.day == parts.tm_mday);
    REQUIRE(day.weekday % 7 == parts.tm_wday);
  }
}

TEST_CASE("differences and order") {
  const auto date = [](std::string_view text) { return parse_date(text).value(); };
  const auto hours = [&](std::string_view a, std::string_view b) {
    return static_cast<double>(milliseconds_between(date(a), date(b))) / 3600000;
  };
  CHECK(hours("2024-02-28", "2024-03-01") == 48);
  CHECK(hours("2024-03-01 12:00", "2024-03-01") == -12);
  CHECK(hours("2024-03-01T10:00Z", "2024-03-01T11:00+01:00") == 0);
  CHECK(hours("2024-03-31T01:30+01:00", "2024-03-31T03:30+02:00") == 1);
  CHECK(hours("2024-03-01T10:00", "2024-03-01T11:00+01:00") == 1);

  const auto order = [&](std::string_view a, std::string_view b) {
    return compare_dates(date(a), date(b));
  };
  CHECK(order("2024-03-01", "2024-03-02") < 0);
  CHECK(order("2024-03-01 10:00", "2024-03-01 09:59:59.999") > 0);
  CHECK(order("2024-03-01T10:00Z", "2024-03-01T11:00+01:00") == 0);
  CHECK(order("2024-03-01T10:00", "2024-03-01T11:00+01:00") < 0);
  // Without a time of day on one side only the days count.
  CHECK(order("2024-03-31 18:00", "2024-03-31") == 0);
  CHECK(order("2024-03-31", "2024-03-31 18:00") == 0);
  CHECK(order("2024-04-01 00:00", "2024-03-31") > 0);
  CHECK(order("1969-12-31 23:00", "1969-12-31") == 0);
  CHECK(order("1969-12-31 23:00", "1970-01-01") < 0);
}

}  // namespace sondeo
