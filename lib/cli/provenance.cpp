// SPDX-License-Identifier: MIT
#include "cli/provenance.h"

#include <algorithm>
#include <cstdlib>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

constexpr unsigned long long last_second = 253402300799;  // of the year 9999

std::string without_folders(const std::string& path) {
  if (path == "-") return "<stdin>";
  return path.substr(path.rfind('/') + 1);
}

std::string two_digits(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("%+,-./:=@_").find(c) != std::string_view::npos;
}

// "" if nobody has set it.
std::string told_date() {
  const char* value = std::getenv("SOURCE_DATE_EPOCH");
  if (value == nullptr || *value == 0) return "";
  const auto seconds = parse_count(value);
  if (!seconds || *seconds > last_second) {
    throw Error("source-date", "SOURCE_DATE_EPOCH is '" + excerpt(value) + "'",
                "it takes whole seconds since 1970-01-01 00:00 UTC");
  }
  return utc_text(*seconds);
}

}  // namespace

std::string utc_text(unsigned long long seconds) {
  if (seconds > last_second) return "";
  DateTime date;
  date.clock = static_cast<std::int64_t>(seconds) * 1000;
  const auto day = calendar_day(date);
  const auto time = static_cast<int>(seconds % 86400);
  return std::to_string(day.year) + "-" + two_digits(day.month) + "-" + two_digits(day.day) + "T" +
         two_digits(time / 3600) + ":" + two_digits(time / 60 % 60) + ":" + two_digits(time % 60) +
         "Z";
}

std::string shell_line(const std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) {
    if (!line.empty()) line += ' ';
    if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? "'\\''" : std::string(1, c);
    line += '\'';
  }
  return line;
}

void tell_run(Provenance& provenance, const std::vector<std::string>& command,
              const StudyInput& input, const std::string& cells) {
  provenance.command = shell_line(command);
  provenance.date = told_date();
  provenance.input_name = without_folders(cells.empty() ? input.path : cells);
  if (input.csv.hash) provenance.input_xxh3 = input.csv.hash->hex();
  if (!input.study) return;
  provenance.study_name = without_folders(input.study->file);
  TextHash hash;
  hash.add(input.text);
  provenance.study_xxh3 = hash.hex();
}

}  // namespace sondeo
