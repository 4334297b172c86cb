// SPDX-License-Identifier: MIT
// What a whole file must give, by the byte-wise reader, whatever the blocks and threads.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files.h"
#include "naive.h"

namespace sondeo::files {

using Cells = std::vector<std::string>;
using Rows = std::map<std::uint64_t, Cells>;

inline const char* id_of(Problem::Kind kind) {
  switch (kind) {
    case Problem::Kind::short_row:
      return "short-row";
    case Problem::Kind::long_row:
      return "long-row";
    case Problem::Kind::unterminated:
      return "unterminated-quote";
    case Problem::Kind::text_after_quote:
      return "text-after-quote";
    case Problem::Kind::bare_quote:
      return "bare-quote";
    case Problem::Kind::nul:
      return "nul-byte";
    case Problem::Kind::utf8:
      return "invalid-utf8";
    case Problem::Kind::too_long:
      break;
  }
  return "record-size";
}

// What the whole file must give, by the byte-wise reader: delimiter and columns are known.
inline Whole expect(const std::string& text, const CsvOptions& options, std::size_t columns) {
  Whole whole;
  Dialect dialect{options.delimiter, options.strict_quotes, options.ragged};
  const auto line_of = [&](std::size_t at) { return 1 + naive::lines_before(text, at); };
  const auto cells_of = [](const naive::Row& row) {
    Cells cells;
    for (const auto& cell : row.cells) cells.push_back(cell_text(cell));
    return cells;
  };
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> findings;  // first line, count
  const auto add = [&](const char* id, const Finding& finding) {
    if (finding.count == 0) return;
    auto& [line, count] = findings.try_emplace(id, line_of(finding.first), 0).first->second;
    count += finding.count;
  };
  std::optional<Problem> problem;
  const auto read = [&](std::size_t begin, std::size_t end) {
    auto reading = naive::read(text, begin, end, dialect, columns);
    problem = reading.problem;
    add("bare-quote", reading.bare_quotes);
    add("long-row", reading.surplus_cells);
    add("short-row", reading.padded_rows);
    return reading;
  };

  std::size_t at = 0;
  while (at < text.size() && naive::ends_line(text[at])) ++at;
  whole.delimiter = options.delimiter;
  whole.header_line = line_of(at);
  for (unsigned rows = 0; rows < options.header_rows && !problem;) {
    if (at >= text.size()) {
      whole.refusal = {"header-rows", whole.header_line, ""};
      return whole;
    }
    const auto header = read(at, at + 1);
    at = header.end;
    if (problem || header.rows.empty()) continue;
    const auto cells = cells_of(header.rows[0]);
    if (rows++ == 0) {
      whole.header = cells;
    } else {
      whole.below.push_back(cells);
    }
  }
  if (!problem) {
    const auto body = read(at, text.size());
    for (const auto& row : body.rows) whole.rows[line_of(row.start)] = cells_of(row);
    whole.counted_rows = body.rows.size();
    whole.bytes = text.size();
  }
  if (problem) {
    whole.rows.clear();
    whole.refusal = {id_of(problem->kind), line_of(problem->at), ""};
  }
  for (const auto& [id, finding] : findings)
    whole.issues.emplace_back(id, finding.first, finding.second);
  std::sort(whole.issues.begin(), whole.issues.end(), [](const auto& a, const auto& b) {
    return std::pair(std::get<1>(a), std::get<0>(a)) < std::pair(std::get<1>(b), std::get<0>(b));
  });
  return whole;
}

inline void check_same(const Whole& expected, const Whole& found) {
  REQUIRE(expected.refusal.id == found.refusal.id);
  REQUIRE(expected.refusal.line == found.refusal.line);
  if (!expected.refusal.id.empty()) return;
  REQUIRE(expected.header == found.header);
  REQUIRE(expected.below == found.below);
  REQUIRE(expected.header_line == found.header_line);
  REQUIRE(expected.rows == found.rows);
  REQUIRE(expected.counted_rows == found.counted_rows);
  REQUIRE(expected.bytes == found.bytes);
  REQUIRE(expected.issues == found.issues);
}

inline const std::vector<std::size_t> block_sizes{64, 128, 192, 1000, 4096, 256 << 10};

inline void check_blocks_and_threads(const std::string& text, CsvOptions options,
                                     const Whole& expected) {
  const TempFile file(text);
  options.file.path = file.path();
  for (const auto block_bytes : block_sizes) {
    std::string message;  // may name an encoding, which is guessed from a block
    if (block_bytes > 64 && block_bytes / 4 > text.size() && block_bytes < 4096) continue;
    for (const unsigned workers : {1, 2, 7}) {
      CAPTURE(block_bytes);
      CAPTURE(workers);
      options.block_bytes = block_bytes;
      const auto found = read_whole(options, workers);
      check_same(expected, found);
      if (message.empty()) message = found.refusal.message;
      REQUIRE(found.refusal.message == message);
    }
  }
}

inline CsvOptions with_delimiter(char delimiter) {
  CsvOptions options;
  options.delimiter = delimiter;
  return options;
}

inline Refusal refusal_of(std::string_view text, CsvOptions options = {}) {
  return read_text(text, options).refusal;
}

inline void check_refused(std::string_view text, const char* id, std::uint64_t line,
                          CsvOptions options = {}) {
  const auto refusal = refusal_of(text, options);
  CAPTURE(refusal.message);
  CHECK(refusal.id == id);
  CHECK(refusal.line == line);
}

}  // namespace sondeo::files
