// SPDX-License-Identifier: MIT
#include "layout/csv.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr std::size_t slack_bytes = 4 << 10;  // room for the end of a record beyond its span
constexpr std::size_t padding = 128;

// A block's bytes: the span, one byte before it, and what its last record needs after it.
class Window {
 public:
  explicit Window(ByteSource& source) : source_(source) {}

  void load(std::uint64_t from, std::size_t size) {
    from_ = from;
    used_ = 0;
    at_end_ = false;
    extend(size);
  }

  // Makes the window at least `size` bytes long, or reaches the end of the input.
  void extend(std::size_t size) {
    if (at_end_ || size <= used_) return;
    if (room_ < size + padding) {
      std::unique_ptr<char[]> larger(new char[size + padding]);
      if (used_ > 0) std::memcpy(larger.get(), bytes_.get(), used_);
      bytes_ = std::move(larger);
      room_ = size + padding;
    }
    const auto got = source_.read_at(from_ + used_, bytes_.get() + used_, size - used_);
    at_end_ = got < size - used_;
    used_ += got;
    std::memset(bytes_.get() + used_, 0, padding);
  }

  char* bytes() { return bytes_.get(); }
  std::size_t used() const { return used_; }
  bool at_end() const { return at_end_; }
  std::uint64_t from() const { return from_; }

 private:
  ByteSource& source_;
  std::unique_ptr<char[]> bytes_;
  std::size_t room_ = 0;
  std::size_t used_ = 0;
  std::uint64_t from_ = 0;
  bool at_end_ = false;
};

// What a file with NUL bytes is, if that can be seen.
std::string hint_for_nul(std::string_view text) {
  if (text.substr(0, 4) == "PK\3\4")
    return "an Excel workbook or another zip archive? save it as CSV";
  if (text.substr(0, 3) == "$FL") return "an SPSS file? save it as CSV";
  const auto likely = likely_encoding(text);
  return likely.rfind("utf-16", 0) == 0
             ? likely + " without a byte order mark? --encoding " + likely
             : "";
}

// Such as 0xf1.
std::string byte_name(std::string_view text, std::size_t at) {
  static constexpr char hex[] = "0123456789abcdef";
  const auto byte = at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
  return {'0', 'x', hex[byte >> 4], hex[byte & 15]};
}

// The row of the block that the error is about, if it names one.
std::optional<std::size_t> row_of(const Error& error, const Block& block, const std::string& file) {
  const auto line = error.place().line;
  auto row_line = block.first_line;
  auto at = block.begin;
  std::size_t row = 0;
  for (; row < block.rows; ++row) {
    row_line += count_line_ends(block.bytes + at, block.starts[row] - at);
    at = block.starts[row];
    if (row_line > line) break;
  }
  if (error.place().file != file || row == 0) return std::nullopt;
  return row - 1;
}

// Workers look at one column after the other. So that the first error in the order of the file is
// told whatever the blocks, the rows before the one that was refused are looked at again.
void take_in_order(BlockWorker& worker, Block block, const std::string& file) {
  std::optional<Error> first;
  do {
    try {
      worker.take(block);
      break;
    } catch (const Error& error) {
      first = error;
      block.rows = row_of(error, block, file).value_or(0);
    }
  } while (block.rows > 0);
  if (first) throw *first;
}

}  // namespace

std::string quoted_delimiter(char sign) {
  return sign == '\t' ? "tab" : "'" + std::string(1, sign) + "'";
}

// Blocks are taken and scanned in parallel from a guessed start. A block's records stand once the
// block before it has said where they must begin: the end of its own last record. Where the guess
// was wrong the block is scanned again from there, so the result is that of one pass, exactly.
struct CsvFile::Chain {
  std::mutex mutex;
  std::condition_variable moved;
  std::uint64_t next_block = 0;      // to be taken
  std::uint64_t settled_blocks = 0;  // blocks before this one are known to be right
  std::uint64_t position = 0;        // where the next record starts
  std::uint64_t line = 1;            // its line
  std::uint64_t rows = 0;            // records before it
  std::uint64_t failed_block = std::numeric_limits<std::uint64_t>::max();
  std::exception_ptr failure;
  Issues* issues = nullptr;

  void fail(std::uint64_t block, std::exception_ptr what) {
    const std::lock_guard lock(mutex);
    if (block < failed_block) {
      failed_block = block;
      failure = std::move(what);
    }
    moved.notify_all();
  }
};

void CsvFile::refuse(const Problem& problem, std::uint64_t line, std::string_view text) const {
  const Place place{name_, line, 0};
  const auto cells = [&] {
    return "expected " + std::to_string(problem.expected) + " cells, found " +
           std::to_string(problem.found);
  };
  const auto other = "is the delimiter right? --delimiter " + quoted_delimiter(other_delimiter_);
  switch (problem.kind) {
    case Problem::Kind::short_row:
      throw Error(place, "short-row", cells(),
                  other_delimiter_ != 0 ? other : "--ragged pad fills short rows with empty cells");
    case Problem::Kind::long_row:
      throw Error(place, "long-row", cells(),
                  other_delimiter_ != 0 ? other : "quote cells that contain the delimiter");
    case Problem::Kind::unterminated:
      throw Error(place, "unterminated-quote", "a quote is opened here and never closed");
    case Problem::Kind::text_after_quote:
      throw Error(place, "text-after-quote",
                  "text follows a closing quote; expected a delimiter or a line end",
                  "inside a quoted cell a quote is written twice");
    case Problem::Kind::bare_quote:
      throw Error(place, "bare-quote",
                  "a quote inside a cell that is not quoted (--strict-quotes)");
    case Problem::Kind::nul:
      throw Error(place, "nul-byte", "a NUL byte; expected text", hint_for_nul(text));
    case Problem::Kind::utf8: {
      const auto likely = likely_encoding(text);
      throw Error(
          place, "invalid-utf8",
          "byte " + byte_name(text, problem.at) + " is not UTF-8; the file looks like " + likely,
          "--encoding " + likely);
    }
    case Problem::Kind::too_long:
      break;
  }
  throw Error(
      place, "record-size",
      "a record that starts here is longer than " + std::to_string(largest_record >> 20) + " MiB",
      "is a quote left open?");
}

void CsvFile::report(const Records& records, const Block& block, Issues& issues) const {
  const auto add = [&](const Finding& finding, const char* id, const char* message,
                       const char* hint) {
    if (finding.count == 0) return;
    const auto line =
        block.first_line + count_line_ends(block.bytes + block.begin, finding.first - block.begin);
    issues.add({name_, line}, id, message, hint, finding.count);
  };
  add(records.bare_quotes, "bare-quote", "a quote inside a cell that is not quoted, read as text",
      "--strict-quotes refuses it");
  add(records.padded_rows, "short-row", "a row with too few cells, filled with empty ones", "");
  add(records.surplus_cells, "long-row",
      "a row with empty cells beyond the last column, which were dropped", "");
}

void CsvFile::run(Chain& chain, BlockWorker& worker) {
  const auto span = options_.block_bytes;
  const auto columns = header_.names.size();
  const auto first_span = data_start_ / span;
  Window window(*source_);
  Records records;
  std::uint64_t block = 0;
  try {
    while (true) {
      {
        const std::lock_guard lock(chain.mutex);
        if (chain.failed_block <= chain.next_block) return;
        block = chain.next_block++;
      }
      const auto span_start = block == 0 ? data_start_ : (first_span + block) * span;
      const auto span_stop = (first_span + block + 1) * span;
      // One byte of what came before tells whether a record starts right here.
      const auto from = block == 0 ? span_start : span_start - 1;
      window.load(from, static_cast<std::size_t>(span_stop - from) + slack_bytes);
      const auto begin = static_cast<std::size_t>(span_start - from);
      const auto end = static_cast<std::size_t>(span_stop - from);
      const bool beyond_end = window.used() <= begin;

      // A guess that needs far more text than a block is a wrong guess.
      const auto scan = [&](std::size_t start, std::size_t most) {
        while (!find_records(window.bytes(), start, end, window.used(), window.at_end(), dialect_,
                             columns, records)) {
          if (window.used() - start > most) return false;
          window.extend(window.used() + (window.used() - start));
        }
        return true;
      };
      std::size_t guess = begin;
      if (block > 0 && !beyond_end) {
        guess = guess_record_start(window.bytes(), begin, window.used(), dialect_, columns);
      }
      const bool scanned = !beyond_end && scan(guess, block == 0 ? largest_record : 4 * span);

      Block text;
      {
        std::unique_lock lock(chain.mutex);
        chain.moved.wait(
            lock, [&] { return chain.settled_blocks == block || chain.failed_block < block; });
        if (chain.failed_block < block) return;
        const auto start = static_cast<std::size_t>(chain.position - from);
        if (chain.position >= span_stop || beyond_end) {
          records.rows = 0;
          records.problem.reset();
          records.line_ends = 0;
          records.end = start;
        } else if (!scanned || start != guess) {
          lock.unlock();
          if (!scan(start, largest_record)) {
            // Its last record is the one that has no end.
            find_records_exactly(window.bytes(), start, end, window.used(), true, dialect_, columns,
                                 records);
            records.problem = Problem{Problem::Kind::too_long, records.row_starts.back()};
            records.rows = records.row_starts.size() - 1;
          }
          lock.lock();
        }
        // The line end that a last line without one was given is not in the file.
        const auto stop = std::min(records.end, std::max(window.used(), start));
        text = Block{window.bytes(), records.starts, records.ends, records.rows, columns,
                     start,          chain.line,     chain.rows,   stop,         from + start};
        if (records.problem) {
          lock.unlock();
          take_in_order(worker, text, name_);
          const auto& problem = *records.problem;
          refuse(problem,
                 text.first_line + count_line_ends(window.bytes() + start, problem.at - start),
                 {window.bytes(), window.used()});
        }
        if (options_.hash && !beyond_end) {
          // It is this block's turn until it says that it is settled.
          lock.unlock();
          options_.hash->add({window.bytes() + begin, std::min(end, window.used()) - begin});
          lock.lock();
        }
        chain.position = from + stop;
        if (options_.read_bytes) options_.read_bytes->store(chain.position);
        chain.line += records.line_ends;
        chain.rows += records.rows;
        ++chain.settled_blocks;
        if (records.rows > 0) report(records, text, *chain.issues);
        chain.moved.notify_all();
      }
      source_->release(span_stop - 1);
      if (text.end > text.begin) take_in_order(worker, text, name_);
      if (window.at_end() && window.used() <= end) return;
    }
  } catch (...) {
    chain.fail(block, std::current_exception());
  }
}

CsvFile::Totals CsvFile::read(const std::vector<BlockWorker*>& workers, Issues& issues) {
  Chain chain;
  chain.position = data_start_;
  chain.line = data_line_;
  if (options_.hash) options_.hash->add(head_);
  // What else was found in a file that is refused depends on how far the threads had come.
  Issues found;
  chain.issues = &found;
  {
    std::vector<std::jthread> threads;
    threads.reserve(workers.size());
    for (std::size_t i = 1; i < workers.size(); ++i) {
      try {
        threads.emplace_back([&, i] { run(chain, *workers[i]); });
      } catch (const std::system_error&) {
        break;  // no more threads to be had: the others do the work
      }
    }
    run(chain, *workers[0]);
  }
  if (chain.failure) std::rethrow_exception(chain.failure);
  source_->check_unchanged();
  issues.merge(found);
  return {chain.rows, chain.position};
}

}  // namespace sondeo
