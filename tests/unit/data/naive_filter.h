// SPDX-License-Identifier: MIT
// What an expression says about one row, worked out in the plainest way and apart from the filter:
// own dates (by the C library), own numbers (by strtod), own case folding.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "expr/expr.h"

namespace sondeo::naive {

struct Date {
  long long wall = 0;  // seconds
  long long day = 0;
  bool time = false;
  std::optional<long long> offset;  // seconds
};

struct Value {
  bool missing = false;
  std::optional<double> number;  // a literal or computed number
  std::string text;
  std::optional<Date> date;
};

// Cells by column name; a text without blanks or quotes around it.
using Cells = std::map<std::string, std::string>;

inline bool no_answer(const std::string& text) {
  return text.empty() || text == "99" || text == "NA";
}

// With a decimal comma.
inline std::optional<double> number_in(std::string text) {
  static const std::regex pattern("[+-]?([0-9]+(,[0-9]*)?|,[0-9]+)");
  if (!std::regex_match(text, pattern)) return std::nullopt;
  for (char& c : text) c = c == ',' ? '.' : c;
  return std::strtod(text.c_str(), nullptr);
}

inline std::optional<long long> day_number(int year, int month, int day) {
  std::tm parts{};
  parts.tm_year = year - 1900;
  parts.tm_mon = month - 1;
  parts.tm_mday = day;
  const std::time_t time = timegm(&parts);
  if (parts.tm_year != year - 1900 || parts.tm_mon != month - 1 || parts.tm_mday != day) {
    return std::nullopt;
  }
  return static_cast<long long>(time) / 86400 - (time % 86400 < 0);
}

inline std::optional<Date> date_in(const std::string& text, bool day_first) {
  static const std::regex iso(
      "(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d))?(Z|[+-]\\d\\d:\\d\\d)?)?");
  static const std::regex slashes("(\\d{1,2})/(\\d{1,2})/(\\d{4})");
  std::smatch m;
  if (!std::regex_match(text, m, day_first ? slashes : iso)) return std::nullopt;
  const auto part = [&](std::size_t i) { return std::atoi(m[i].str().c_str()); };
  const auto day =
      day_first ? day_number(part(3), part(2), part(1)) : day_number(part(1), part(2), part(3));
  if (!day) return std::nullopt;
  Date date{*day * 86400, *day, false, std::nullopt};
  if (day_first || !m[4].matched) return date;
  if (part(4) > 23 || part(5) > 59 || part(6) > 59) return std::nullopt;
  date.time = true;
  date.wall += part(4) * 3600 + part(5) * 60 + part(6);
  if (const auto zone = m[7].str(); zone == "Z") {
    date.offset = 0;
  } else if (!zone.empty()) {
    const int minutes = 60 * std::atoi(zone.substr(1, 2).c_str()) + std::atoi(zone.c_str() + 4);
    date.offset = (zone[0] == '-' ? -60 : 60) * minutes;
  }
  return date;
}

inline double seconds_between(const Date& a, const Date& b) {
  if (a.offset && b.offset) {
    return static_cast<double>((b.wall - *b.offset) - (a.wall - *a.offset));
  }
  return static_cast<double>(b.wall - a.wall);
}

inline double order(const Date& a, const Date& b) {
  return a.time && b.time ? seconds_between(b, a) : static_cast<double>(a.day - b.day);
}

// Lower case of ASCII and of the one accented letter that the tests use.
inline std::string lower(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "Ó") == 0) {
      out += "ó";
      ++i;
    } else {
      out += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    }
  }
  return out;
}

inline bool like(const char* pattern, const char* text) {
  if (*pattern == 0) return *text == 0;
  if (*pattern == '*') return like(pattern + 1, text) || (*text != 0 && like(pattern, text + 1));
  if (*text == 0) return false;
  if (*pattern != '?') return *pattern == *text && like(pattern + 1, text + 1);
  do {
    ++text;
  } while ((*text & 0xC0) == 0x80);
  return like(pattern + 1, text);
}

class Evaluator {
 public:
  explicit Evaluator(const Cells& cells) : cells_(cells) {}

  // Nothing if it is unknown.
  std::optional<bool> truth(const Expr& e) const {
    switch (e.kind) {
      case ExprKind::boolean:
        return e.value != 0;
      case ExprKind::logical_not: {
        const auto t = truth(e.args[0]);
        return t ? std::optional(!*t) : t;
      }
      case ExprKind::logical_and:
      case ExprKind::logical_or: {
        const bool decides = e.kind == ExprKind::logical_or;
        bool all_known = true;
        for (const auto& arg : e.args) {
          const auto t = truth(arg);
          if (t == decides) return decides;
          all_known = all_known && t;
        }
        return all_known ? std::optional(!decides) : std::nullopt;
      }
      case ExprKind::missing:
        return value(e.args[0]).missing;
      case ExprKind::contains:
      case ExprKind::matches: {
        const auto v = value(e.args[0]);
        if (v.missing) return std::nullopt;
        const auto text = lower(v.text);
        const auto pattern = lower(e.args[1].text);
        return e.kind == ExprKind::contains ? text.find(pattern) != std::string::npos
                                            : like(pattern.c_str(), text.c_str());
      }
      case ExprKind::any:
      case ExprKind::in: {
        const auto v = value(e.args[0]);
        if (e.kind == ExprKind::any && e.args.size() == 1) return !v.missing;
        if (v.missing) return std::nullopt;
        for (std::size_t i = 1; i < e.args.size(); ++i) {
          const auto& item = e.args[i];
          const bool range = item.kind == ExprKind::range;
          if (range ? within(v, value(item.args[0]), value(item.args[1]))
                    : compare(ExprKind::equal, v, value(item)) == true) {
            return true;
          }
        }
        return false;
      }
      default:
        return compare(e.kind, value(e.args[0]), value(e.args[1]));
    }
  }

  // Nothing if it is missing or no number.
  std::optional<double> number(const Expr& e) const { return number(value(e)); }

 private:
  static std::optional<double> number(const Value& v) {
    if (v.missing || v.date) return std::nullopt;
    return v.number ? v.number : number_in(v.text);
  }

  static bool within(const Value& v, const Value& low, const Value& high) {
    if (v.date) return order(*low.date, *v.date) <= 0 && order(*v.date, *high.date) <= 0;
    if (!low.number) return v.text >= low.text && v.text <= high.text;
    const auto n = number(v);
    return n && *n >= *low.number && *n <= *high.number;
  }

  static std::optional<bool> compare(ExprKind kind, const Value& a, const Value& b) {
    if (a.missing || b.missing) return std::nullopt;
    double sign = 0;
    if (a.date) {
      sign = order(*a.date, *b.date);
    } else if (a.number || b.number) {
      const auto x = number(a);
      const auto y = number(b);
      if (!x || !y) {
        if (kind == ExprKind::equal || kind == ExprKind::not_equal) {
          return kind == ExprKind::not_equal;
        }
        return std::nullopt;
      }
      sign = *x < *y ? -1 : *x > *y;
    } else {
      sign = a.text < b.text ? -1 : a.text > b.text;
    }
    return kind == ExprKind::equal        ? sign == 0
           : kind == ExprKind::not_equal  ? sign != 0
           : kind == ExprKind::less       ? sign < 0
           : kind == ExprKind::less_equal ? sign <= 0
           : kind == ExprKind::greater    ? sign > 0
                                          : sign >= 0;
  }

  static Value made(std::optional<double> number) {
    if (number && !std::isfinite(*number)) number.reset();
    return {!number, number.value_or(0), "", {}};
  }

  Value value(const Expr& e) const {
    const auto is = [&](ExprKind kind) { return e.kind == kind; };
    if (is(ExprKind::number)) return {false, e.value, "", {}};
    if (is(ExprKind::text)) return {false, {}, e.text, {}};
    if (is(ExprKind::name)) {
      const auto& text = cells_.at(e.text);
      return {no_answer(text), {}, text, {}};
    }
    if (is(ExprKind::text_of)) return {false, {}, cells_.at(e.args[0].text), {}};
    if (is(ExprKind::date)) return {false, {}, "", date_in(e.text, false)};
    if (is(ExprKind::date_of)) {
      const auto& text = cells_.at(e.args[0].text);
      const auto date = no_answer(text) ? std::nullopt : date_in(text, !e.text.empty());
      return {!date, {}, "", date};
    }
    if (is(ExprKind::count)) return made(value(e.args[0]).missing ? 0 : 1);
    if (is(ExprKind::if_else)) {
      const auto t = truth(e.args[0]);
      return made(t ? number(e.args[*t ? 1 : 2]) : std::nullopt);
    }
    const auto first = value(e.args[0]);
    if (first.date || is(ExprKind::days) || is(ExprKind::year)) return of_dates(e, first);
    std::vector<double> there;
    for (const auto& arg : e.args) {
      if (const auto n = number(arg)) there.push_back(*n);
    }
    const bool list =
        is(ExprKind::min) || is(ExprKind::max) || is(ExprKind::sum) || is(ExprKind::mean);
    if (there.empty() || (!list && there.size() < e.args.size())) return made({});
    return made(list ? reduced(e.kind, there) : computed(e.kind, there));
  }

  Value of_dates(const Expr& e, const Value& first) const {
    if (first.missing) return made({});
    if (e.args.size() == 2) {
      const auto second = value(e.args[1]);
      if (second.missing) return made({});
      const double seconds = seconds_between(*first.date, *second.date);
      return made(seconds / (e.kind == ExprKind::days      ? 86400
                             : e.kind == ExprKind::hours   ? 3600
                             : e.kind == ExprKind::minutes ? 60
                                                           : 1));
    }
    const std::time_t time = first.date->wall;
    std::tm parts{};
    gmtime_r(&time, &parts);
    return made(e.kind == ExprKind::year    ? parts.tm_year + 1900
                : e.kind == ExprKind::month ? parts.tm_mon + 1
                                            : (parts.tm_wday + 6) % 7 + 1);
  }

  static double reduced(ExprKind kind, const std::vector<double>& list) {
    double low = list[0];
    double high = list[0];
    double sum = 0;
    for (const double n : list) {
      low = n < low ? n : low;
      high = n > high ? n : high;
      sum += n;
    }
    return kind == ExprKind::min   ? low
           : kind == ExprKind::max ? high
           : kind == ExprKind::sum ? sum
                                   : sum / static_cast<double>(list.size());
  }

  static double computed(ExprKind kind, const std::vector<double>& n) {
    switch (kind) {
      case ExprKind::negate:
        return -n[0];
      case ExprKind::add:
        return n[0] + n[1];
      case ExprKind::subtract:
        return n[0] - n[1];
      case ExprKind::multiply:
        return n[0] * n[1];
      case ExprKind::divide:
        return n[0] / n[1];
      case ExprKind::floor:
        return std::floor(n[0]);
      case ExprKind::abs:
        return std::fabs(n[0]);
      default: {
        char digits[40];
        std::snprintf(digits, sizeof digits, "%.15g", n[0]);
        return std::round(std::strtod(digits, nullptr));
      }
    }
  }

  const Cells& cells_;
};

}  // namespace sondeo::naive
