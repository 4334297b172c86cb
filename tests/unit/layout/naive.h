// SPDX-License-Identifier: MIT
// Delimited text read one byte at a time, written apart from the reader that it judges.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "layout/records.h"

namespace sondeo::naive {

struct Row {
  std::size_t start = 0;
  std::vector<std::string> cells;  // raw, with their quotes
};

struct Reading {
  std::vector<Row> rows;
  std::size_t end = 0;  // where the next record starts
  Finding bare_quotes, blank_lines, padded_rows, surplus_cells;
  std::optional<Problem> problem;
};

inline bool ends_line(char c) { return c == '\n' || c == '\r'; }

inline std::uint64_t lines_before(std::string_view text, std::size_t at) {
  std::uint64_t lines = 0;
  for (std::size_t i = 0; i < at && i < text.size(); ++i) {
    if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) ++lines;
  }
  return lines;
}

// The cells of the record at `at`, which moves behind it; or the problem of its quotes.
inline std::optional<Problem> read_record(std::string_view text, std::size_t& at, char delimiter,
                                          std::vector<std::string>& cells,
                                          std::vector<std::size_t>& bare) {
  using Kind = Problem::Kind;
  while (true) {
    std::string cell;
    const auto cell_start = at;
    if (at < text.size() && text[at] == '"') {
      cell += text[at++];
      for (bool open = true; open;) {
        if (at >= text.size()) return Problem{Kind::unterminated, cell_start};
        const char c = text[at];
        cell += c;
        ++at;
        if (c != '"') continue;
        if (at < text.size() && text[at] == '"') {
          cell += '"';
          ++at;
        } else {
          open = false;
        }
      }
      if (at < text.size() && text[at] != delimiter && !ends_line(text[at])) {
        return Problem{Kind::text_after_quote, at};
      }
    } else {
      bool quote = false;
      for (; at < text.size() && text[at] != delimiter && !ends_line(text[at]); ++at) {
        quote |= text[at] == '"';
        cell += text[at];
      }
      if (quote) bare.push_back(cell_start);
    }
    cells.push_back(cell);
    if (at >= text.size()) return std::nullopt;
    const char c = text[at++];
    if (c == delimiter) continue;
    if (c == '\r' && at < text.size() && text[at] == '\n') ++at;
    return std::nullopt;
  }
}

// The records that start in [begin, span_end) of the whole input.
inline Reading read(std::string_view text, std::size_t begin, std::size_t span_end,
                    const Dialect& dialect, std::size_t columns) {
  using Kind = Problem::Kind;
  Reading reading;
  std::size_t at = begin;
  while (at < span_end && at < text.size() && !reading.problem) {
    const auto start = at;
    if (columns > 1 && ends_line(text[at])) {
      reading.blank_lines.meet(at);
      at += text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
      continue;
    }
    Row row{start, {}};
    std::vector<std::size_t> bare;
    auto problem = read_record(text, at, dialect.delimiter, row.cells, bare);
    const auto found = row.cells.size();
    if (dialect.strict_quotes && !bare.empty()) {
      problem = Problem{Kind::bare_quote, text.find('"', bare[0])};
    }
    if (!problem && found < columns) {
      if (dialect.ragged == Ragged::error)
        problem = Problem{Kind::short_row, start, columns, found};
      else
        reading.padded_rows.meet(start);
    }
    if (!problem && found > columns) {
      bool empty = dialect.ragged == Ragged::pad;
      for (auto i = columns; i < found; ++i) empty &= row.cells[i].empty();
      if (empty)
        reading.surplus_cells.meet(start);
      else
        problem = Problem{Kind::long_row, start, columns, found};
    }
    if (problem) {
      reading.problem = problem;
      at = problem->at;
      break;
    }
    for (const auto each : bare) reading.bare_quotes.meet(each);
    row.cells.resize(columns);
    reading.rows.push_back(std::move(row));
  }
  reading.end = at;
  const auto part = text.substr(begin, at - begin);
  const auto consider = [&](std::size_t where, Kind kind) {
    if (where == std::string_view::npos) return;
    if (!reading.problem || begin + where < reading.problem->at) {
      reading.problem = Problem{kind, begin + where};
    }
  };
  consider(part.find('\0'), Kind::nul);
  consider(find_invalid_utf8(part), Kind::utf8);
  return reading;
}

// Text that is a table of `columns` cells, with something wrong in it now and then.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }

  std::string noise(std::size_t size, std::string_view alphabet) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += alphabet[below(alphabet.size())];
    return text;
  }

  std::string cell(char delimiter) {
    static const std::vector<std::string> words{"", "", "a", "7", "Yes", "don't know", "né", "x y"};
    std::string text = words[below(words.size())];
    if (one_in(4)) text += noise(below(40), "abcdef ");
    if (!one_in(3)) return text;
    const std::string quotable{'"', delimiter, '\n', '\r', 'b'};
    std::string quoted = "\"" + text;
    for (std::size_t i = below(6); i > 0; --i) {
      const char c = quotable[below(quotable.size())];
      quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    }
    return quoted + "\"";
  }

  std::string table(std::size_t rows, std::size_t columns, char delimiter, std::size_t wrongs) {
    static const std::vector<std::string> line_ends{"\n", "\n", "\r\n", "\r"};
    const auto line_end = line_ends[below(line_ends.size())];
    const bool mixed = one_in(4);
    std::string text;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j)
        text += (j > 0 ? std::string(1, delimiter) : "") + cell(delimiter);
      if (i + 1 < rows || one_in(2)) text += mixed ? line_ends[below(line_ends.size())] : line_end;
    }
    for (; wrongs > 0 && !text.empty(); --wrongs) {
      const auto at = below(text.size());
      const std::string signs{'"', '\n', '\r', delimiter, '\0', '\xff', 'z', '\xc3'};
      const char sign = signs[below(signs.size())];
      if (one_in(3))
        text.erase(at, 1 + below(3));
      else if (one_in(2))
        text.insert(at, 1, sign);
      else
        text[at] = sign;
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

}  // namespace sondeo::naive
