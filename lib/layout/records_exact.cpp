// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>

#include "data/block.h"
#include "layout/records.h"

namespace sondeo {
namespace {

class ExactReader {
 public:
  ExactReader(const char* bytes, std::size_t available, bool at_end, const Dialect& dialect,
              std::size_t columns, Records& records)
      : bytes_(bytes),
        available_(available),
        at_end_(at_end),
        dialect_(dialect),
        columns_(columns),
        records_(records) {}

  // False: more bytes are needed.
  bool read(std::size_t begin, std::size_t span_end) {
    records_.row_starts.clear();
    records_.cell_ends.clear();
    std::size_t at = begin;
    while (at < span_end && at < available_ && !records_.problem) {
      if (is_line_end(bytes_[at]) && columns_ > 1) {
        if (!knows_after(at)) return false;
        records_.blank_lines.meet(at);
        at = next_;
        continue;
      }
      if (!record(at)) return false;
      at = next_;
    }
    // The last record is the one with the problem.
    records_.rows = records_.row_starts.size() - (records_.problem ? 1 : 0);
    records_.begin = begin;
    records_.end = at;
    records_.starts = records_.row_starts.data();
    records_.ends = records_.cell_ends.data();
    records_.line_ends = count_line_ends(bytes_ + begin, at - begin);
    return true;
  }

 private:
  static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

  void stop(Problem::Kind kind, std::size_t at, std::size_t found = 0) {
    records_.problem = Problem{kind, at, columns_, found};
    next_ = at;
  }

  // Sets next_ behind the line end at `at`; false if it takes another byte to know.
  bool knows_after(std::size_t at) {
    if (bytes_[at] == '\r' && at + 1 >= available_ && !at_end_) return false;
    next_ = at + (bytes_[at] == '\r' && at + 1 < available_ && bytes_[at + 1] == '\n' ? 2 : 1);
    return true;
  }

  bool record(std::size_t start) {
    std::size_t at = start;
    std::size_t cells = 0;
    bool surplus = false;  // a cell beyond the header's that is not empty
    records_.row_starts.push_back(static_cast<std::uint32_t>(start));
    while (true) {
      const auto cell = at;
      if (at < available_ && bytes_[at] == '"') {
        const auto outcome = quoted(at);
        if (outcome != Cell::whole) return outcome == Cell::refused;
      } else {
        bool bare = false;
        while (at < available_ && bytes_[at] != dialect_.delimiter && !is_line_end(bytes_[at])) {
          bare |= bytes_[at] == '"';
          ++at;
        }
        if (bare && dialect_.strict_quotes) {
          const auto quote = static_cast<const char*>(std::memchr(bytes_ + cell, '"', at - cell));
          stop(Problem::Kind::bare_quote, static_cast<std::size_t>(quote - bytes_));
          return true;
        }
        if (bare) records_.bare_quotes.meet(cell);
      }
      if (at >= available_ && !at_end_) return false;
      if (++cells <= columns_) {
        records_.cell_ends.push_back(static_cast<std::uint32_t>(at));
      } else {
        surplus |= at > cell;
      }
      if (at >= available_) {
        next_ = at;
        break;
      }
      if (bytes_[at] == dialect_.delimiter) {
        ++at;
        continue;
      }
      if (!knows_after(at)) return false;
      break;
    }
    settle(start, cells, surplus);
    return true;
  }

  // Makes the record as long as the header, or says why not.
  void settle(std::size_t start, std::size_t cells, bool surplus) {
    const bool pad = dialect_.ragged == Ragged::pad;
    if (cells < columns_) {
      if (!pad) return stop(Problem::Kind::short_row, start, cells);
      records_.padded_rows.meet(start);
      // An empty cell starts one past the end of the cell before it and ends where it starts.
      for (; cells < columns_; ++cells) records_.cell_ends.push_back(records_.cell_ends.back() + 1);
    } else if (cells > columns_) {
      if (!pad || surplus) return stop(Problem::Kind::long_row, start, cells);
      records_.surplus_cells.meet(start);
    }
  }

  enum class Cell { whole, refused, more };

  // A quoted cell at `at`; moves `at` behind its closing quote.
  Cell quoted(std::size_t& at) {
    const auto opened = at++;
    while (true) {
      const void* found =
          at < available_ ? std::memchr(bytes_ + at, '"', available_ - at) : nullptr;
      if (found == nullptr) {
        if (!at_end_) return Cell::more;
        stop(Problem::Kind::unterminated, opened);
        return Cell::refused;
      }
      at = static_cast<std::size_t>(static_cast<const char*>(found) - bytes_) + 1;
      if (at >= available_) return at_end_ ? Cell::whole : Cell::more;
      if (bytes_[at] == '"') {
        ++at;
      } else if (bytes_[at] == dialect_.delimiter || is_line_end(bytes_[at])) {
        return Cell::whole;
      } else {
        stop(Problem::Kind::text_after_quote, at);
        return Cell::refused;
      }
    }
  }

  const char* bytes_;
  std::size_t available_;
  bool at_end_;
  const Dialect& dialect_;
  std::size_t columns_;
  Records& records_;
  std::size_t next_ = 0;
};

}  // namespace

bool find_records_exactly(const char* bytes, std::size_t begin, std::size_t span_end,
                          std::size_t available, bool at_end, const Dialect& dialect,
                          std::size_t columns, Records& records) {
  records.bare_quotes = records.blank_lines = records.padded_rows = records.surplus_cells = {};
  records.problem.reset();
  return ExactReader(bytes, available, at_end, dialect, columns, records).read(begin, span_end);
}

}  // namespace sondeo
