// SPDX-License-Identifier: MIT
// Where the records and cells of delimited text are: RFC 4180 as people write it.
//
// LF, CR and CRLF end a record outside quotes. A cell that starts with a quote is quoted; a doubled
// quote inside is a quote; delimiters and line ends inside are text. A quote inside any other cell
// is text. An empty line is no record, except in a file of one column, where it is an empty answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sondeo {

enum class Ragged { error, pad };

struct Dialect {
  char delimiter = ',';
  bool strict_quotes = false;
  Ragged ragged = Ragged::error;
};

// How often something that is not an error was met, and the offset of the first.
struct Finding {
  std::uint64_t count = 0;
  std::size_t first = 0;
  void meet(std::size_t at) {
    if (count++ == 0) first = at;
  }
};

// Why a record cannot be read; `at` is the offset whose line is to be named.
struct Problem {
  enum class Kind {
    short_row,
    long_row,
    unterminated,
    text_after_quote,
    bare_quote,
    nul,
    utf8,
    too_long
  };
  Kind kind;
  std::size_t at = 0;
  std::size_t expected = 0;  // cells
  std::size_t found = 0;
};

// The records that start in [begin, span_end) of a buffer. Reused from block to block.
struct Records {
  std::size_t rows = 0;
  std::size_t begin = 0;
  std::size_t end = 0;                    // where the next record starts: >= span_end, or the end
  const std::uint32_t* starts = nullptr;  // [rows]
  const std::uint32_t* ends = nullptr;    // [rows * columns]
  std::uint64_t line_ends = 0;            // in [begin, end)
  Finding bare_quotes, blank_lines, padded_rows, surplus_cells;
  std::optional<Problem> problem;  // `rows` are then the records that end before it

  std::unique_ptr<std::uint32_t[]> separators;
  std::size_t separators_room = 0;
  std::vector<std::uint32_t> row_starts;
  std::vector<std::uint32_t> cell_ends;
};

// Finds the records of `columns` cells that start in [begin, span_end), begin being the start of a
// record. `available` bytes are there, with 64 more readable and, if `at_end`, writable after them
// (a missing last line end is supplied); `at_end` says that the input ends there.
// Returns false if more bytes are needed; call again with more, from the start.
bool find_records(char* bytes, std::size_t begin, std::size_t span_end, std::size_t available,
                  bool at_end, const Dialect& dialect, std::size_t columns, Records& records);

// The same by the careful path alone: one byte at a time, saying exactly what is wrong.
bool find_records_exactly(const char* bytes, std::size_t begin, std::size_t span_end,
                          std::size_t available, bool at_end, const Dialect& dialect,
                          std::size_t columns, Records& records);

// A likely start of a record at or after `from` (bytes[from - 1] is readable): the text is read as
// if `from` lay outside quotes, then as if inside, and the reading that gives whole records wins.
// It is a guess: the caller must check it against the end of the records before.
std::size_t guess_record_start(const char* bytes, std::size_t from, std::size_t available,
                               const Dialect& dialect, std::size_t columns);

}  // namespace sondeo
