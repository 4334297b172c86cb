// SPDX-License-Identifier: MIT
// Temporary files, and a whole delimited file read through CsvFile.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "layout/csv.h"

namespace sondeo::files {

class TempFile {
 public:
  explicit TempFile(std::string_view bytes) {
    path_ = (std::filesystem::temp_directory_path() / "sondeo-test-XXXXXX").string();
    const int fd = mkstemp(path_.data());
    if (fd < 0) throw std::runtime_error("no temporary file: " + path_);
    for (std::size_t done = 0; done < bytes.size();) {
      const auto put = write(fd, bytes.data() + done, bytes.size() - done);
      if (put <= 0) throw std::runtime_error("cannot write " + path_);
      done += static_cast<std::size_t>(put);
    }
    close(fd);
  }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  ~TempFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// An error's id, line and message; all empty if there was none.
struct Refusal {
  std::string id;
  std::uint64_t line = 0;
  std::string message;
  bool operator==(const Refusal&) const = default;
};

struct Whole {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> below;
  std::uint64_t header_line = 0;
  char delimiter = 0;
  std::map<std::uint64_t, std::vector<std::string>> rows;  // by line
  std::uint64_t counted_rows = 0;
  std::uint64_t bytes = 0;
  std::vector<std::tuple<std::string, std::uint64_t, std::uint64_t>> issues;  // id, line, count
  Refusal refusal;
  bool operator==(const Whole&) const = default;
};

class Collector : public BlockWorker {
 public:
  Collector(Whole& whole, std::mutex& mutex, bool in_order)
      : whole_(whole), mutex_(mutex), in_order_(in_order) {}

  void take(const Block& block) override {
    const std::lock_guard lock(mutex_);
    if (in_order_ && block.first_row != whole_.rows.size())
      throw Error("order", "blocks out of order");
    auto line = block.first_line;
    auto at = block.begin;
    for (std::size_t row = 0; row < block.rows; ++row) {
      line += count_line_ends(block.bytes + at, block.starts[row] - at);
      at = block.starts[row];
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < block.columns; ++i)
        cells.push_back(cell_text(block.cell(row, i)));
      if (!whole_.rows.emplace(line, std::move(cells)).second)
        throw Error("line", "two rows on one line");
    }
  }

 private:
  Whole& whole_;
  std::mutex& mutex_;
  bool in_order_;
};

inline Whole read_whole(const CsvOptions& options, unsigned workers = 1) {
  Whole whole;
  std::mutex mutex;
  Issues issues;
  try {
    CsvFile file(options, issues);
    whole.header = file.header().names;
    whole.below = file.header().below;
    whole.header_line = file.header().line;
    whole.delimiter = file.delimiter();
    std::vector<Collector> collectors(workers, Collector(whole, mutex, workers == 1));
    std::vector<BlockWorker*> takers;
    for (auto& each : collectors) takers.push_back(&each);
    const auto totals = file.read(takers, issues);
    whole.counted_rows = totals.rows;
    whole.bytes = totals.bytes;
    for (const auto& issue : issues.list())
      whole.issues.emplace_back(issue.id, issue.first.line, issue.count);
  } catch (const Error& error) {
    // What other workers had taken by then is a matter of luck.
    whole.rows.clear();
    whole.refusal = {error.id(), error.place().line, error.message()};
  }
  return whole;
}

inline CsvOptions csv(const std::string& path, std::size_t block_bytes = 256 << 10) {
  CsvOptions options;
  options.file.path = path;
  options.block_bytes = block_bytes;
  return options;
}

inline Whole read_text(std::string_view text, CsvOptions options = {}, unsigned workers = 1) {
  const TempFile file(text);
  options.file.path = file.path();
  return read_whole(options, workers);
}

}  // namespace sondeo::files
