// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <utility>

#include "expected.h"
#include "layout/csv.h"

namespace sondeo {
namespace {

using namespace files;

// Refuses every cell "bad", column by column as coders do, and keeps count of the rows it took.
class Picky : public BlockWorker {
 public:
  Picky(std::string file, std::atomic<std::uint64_t>& rows) : file_(std::move(file)), rows_(rows) {}

  void take(const Block& block) override {
    for (std::size_t i = 0; i < block.columns; ++i) {
      for (std::size_t row = 0; row < block.rows; ++row) {
        if (block.cell(row, i) == "bad")
          throw Error(Place{file_, block.line_of(row)}, "bad", "bad");
      }
    }
    rows_ += block.rows;
  }

 private:
  std::string file_;
  std::atomic<std::uint64_t>& rows_;
};

}  // namespace

TEST_CASE("CsvFile: of what is wrong with records and with cells, the first in the file is told") {
  naive::Maker make(24);
  for (int round = 0; round < 150; ++round) {
    CAPTURE(round);
    std::string text = "a,b\n";
    std::uint64_t line = 2;
    std::uint64_t first = 0;
    std::string id;
    const auto rows = 1 + make.below(300);
    const auto wrong = [&](const char* what) {
      if (first == 0) first = line, id = what;
    };
    std::uint64_t good = 0;
    for (std::size_t row = 0; row < rows; ++row, ++line) {
      const auto what = make.below(120);
      if (what < 2) {
        text += what == 0 ? "bad,1\n" : "1,bad\n";
        wrong("bad");
      } else if (what == 2) {
        text += "short\n";
        wrong("short-row");
      } else if (what == 3) {
        text += "1,\xff\n";
        wrong("invalid-utf8");
      } else if (what == 4) {
        text += "\n";
      } else if (what == 5) {
        text += "\"x\ny\",2\n";
        ++line;
        ++good;
      } else {
        text += "10,20\n";
        ++good;
      }
    }
    if (make.one_in(5)) {
      text += "1,\"open\n";
      wrong("unterminated-quote");
    }
    const TempFile file(text);
    for (const auto block_bytes : {64, 1000, 256 << 10}) {
      for (const unsigned workers : {1, 3}) {
        CAPTURE(block_bytes);
        CAPTURE(workers);
        Issues issues;
        std::atomic<std::uint64_t> taken = 0;
        std::vector<Picky> picky(workers, Picky(file.path(), taken));
        std::vector<BlockWorker*> takers;
        for (auto& each : picky) takers.push_back(&each);
        CsvFile input(csv(file.path(), static_cast<std::size_t>(block_bytes)), issues);
        Refusal refusal;
        try {
          input.read(takers, issues);
          CHECK(taken == good);
        } catch (const Error& error) {
          refusal = {error.id(), error.place().line, ""};
          CHECK(issues.empty());
        }
        REQUIRE(refusal.id == id);
        REQUIRE(refusal.line == first);
      }
    }
  }
}

TEST_CASE("CsvFile: the first error in the file is told, though later blocks have others") {
  std::string text = "a,b\n";
  for (int i = 0; i < 300; ++i)
    text += i == 100 ? "short\n" : i == 200 ? "1,2,3\n" : i == 290 ? "\"x\n" : "10,20\n";
  for (const auto block_bytes : block_sizes) {
    for (const unsigned workers : {1, 2, 3, 5, 7}) {
      for (int again = 0; again < 5; ++again) {
        const auto refusal = read_text(text, csv("", block_bytes), workers).refusal;
        REQUIRE(refusal.id == "short-row");
        REQUIRE(refusal.line == 102);
      }
    }
  }
}

}  // namespace sondeo
