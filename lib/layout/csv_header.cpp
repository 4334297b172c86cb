// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "layout/csv.h"

namespace sondeo {
namespace {

constexpr unsigned most_header_rows = 3;
constexpr std::array delimiters{',', ';', '\t', '|'};

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::size_t after_line_end(std::string_view text, std::size_t at) {
  return at + (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1);
}

std::size_t skip_line_ends(std::string_view text, std::size_t at) {
  while (at < text.size() && is_line_end(text[at])) ++at;
  return at;
}

// Excel's first line `sep=X`. Returns X and moves `at` behind the line, or returns 0.
char separator_line(std::string_view text, std::size_t& at) {
  const auto line = text.substr(at);
  if (line.size() < 5 || line.substr(0, 4) != "sep=" || is_line_end(line[4])) return 0;
  if (line.size() > 5 && !is_line_end(line[5])) return 0;
  const char sign = line[4];
  // No table has its cells between these: the line is a header like any other.
  if (sign == '"' || sign == 0 || (sign & '\x80') != 0) return 0;
  at = line.size() > 5 ? after_line_end(text, at + 5) : text.size();
  return sign;
}

using Counts = std::array<std::size_t, delimiters.size()>;

// Each delimiter counted outside quotes in the record at `at`, whatever separates its cells; moves
// `at` to the record's end.
Counts count_delimiters(std::string_view text, std::size_t& at) {
  Counts counts{};
  bool inside = false;
  bool cell_start = true;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (inside) {
      if (c != '"') continue;
      if (at + 1 < text.size() && text[at + 1] == '"') {
        ++at;
      } else {
        inside = false;
      }
      continue;
    }
    if (is_line_end(c)) break;
    if (c == '"' && cell_start) {
      inside = true;
      cell_start = false;
      continue;
    }
    const auto found = std::find(delimiters.begin(), delimiters.end(), c);
    cell_start = found != delimiters.end();
    if (cell_start) ++counts[static_cast<std::size_t>(found - delimiters.begin())];
  }
  return counts;
}

// How many of each delimiter every one of the header rows has: the sign that separates their cells
// stands in all of them as often.
Counts count_delimiters(std::string_view text, std::size_t at, unsigned header_rows) {
  auto counts = count_delimiters(text, at);
  for (unsigned row = 1; row < header_rows; ++row) {
    at = skip_line_ends(text, at);
    if (at == text.size()) break;
    const auto more = count_delimiters(text, at);
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = std::min(counts[i], more[i]);
  }
  return counts;
}

// The number of cells of the record at `at`, so that it can be read like any other.
std::size_t count_cells(std::string_view text, std::size_t at, char delimiter) {
  std::size_t cells = 1;
  bool inside = false;
  bool quoted = false;  // the cell began with a quote
  bool cell_start = true;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (inside) {
      inside = c != '"';  // a doubled quote opens again at once
    } else if (c == '"' && (cell_start || (quoted && text[at - 1] == '"'))) {
      inside = quoted = true;
      cell_start = false;
    } else if (c == delimiter) {
      quoted = false;
      ++cells;
      cell_start = true;
    } else if (is_line_end(c)) {
      break;
    } else {
      cell_start = false;
    }
  }
  return cells;
}

std::string delimiter_name(char sign) {
  return sign == '\t' ? "tabs" : "'" + std::string(1, sign) + "'";
}

}  // namespace

CsvFile::CsvFile(const CsvOptions& options, Issues& issues)
    : CsvFile(open_input(options.file, issues), options, issues) {}

CsvFile::CsvFile(std::unique_ptr<ByteSource> source, const CsvOptions& options, Issues& issues)
    : options_(options),
      name_(input_name(options.file)),
      dialect_{options.delimiter, options.strict_quotes, options.ragged},
      source_(std::move(source)) {
  options_.block_bytes = std::max<std::size_t>(options_.block_bytes, 64);
  options_.header_rows = std::max(options_.header_rows, 1U);
  read_header(issues);
}

void CsvFile::choose_delimiter(const std::array<std::size_t, 4>& counts, Issues& issues) {
  std::size_t most = 0;
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] > counts[most]) most = i;
  }
  dialect_.delimiter = delimiters[most];
  std::size_t second = most == 0 ? 1 : 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (i != most && counts[i] > counts[second]) second = i;
  }
  if (counts[second] == 0) return;
  other_delimiter_ = delimiters[second];
  issues.add({name_, header_.line}, "delimiter-guess",
             "cells are taken to be separated by " + delimiter_name(delimiters[most]) +
                 "; the header also has " + delimiter_name(delimiters[second]),
             "say which: --delimiter " + quoted_delimiter(delimiters[most]) + " or --delimiter " +
                 quoted_delimiter(delimiters[second]));
}

void CsvFile::tell_header_rows(std::vector<char>& buffer, std::size_t at, std::size_t available,
                               bool at_end, Issues& issues) const {
  const auto& names = header_.names;
  const bool gaps =
      std::any_of(names.begin(), names.end(), [](const auto& name) { return name.empty(); });
  Records records;
  for (auto rows = options_.header_rows + 1; rows <= most_header_rows && at < available;) {
    const bool found =
        find_records(buffer.data(), at, at + 1, available, at_end, dialect_, names.size(), records);
    if (!found || records.problem) return;
    if (records.rows > 0) {
      const Block block{buffer.data(), records.starts, records.ends, 1, names.size(), at, 1, 0};
      std::size_t answers = 0;
      bool identifiers = false;
      for (std::size_t i = 0; i < names.size(); ++i) {
        const auto text = cell_text(block.cell(0, i));
        answers += says_answer(text);
        identifiers |= text.starts_with("{\"ImportId\"");
      }
      if (identifiers || answers > (gaps ? 0 : 1)) {
        issues.add({name_, 1 + count_line_ends(buffer.data(), at)}, "header-rows",
                   "this looks like a header row; it is counted as a respondent",
                   "--header-rows " + std::to_string(rows));
        return;
      }
      ++rows;
    }
    at = std::min(records.end, available);
  }
}

void CsvFile::read_header(Issues& issues) {
  std::vector<char> buffer;
  for (std::size_t size = 64 << 10;; size *= 4) {
    if (size > largest_record) {
      throw Error(Place{name_, 1}, "record-size",
                  "the header is longer than " + std::to_string(largest_record >> 20) + " MiB",
                  "is this a delimited text file?");
    }
    // Only what is not there yet: a pipe would have to keep it all otherwise.
    buffer.resize(size + 128);
    const auto available = source_->read_at(0, buffer.data(), size);
    if (read_header(buffer, available, available < size, issues)) break;
  }
  const auto& name = header_.names[0];
  const auto has_other = [&](char sign) { return name.find(sign) != std::string::npos; };
  if (header_.names.size() == 1 && std::any_of(delimiters.begin(), delimiters.end(), has_other)) {
    issues.add({name_, header_.line}, "one-column",
               "the file has one column, named " + excerpt(name),
               "is the delimiter right? --delimiter ';'");
  }
}

bool CsvFile::read_header(std::vector<char>& buffer, std::size_t available, bool at_end,
                          Issues& issues) {
  const std::string_view text(buffer.data(), available);
  std::size_t at = skip_line_ends(text, 0);
  const char named = separator_line(text, at);
  at = skip_line_ends(text, at);
  if (at == text.size() && !at_end) return false;
  header_ = {name_, 1 + count_line_ends(text.data(), at), {}, {}};
  if (at == text.size()) {
    throw Error(Place{name_, 1}, "empty-file", "the file has no header line",
                "the first line must name the columns");
  }
  Issues found;
  head_cells_.clear();
  other_delimiter_ = 0;
  dialect_.delimiter = options_.delimiter != 0 ? options_.delimiter : named;
  if (dialect_.delimiter == 0)
    choose_delimiter(count_delimiters(text, at, options_.header_rows), found);
  const auto columns = count_cells(text, at, dialect_.delimiter);
  Records records;
  for (unsigned rows = 0; rows < options_.header_rows; at = std::min(records.end, available)) {
    // One record at a time: the rows below are the respondents'.
    if (!find_records(buffer.data(), at, at + 1, available, at_end, dialect_, columns, records))
      return false;
    if (records.problem)
      refuse(*records.problem, 1 + count_line_ends(text.data(), records.problem->at), text);
    if (at == available) {
      if (!at_end) return false;
      throw Error(Place{name_, header_.line}, "header-rows",
                  "expected " + std::to_string(options_.header_rows) + " header rows, found " +
                      std::to_string(rows),
                  "--header-rows says how many there are");
    }
    if (records.rows == 0) continue;  // a blank line
    const auto line = 1 + count_line_ends(text.data(), at);
    const Block block{
        buffer.data(), records.starts, records.ends, records.rows, columns, at, line, 0};
    report(records, block, found);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < columns; ++i) {
      texts.push_back(cell_text(block.cell(0, i)));
      head_cells_.push_back({block.cell_start(0, i), block.ends[i]});
    }
    if (rows++ == 0) {
      header_.names = std::move(texts);
    } else {
      header_.below.push_back(std::move(texts));
    }
  }
  tell_header_rows(buffer, at, available, at_end, found);
  data_start_ = at;
  head_ = std::string(text.substr(0, at));
  data_line_ = 1 + count_line_ends(text.data(), at);
  issues.merge(found);
  return true;
}

}  // namespace sondeo
