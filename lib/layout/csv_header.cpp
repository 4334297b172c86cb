// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"
#include "layout/csv.h"

namespace sondeo {
namespace {

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

// Each delimiter counted outside quotes in the record at `at`, whatever separates its cells.
Counts count_delimiters(std::string_view text, std::size_t at) {
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
  issues.add({name_, header_line_}, "delimiter-guess",
             "cells are taken to be separated by " + delimiter_name(delimiters[most]) +
                 "; the header also has " + delimiter_name(delimiters[second]),
             "say which: --delimiter " + quoted_delimiter(delimiters[most]) + " or --delimiter " +
                 quoted_delimiter(delimiters[second]));
}

bool CsvFile::pass_header_rows(char* text, std::size_t available, bool at_end,
                               std::size_t columns) {
  Records records;
  for (unsigned row = 1; row < options_.header_rows && data_start_ < available; ++row) {
    if (!find_records(text, data_start_, data_start_ + 1, available, at_end, dialect_, columns,
                      records)) {
      return false;
    }
    if (records.problem) {
      const auto where = records.problem->at;
      refuse(*records.problem, 1 + count_line_ends(text, where), {text, available});
    }
    data_start_ = std::min(records.end, available);
    data_line_ += records.line_ends;
  }
  return data_start_ < available || at_end || options_.header_rows < 2;
}

void CsvFile::read_header(Issues& issues) {
  std::vector<char> buffer;
  Records records;
  for (std::size_t size = 64 << 10;; size *= 4) {
    if (size > largest_record) {
      throw Error(Place{name_, 1}, "record-size",
                  "the header is longer than " + std::to_string(largest_record >> 20) + " MiB",
                  "is this a delimited text file?");
    }
    // Only what is not there yet: a pipe would have to keep it all otherwise.
    buffer.resize(size + 128);
    const auto available = source_->read_at(0, buffer.data(), size);
    const bool at_end = available < size;
    const std::string_view text(buffer.data(), available);

    std::size_t at = skip_line_ends(text, 0);
    const char named = separator_line(text, at);
    at = skip_line_ends(text, at);
    if (at == text.size() && !at_end) continue;
    header_line_ = 1 + count_line_ends(text.data(), at);
    if (at == text.size()) {
      throw Error(Place{name_, 1}, "empty-file", "the file has no header line",
                  "the first line must name the columns");
    }
    if (options_.delimiter == 0) {
      dialect_.delimiter = named;
      if (named == 0) choose_delimiter(count_delimiters(text, at), issues);
    }
    const auto columns = count_cells(text, at, dialect_.delimiter);
    if (!find_records(buffer.data(), at, at + 1, available, at_end, dialect_, columns, records))
      continue;
    if (records.problem) {
      const auto where = records.problem->at;
      refuse(*records.problem, 1 + count_line_ends(text.data(), where), text);
    }
    data_start_ = std::min(records.end, available);
    data_line_ = header_line_ + records.line_ends;
    if (!pass_header_rows(buffer.data(), available, at_end, columns) && !at_end) continue;
    Block block{
        buffer.data(), records.starts, records.ends, records.rows, columns, at, header_line_, 0};
    report(records, block, issues);
    for (std::size_t i = 0; i < columns; ++i) header_.push_back(cell_text(block.cell(0, i)));
    break;
  }
  const auto has_other = [&](char sign) { return header_[0].find(sign) != std::string::npos; };
  if (header_.size() == 1 && std::any_of(delimiters.begin(), delimiters.end(), has_other)) {
    issues.add({name_, header_line_}, "one-column",
               "the file has one column, named " + excerpt(header_[0]),
               "is the delimiter right? --delimiter ';'");
  }
}

}  // namespace sondeo
