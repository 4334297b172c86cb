// SPDX-License-Identifier: MIT
#include "synth/open_answers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "synth/columns.h"
#include "synth/random.h"
#include "synth/shares.h"

namespace sondeo {
namespace {

// Numbers beyond these are drawn from a part of their range only.
constexpr double most_number = 1e15;

long long whole_from(double value) {
  return static_cast<long long>(std::ceil(std::clamp(value, -most_number, most_number)));
}

std::string padded(unsigned number, std::size_t width) {
  auto text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::string date_text(unsigned day_of_year, unsigned minute, std::string_view format) {
  static constexpr unsigned lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  unsigned month = 0;
  while (day_of_year >= lengths[month]) day_of_year -= lengths[month++];
  const auto hour = minute / 60;
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      text += format[i];
      continue;
    }
    switch (format[++i]) {
      case 'Y':
        text += "2025";
        break;
      case 'y':
        text += "25";
        break;
      case 'm':
        text += padded(month + 1, 2);
        break;
      case 'd':
        text += padded(day_of_year + 1, 2);
        break;
      case 'H':
        text += padded(hour, 2);
        break;
      case 'I':
        text += padded(hour % 12 == 0 ? 12 : hour % 12, 2);
        break;
      case 'p':
        text += hour < 12 ? "AM" : "PM";
        break;
      case 'M':
        text += padded(minute % 60, 2);
        break;
      case 'S':
        text += "00";
        break;
      case 'f':
        text += "0";
        break;
      case 'z':
        text += "+00:00";
        break;
      default:
        text += format[i];
    }
  }
  return text;
}

}  // namespace

NumberRange range_of(const StudyQuestion& variable) {
  NumberRange range;
  if (variable.least) range.least = whole_from(*variable.least);
  if (variable.most) {
    range.most = -whole_from(-*variable.most);
    if (!variable.least && range.most < range.least) range.least = range.most - 100;
  } else if (variable.least) {
    range.most = range.least + 100;
  }
  return range;
}

std::vector<long long> draw_numbers(const StudyQuestion& variable,
                                    const std::vector<std::size_t>& respondents,
                                    const Sample& sample) {
  const auto range = range_of(variable);
  const auto width = static_cast<std::uint64_t>(std::max(range.most - range.least, 0LL) + 1);
  const Draws draws(sample.seed, variable.name);
  std::vector<long long> numbers;
  for (const auto who : respondents) {
    // The smaller of two: small numbers are more frequent.
    const auto one = std::min(draws.below(2 * who, width), draws.below(2 * who + 1, width));
    numbers.push_back(range.least + static_cast<long long>(one));
  }
  return numbers;
}

NumberRange band_range(const StudyQuestion& number, const StudyQuestion& bands, std::size_t band) {
  const auto& cuts = bands.bands->cuts;
  NumberRange range;
  range.least = whole_from(cuts[band]);
  if (band + 1 < cuts.size()) {
    range.most = whole_from(cuts[band + 1]) - 1;
  } else if (number.most) {
    range.most = range_of(number).most;
  } else {
    range.most = range.least + (band > 0 ? range.least - whole_from(cuts[band - 1]) - 1 : 99);
  }
  if (number.least) range.least = std::max(range.least, range_of(number).least);
  if (number.most) range.most = std::min(range.most, range_of(number).most);
  if (range.most < range.least) {
    throw Error(bands.at, "target-band",
                "no whole number of " + number.name + " is in the band " + bands.codes[band].code +
                    " of " + bands.name,
                "numbers are drawn as whole ones, between min and max");
  }
  return range;
}

void write_numbers(const StudyQuestion& variable, const std::vector<std::size_t>& answering,
                   const std::vector<long long>& numbers, const std::vector<std::size_t>& asked,
                   const std::vector<std::string>& missing, Sample& sample) {
  ColumnWriter column(columns_of(variable)[0], sample.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!missing[i].empty()) column.set(asked[i], missing[i]);
  }
  for (std::size_t i = 0; i < answering.size(); ++i) {
    column.set(answering[i], std::to_string(numbers[i]));
  }
  sample.columns.push_back(column.take());
}

void write_ranks(const std::vector<StudyQuestion>& items, bool allocation,
                 const std::vector<std::size_t>& asked, Sample& sample) {
  std::vector<ColumnWriter> columns;
  std::vector<Draws> draws;
  std::vector<std::int64_t> liked;
  for (const auto& item : items) {
    columns.emplace_back(columns_of(item)[0], sample.size());
    draws.emplace_back(sample.seed, item.name);
    liked.push_back(Draws(sample.seed, item.name + " liked").bell(0) / 2);
  }
  for (const auto who : asked) {
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < items.size(); ++i) {
      values.push_back(liked[i] + draws[i].bell(who));
    }
    if (allocation) {
      // Squares, so that some items get much and others next to nothing.
      for (auto& value : values) {
        value = std::max<std::int64_t>(value + 2 * bell_unit, 0) / 256;
        value *= value;
      }
      if (std::accumulate(values.begin(), values.end(), std::int64_t{0}) == 0) values[0] = 1;
      values = apportion(100, values);
    } else {
      std::vector<std::size_t> order(items.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      std::stable_sort(order.begin(), order.end(),
                       [&](auto a, auto b) { return values[a] > values[b]; });
      for (std::size_t place = 0; place < order.size(); ++place) {
        values[order[place]] = static_cast<std::int64_t>(place + 1);
      }
    }
    for (std::size_t i = 0; i < items.size(); ++i) columns[i].set(who, std::to_string(values[i]));
  }
  for (auto& column : columns) sample.columns.push_back(column.take());
}

void write_dates(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                 Sample& sample) {
  ColumnWriter column(columns_of(variable)[0], sample.size());
  const Draws draws(sample.seed, variable.name);
  const auto format = variable.format.empty() ? std::string("%Y-%m-%d") : variable.format;
  for (const auto who : asked) {
    const auto day = static_cast<unsigned>(draws.below(2 * who, 365));
    const auto minute = static_cast<unsigned>(draws.below(2 * who + 1, 1440));
    column.set(who, date_text(day, minute, format));
  }
  sample.columns.push_back(column.take());
}

void write_texts(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                 Sample& sample) {
  ColumnWriter column(columns_of(variable)[0], sample.size());
  const Draws draws(sample.seed, variable.name);
  const auto text = column.text("synthetic");
  for (const auto who : asked) {
    if (draws.below(who, 3) == 0) column.set(who, text);
  }
  sample.columns.push_back(column.take());
}

void write_ids(const std::string& name, Sample& sample) {
  ColumnWriter column(name, sample.size());
  const auto width = std::max<std::size_t>(4, std::to_string(sample.size()).size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    column.set(i, "synthetic-" + padded(static_cast<unsigned>(i + 1), width));
  }
  sample.columns.push_back(column.take());
}

}  // namespace sondeo
