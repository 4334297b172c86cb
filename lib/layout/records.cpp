// SPDX-License-Identifier: MIT
#include "layout/records.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "data/block.h"
#include "layout/separators.h"
#include "layout/utf8_check.h"

namespace sondeo {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

std::size_t after_line_end(const char* bytes, std::size_t at) {
  return at + (bytes[at] == '\r' && bytes[at + 1] == '\n' ? 2 : 1);
}

std::uint32_t* separators_with_room(Records& records, std::size_t used, std::size_t room) {
  if (records.separators_room < room) {
    // At least twice as much, so that a long record is not copied again and again.
    room = std::max(room, 2 * records.separators_room);
    std::unique_ptr<std::uint32_t[]> larger(new std::uint32_t[room]);
    if (used > 0) std::memcpy(larger.get(), records.separators.get(), used * sizeof(std::uint32_t));
    records.separators = std::move(larger);
    records.separators_room = room;
  }
  return records.separators.get();
}

enum class Scan { regular, irregular, more };

// Everything by vector code, valid only if the quotes are where RFC 4180 has them and every record
// has its cells; anything else is left to the exact path.
Scan find_records_fast(const char* bytes, std::size_t begin, std::size_t span_end,
                       std::size_t available, bool at_end, const Dialect& dialect,
                       std::size_t columns, Records& records, SeparatorState& state) {
  static const SeparatorScan scan = best_separator_scan().scan;
  // Whole words only, so that the state can be carried on; the last word of the input as it is.
  const auto words_end = at_end ? available : begin + (available - begin) / 64 * 64;
  std::size_t count = 0;
  std::size_t at = begin;
  bool complete = false;
  while (!complete && at < words_end) {
    // The span in one go, then what its last record still needs in growing pieces.
    const auto piece = at < span_end ? (span_end - at + 63) / 64 * 64
                                     : std::max<std::size_t>(1024, (at - span_end) / 64 * 64);
    const auto piece_end = std::min(words_end, at + piece);
    auto* separators = separators_with_room(records, count, count + (piece_end - at) + 128);
    const auto first_new = count;
    count = static_cast<std::size_t>(
        scan(bytes, at, piece_end, dialect.delimiter, state, separators + count) - separators);
    if (state.irregular) return Scan::irregular;
    at = piece_end;
    if (at < span_end) break;
    for (auto i = count; i > first_new && separators[i - 1] + std::size_t{1} >= span_end; --i) {
      complete |= is_line_end(bytes[separators[i - 1]]);
    }
    // A record of more cells than there are columns: no need to read it to its end.
    if (!complete && count > 2 * columns && at > span_end + 2 * columns + 4096) {
      const auto late = std::lower_bound(separators, separators + count, span_end);
      if (static_cast<std::size_t>(separators + count - late) > columns) return Scan::irregular;
    }
  }
  if (!complete && !at_end) return Scan::more;
  if (state.inside != 0 && !complete) return Scan::irregular;  // a quote left open

  const auto* separators = records.separators.get();
  records.row_starts.clear();
  const auto most_rows = count / columns;
  records.row_starts.resize(most_rows + 1);
  auto* starts = records.row_starts.data();
  std::size_t row = 0;
  std::size_t start = begin;
  while (row < most_rows && start < span_end) {
    const std::size_t end = separators[row * columns + columns - 1];
    if (!is_line_end(bytes[end])) return Scan::irregular;
    starts[row++] = static_cast<std::uint32_t>(start);
    start = after_line_end(bytes, end);
  }
  if (start < span_end && start < available) return Scan::irregular;
  // Its LF may be yet to come.
  if (!at_end && start >= available && bytes[available - 1] == '\r') return Scan::more;
  // No line end may stand elsewhere: as many as records, those after the cut aside.
  std::uint64_t ends_after = 0;
  for (auto i = row * columns; i < count; ++i) ends_after += is_line_end(bytes[separators[i]]);
  if (state.record_ends - ends_after != row) return Scan::irregular;

  records.rows = row;
  records.end = start;
  records.starts = starts;
  records.ends = separators;
  const auto counted_to = std::min(at, available);
  records.line_ends = state.line_ends;
  if (start < counted_to) records.line_ends -= count_line_ends(bytes + start, counted_to - start);
  return Scan::regular;
}

void check_text(const char* bytes, const SeparatorState& state, Records& records) {
  const auto size = records.end - records.begin;
  const auto consider = [&](std::size_t at, Problem::Kind kind) {
    if (!records.problem || at < records.problem->at) records.problem = Problem{kind, at};
  };
  if (state.nul) {
    const void* nul = std::memchr(bytes + records.begin, 0, size);
    if (nul != nullptr) {
      consider(static_cast<std::size_t>(static_cast<const char*>(nul) - bytes), Problem::Kind::nul);
    }
  }
  if (state.doubtful && !is_valid_utf8({bytes + records.begin, size})) {
    const auto invalid = find_invalid_utf8({bytes + records.begin, size});
    if (invalid != std::string_view::npos) consider(records.begin + invalid, Problem::Kind::utf8);
  }
}

}  // namespace

bool find_records(char* bytes, std::size_t begin, std::size_t span_end, std::size_t available,
                  bool at_end, const Dialect& dialect, std::size_t columns, Records& records) {
  records.rows = 0;
  records.begin = records.end = begin;
  records.line_ends = 0;
  records.bare_quotes = records.blank_lines = records.padded_rows = records.surplus_cells = {};
  records.problem.reset();
  if (begin >= span_end || begin >= available) return true;
  if (at_end && !is_line_end(bytes[available - 1])) bytes[available++] = '\n';
  if (at_end) bytes[available] = 0;

  SeparatorState state;
  const auto scan = find_records_fast(bytes, begin, span_end, available, at_end, dialect, columns,
                                      records, state);
  if (scan == Scan::more) return false;
  if (scan == Scan::irregular) {
    if (!find_records_exactly(bytes, begin, span_end, available, at_end, dialect, columns,
                              records)) {
      return false;
    }
    state.doubtful = state.nul = true;  // the scan may have stopped before it saw them
  }
  check_text(bytes, state, records);
  while (records.problem && records.rows > 0 &&
         records.ends[records.rows * columns - 1] > records.problem->at) {
    --records.rows;
  }
  return true;
}

std::size_t guess_record_start(const char* bytes, std::size_t from, std::size_t available,
                               const Dialect& dialect, std::size_t columns) {
  constexpr std::size_t probe = 16 << 10;
  constexpr int enough = 4;
  const auto limit = std::min(available, from + probe);
  // Whole records read from `start` before one does not fit; `enough` or the probe's end is
  // perfect.
  const auto records_from = [&](std::size_t start) {
    int good = 0;
    std::size_t at = start;
    while (good < enough) {
      std::size_t cells = 1;
      bool quoted = at < limit && bytes[at] == '"';
      if (quoted) ++at;
      for (; at < limit; ++at) {
        const char c = bytes[at];
        if (quoted) {
          if (c != '"') continue;
          if (at + 1 < limit && bytes[at + 1] == '"') {
            ++at;
          } else {
            quoted = false;
          }
        } else if (c == dialect.delimiter) {
          ++cells;
          if (at + 1 < limit && bytes[at + 1] == '"') {
            quoted = true;
            ++at;
          }
        } else if (is_line_end(c)) {
          break;
        }
      }
      if (at >= limit) return good > 0 ? enough : 0;
      if (cells != columns) return good;
      ++good;
      at = after_line_end(bytes, at);
    }
    return good;
  };

  std::size_t outside = limit;
  for (std::size_t at = from - 1; at + 1 < limit; ++at) {
    if (!is_line_end(bytes[at])) continue;
    outside = std::max(from, after_line_end(bytes, at));
    break;
  }
  const int as_outside = outside < limit ? records_from(outside) : 0;
  if (as_outside >= enough) return outside;

  // As if inside: up to the quote that closes, then to the end of that record.
  std::size_t inside = limit;
  bool quoted = true;
  for (std::size_t at = from; at + 1 < limit; ++at) {
    const char c = bytes[at];
    if (quoted) {
      if (c != '"') continue;
      const char next = bytes[at + 1];
      if (next == '"') {
        ++at;
      } else if (next == dialect.delimiter || is_line_end(next)) {
        quoted = false;
      }
    } else if (is_line_end(c)) {
      inside = after_line_end(bytes, at);
      break;
    } else if (c == dialect.delimiter && bytes[at + 1] == '"') {
      quoted = true;
      ++at;
    }
  }
  return inside < limit && records_from(inside) > as_outside ? inside : outside;
}

}  // namespace sondeo
