// SPDX-License-Identifier: MIT
// Delimited text files: header, delimiter, and the respondents in parallel blocks.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/text_hash.h"
#include "codebook/question.h"
#include "data/block.h"
#include "layout/records.h"

namespace sondeo {

struct CsvOptions {
  InputFile file;
  char delimiter = 0;  // 0: a first line `sep=X` names it, else the one of , ; tab | that every
                       // header row has most of outside quotes (the first of these if they tie)
  unsigned header_rows = 1;  // at least
  Ragged ragged = Ragged::error;
  bool strict_quotes = false;
  // Blocks start at multiples of this many bytes; results do not depend on it.
  std::size_t block_bytes = 256 << 10;
  // If there, it is told how many bytes of text have been read, for who wants to show progress.
  std::shared_ptr<std::atomic<std::uint64_t>> read_bytes;
  // If there, it is given all of the text, in order, while it is read.
  std::shared_ptr<TextHash> hash;
};

// A delimiter as the command line takes it: ';' in quotes, or tab.
std::string quoted_delimiter(char sign);

// The largest record that is read. A quote left open in a large file must not eat the memory.
constexpr std::size_t largest_record = 64 << 20;

// An open delimited file. Throws Error with FILE:LINE for what cannot be read as a table:
// [empty-file], [header-rows], [short-row], [long-row], [unterminated-quote], [text-after-quote],
// [bare-quote], [nul-byte], [invalid-utf8], [record-size], and those of ByteSource.
class CsvFile {
 public:
  // Opens the input and reads its header. Findings go to `issues`.
  CsvFile(const CsvOptions& options, Issues& issues);
  // The same of text that is open already; `options.file` is only its name for messages.
  CsvFile(std::unique_ptr<ByteSource> source, const CsvOptions& options, Issues& issues);

  const std::string& name() const { return name_; }
  const Header& header() const { return header_; }
  char delimiter() const { return dialect_.delimiter; }
  Ragged ragged() const { return dialect_.ragged; }
  const TextOrigin& origin() const { return source_->origin(); }
  // The text before the first respondent as the file has it, without a byte order mark, and where
  // each cell of the header rows starts and ends in it, row by row.
  const std::string& head() const { return head_; }
  struct Span {
    std::size_t start = 0;
    std::size_t end = 0;
  };
  const std::vector<Span>& head_cells() const { return head_cells_; }

  struct Totals {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;  // of text, after decompression and conversion
  };

  // Gives every block to one of the workers, each in a thread of its own (fewer if the system has
  // no more). With one worker, blocks come in file order. Once per file.
  // Throws the error that comes first in the file, whatever the number of workers.
  Totals read(const std::vector<BlockWorker*>& workers, Issues& issues);

 private:
  struct Chain;
  void read_header(Issues& issues);
  // False if the text is too short to hold the header.
  bool read_header(std::vector<char>& buffer, std::size_t available, bool at_end, Issues& issues);
  // What looks like a further header row at `at` would be counted as a respondent.
  void tell_header_rows(std::vector<char>& buffer, std::size_t at, std::size_t available,
                        bool at_end, Issues& issues) const;
  // From how often each of , ; tab | stands in every header row, outside quotes.
  void choose_delimiter(const std::array<std::size_t, 4>& counts, Issues& issues);
  void run(Chain& chain, BlockWorker& worker);
  // `text` is the buffer that the problem's offset is in: it tells the likely encoding.
  [[noreturn]] void refuse(const Problem& problem, std::uint64_t line, std::string_view text) const;
  void report(const Records& records, const Block& block, Issues& issues) const;

  CsvOptions options_;
  std::string name_;
  Dialect dialect_;
  char other_delimiter_ = 0;  // one that the header has too, if the delimiter was guessed
  std::unique_ptr<ByteSource> source_;
  Header header_;
  std::string head_;
  std::vector<Span> head_cells_;
  std::uint64_t data_start_ = 0;
  std::uint64_t data_line_ = 1;
};

}  // namespace sondeo
