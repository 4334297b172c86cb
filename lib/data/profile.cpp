// SPDX-License-Identifier: MIT
#include "data/profile.h"

#include <algorithm>
#include <cmath>

#include "base/date.h"
#include "base/text.h"

namespace sondeo {
namespace {

// A longer cell is no id, no number and no date.
constexpr std::size_t longest_looked_up = 256;

}  // namespace

const std::vector<std::string>& usual_date_formats() {
  static const std::vector<std::string> formats{"",
                                                "%d/%m/%Y",
                                                "%m/%d/%Y",
                                                "%d/%m/%Y %H:%M",
                                                "%m/%d/%Y %H:%M",
                                                "%d/%m/%Y %H:%M:%S",
                                                "%m/%d/%Y %H:%M:%S",
                                                "%m/%d/%Y %I:%M:%S %p",
                                                "%d.%m.%Y",
                                                "%d-%m-%Y",
                                                "%Y/%m/%d",
                                                "%Y/%m/%d %I:%M:%S %p %z"};
  return formats;
}

Profiler::Profiler(std::size_t columns) : columns_(columns) {
  for (auto& column : columns_) column.profile.dates.resize(usual_date_formats().size());
}

void Profiler::take(const Block& block) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto& column = columns_[i];
    column.profile.rows += block.rows;
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto cell = block.cell(row, i);
      if (cell.empty()) continue;
      if (cell.front() != '"') {
        look(column, trim_blanks(cell));
      } else {
        const auto text = cell_text(cell);
        look(column, trim_blanks(text));
      }
    }
  }
}

void Profiler::look(Column& column, std::string_view text) {
  if (text.empty()) return;
  auto& profile = column.profile;
  ++profile.answered;
  profile.letters += text.size();
  profile.blanks |= text.find(' ') != std::string_view::npos;
  if (text.size() > longest_looked_up) {
    profile.many = true;
    return;
  }
  // The dictionary may read beyond the end of a text.
  char copy[longest_looked_up + 64] = {};
  std::memcpy(copy, text.data(), text.size());
  auto code = column.texts.find(copy, text.size());
  if (code != Dictionary::unknown) {
    profile.repeats = true;
    ++column.counts[code];
  } else if (column.texts.size() < most_ids) {
    column.texts.add(copy, text.size());
    column.counts.push_back(1);
  }
  if (const auto number = parse_number(text)) {
    if (profile.numbers++ == 0) profile.least = profile.most = *number;
    profile.whole += *number == std::floor(*number);
    profile.least = std::min(profile.least, *number);
    profile.most = std::max(profile.most, *number);
  }
  if (parse_number(text, {',', ""})) ++profile.comma_numbers;
  // A column of dates begins with one, so that others cost nothing.
  const auto& formats = usual_date_formats();
  for (std::size_t i = 0; i < formats.size(); ++i) {
    if (profile.dates[i] + 1 == profile.answered && parse_date(text, formats[i])) {
      ++profile.dates[i];
    }
  }
}

std::vector<ColumnProfile> Profiler::columns() const {
  std::vector<ColumnProfile> profiles;
  for (const auto& column : columns_) {
    profiles.push_back(column.profile);
    auto& profile = profiles.back();
    if (column.texts.size() > most_profiled) {
      profile.many = true;
      continue;
    }
    for (std::uint32_t code = 0; code < column.texts.size(); ++code) {
      profile.texts.push_back({column.texts.text(code), column.counts[code]});
    }
  }
  return profiles;
}

}  // namespace sondeo
