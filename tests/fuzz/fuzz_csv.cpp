// SPDX-License-Identifier: MIT
// Any bytes as a table: the vector path and the careful path say the same, and blocks, however cut,
// give the same cells, lines and error as the text in one piece.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/text.h"
#include "data/block.h"
#include "layout/records.h"

namespace {

using namespace sondeo;

struct Reading {
  std::vector<std::string> cells;
  std::vector<std::uint64_t> lines;
  std::optional<std::pair<Problem::Kind, std::uint64_t>> problem;  // with its offset
  bool operator==(const Reading&) const = default;
};

void require(bool holds) {
  if (!holds) std::abort();
}

void take(Reading& reading, const Records& records, const char* bytes, std::size_t begin,
          std::uint64_t line, std::size_t columns) {
  const Block block{bytes, records.starts, records.ends, records.rows, columns, begin, line, 0};
  for (std::size_t row = 0; row < block.rows; ++row) {
    reading.lines.push_back(block.line_of(row));
    for (std::size_t i = 0; i < columns; ++i) reading.cells.emplace_back(block.cell(row, i));
  }
}

// As CsvFile does it: spans of `span` bytes in a window that grows until its last record is whole.
Reading read_spans(const std::string& text, std::size_t span, const Dialect& dialect,
                   std::size_t columns) {
  Reading reading;
  Records records;
  std::size_t position = 0;
  std::uint64_t line = 1;
  for (std::size_t stop = span; position < text.size(); stop += span) {
    if (position >= stop) continue;
    for (std::size_t available = stop + 16;; available *= 2) {
      available = std::min(available, text.size() + 1);
      const bool at_end = available > text.size();
      const auto used = std::min(available, text.size()) - position;
      // A room of its own: no byte before the record, 64 behind what is there.
      std::vector<char> window(used + 64);
      std::memcpy(window.data(), text.data() + position, used);
      if (!find_records(window.data(), 0, stop - position, used, at_end, dialect, columns,
                        records)) {
        require(!at_end);
        continue;
      }
      if (records.problem) {
        reading.problem = {records.problem->kind, position + records.problem->at};
        reading.cells.clear();
        reading.lines.clear();
        return reading;
      }
      take(reading, records, window.data(), 0, line, columns);
      require(records.end > 0);
      position += records.end;
      line += records.line_ends;
      break;
    }
  }
  return reading;
}

Reading read_exactly(std::string text, const Dialect& dialect, std::size_t columns) {
  Reading reading;
  Records records;
  if (!text.empty() && text.back() != '\n' && text.back() != '\r') text += '\n';
  text.append(64, '\0');
  const auto size = text.size() - 64;
  require(find_records_exactly(text.data(), 0, size, size, true, dialect, columns, records));
  const std::string_view read(text.data(), records.end);
  const auto consider = [&](std::size_t at, Problem::Kind kind) {
    if (at != std::string_view::npos && (!reading.problem || at < reading.problem->second)) {
      reading.problem = {kind, at};
    }
  };
  if (records.problem) reading.problem = {records.problem->kind, records.problem->at};
  consider(read.find('\0'), Problem::Kind::nul);
  consider(find_invalid_utf8(read), Problem::Kind::utf8);
  if (!reading.problem) take(reading, records, text.data(), 0, 1, columns);
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Dialect dialect{",;\t|"[data[0] % 4], (data[0] & 4) != 0,
                        (data[0] & 8) != 0 ? Ragged::pad : Ragged::error};
  const std::size_t columns = 1 + data[1] % 5;
  const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto exact = read_exactly(text, dialect, columns);
  for (const std::size_t span : {64, 200, 1 << 20}) {
    require(read_spans(text, span, dialect, columns) == exact);
  }
  // A guess lies in the text, wherever it starts from.
  std::vector<char> bytes(text.begin(), text.end());
  bytes.resize(text.size() + 64);
  for (std::size_t from = 1; from < text.size(); from += 1 + text.size() / 7) {
    const auto guess = guess_record_start(bytes.data(), from, text.size(), dialect, columns);
    require(guess >= from && guess <= text.size() + 1);
  }
  return 0;
}
