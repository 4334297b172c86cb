// SPDX-License-Identifier: MIT
#include "layout/csv.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <string>

#include "files.h"
#include "naive.h"

namespace sondeo {
namespace {

using files::csv;
using files::read_text;
using files::read_whole;
using files::Refusal;
using files::TempFile;
using files::Whole;
using Rows = std::map<std::uint64_t, std::vector<std::string>>;
using Cells = std::vector<std::string>;

const char* id_of(Problem::Kind kind) {
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
Whole expect(const std::string& text, const CsvOptions& options, std::size_t columns) {
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

void check_same(const Whole& expected, const Whole& found) {
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

const std::vector<std::size_t> block_sizes{64, 128, 192, 1000, 4096, 256 << 10};

void check_blocks_and_threads(const std::string& text, CsvOptions options, const Whole& expected) {
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

CsvOptions with_delimiter(char delimiter) {
  CsvOptions options;
  options.delimiter = delimiter;
  return options;
}

Refusal refusal_of(std::string_view text, CsvOptions options = {}) {
  return read_text(text, options).refusal;
}

void check_refused(std::string_view text, const char* id, std::uint64_t line,
                   CsvOptions options = {}) {
  const auto refusal = refusal_of(text, options);
  CAPTURE(refusal.message);
  CHECK(refusal.id == id);
  CHECK(refusal.line == line);
}

}  // namespace

TEST_CASE("CsvFile: cells, lines and errors do not depend on blocks and threads") {
  naive::Maker make(21);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    CsvOptions options = with_delimiter(",;\t|"[make.below(4)]);
    options.ragged = make.one_in(3) ? Ragged::pad : Ragged::error;
    options.strict_quotes = make.one_in(6);
    const auto columns = 1 + make.below(5);
    std::string text;
    for (std::size_t i = 0; i < columns; ++i)
      text += (i > 0 ? std::string(1, options.delimiter) : "") + "c" + std::to_string(i);
    text += "\n" + make.table(1 + make.below(120), columns, options.delimiter,
                              make.one_in(2) ? 0 : make.below(3));
    check_blocks_and_threads(text, options, expect(text, options, columns));
  }
}

TEST_CASE("CsvFile: hostile noise gives what a byte-wise reader finds") {
  naive::Maker make(22);
  for (int round = 0; round < 120; ++round) {
    CAPTURE(round);
    CsvOptions options = with_delimiter(',');
    options.ragged = make.one_in(2) ? Ragged::pad : Ragged::error;
    const auto columns = 1 + make.below(3);
    std::string text = Cells{"a", "a,b", "a,b,c"}[columns - 1] + "\n";
    text += make.noise(make.below(500), make.one_in(2) ? "\",\n\nab"
                                                       : "\"\",,\r\n\xc3\xa9"
                                                         "a");
    check_blocks_and_threads(text, options, expect(text, options, columns));
  }
}

TEST_CASE("CsvFile: several header rows, whatever is between and in them") {
  naive::Maker make(23);
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    CsvOptions options = with_delimiter(',');
    options.header_rows = static_cast<unsigned>(1 + make.below(3));
    options.ragged = make.one_in(2) ? Ragged::pad : Ragged::error;
    const auto columns = 1 + make.below(3);
    std::string text = make.one_in(4) ? "\n\r\n" : "";
    text += Cells{"\"a\n1\"", "a,\"b\r\n,\"", "a,b,c"}[columns - 1];
    for (unsigned row = 1; row < 4 && !make.one_in(9); ++row) {
      text += Cells{"\n", "\r\n\n", "\r"}[make.below(3)];
      text += make.one_in(8) ? make.noise(6, "\",\nab")
                             : Cells{"\"x\ny\"", "x,\"y\n,\"\"\"", "x,,z\"z"}[columns - 1];
    }
    if (make.one_in(2)) text += "\n" + make.table(make.below(20), columns, ',', 0);
    check_blocks_and_threads(text, options, expect(text, options, columns));
  }
}

TEST_CASE("CsvFile: several header rows: lines, refusals and the delimiter") {
  CsvOptions options;
  options.header_rows = 2;
  const auto whole = read_text("\n\n\"a\n1\",b\n\nx,\"y\n\"\n\n1,2\n", options);
  CHECK(whole.header == Cells{"a\n1", "b"});
  CHECK(whole.below == std::vector<Cells>{{"x", "y\n"}});
  CHECK(whole.header_line == 3);
  CHECK(whole.rows == Rows{{9, {"1", "2"}}});
  check_refused("a,b\n", "header-rows", 1, options);
  check_refused("\na,b\n\n\n", "header-rows", 2, options);
  check_refused("a,b\nx\n1,2\n", "short-row", 2, options);
  check_refused("a,b\n\nx,y,z\n1,2\n", "long-row", 3, options);
  check_refused("a,b\nx,\"y\n1,2\n", "unterminated-quote", 2, options);
  check_refused("a,b\nx,y\n1\n", "short-row", 3, options);
  check_refused("", "empty-file", 1, options);
  options.header_rows = 3;
  check_refused("a,b\nx,y\n", "header-rows", 1, options);
  // Commas are many in the first row alone.
  options.header_rows = 2;
  const auto spanish = read_text("id;Si pudo, cuándo, y dónde;\n;Sí, hoy;No\n1;a,b;c\n", options);
  CHECK(spanish.delimiter == ';');
  CHECK(spanish.below[0] == Cells{"", "Sí, hoy", "No"});
  // A header far longer than what is read of a file first.
  const std::string longer(200000, 'q');
  CHECK(read_text(longer + ",b\nx," + longer + "\n1,2\n", options).below[0][1] == longer);
}

TEST_CASE(
    "CsvFile: quoted cells longer than blocks, and quotes that look like the start of records") {
  std::string text = "id,comment\n";
  for (int i = 0; i < 40; ++i) {
    text += std::to_string(i) + ",\"";
    for (int j = 0; j < i % 9 * 20; ++j) text += "1,\"\"x\"\"\n";
    text += "\"\n";
  }
  const auto options = with_delimiter(',');
  const auto expected = expect(text, options, 2);
  CHECK(expected.refusal.id.empty());
  check_blocks_and_threads(text, options, expected);
  // Cut off anywhere in its second half, the last quoted cell is left open at its first line.
  const auto cut = text.substr(0, text.size() - 4);
  check_blocks_and_threads(cut, options, expect(cut, options, 2));
}

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

TEST_CASE("CsvFile: a worker's error is the first of the file, too") {
  struct Refuser : BlockWorker {
    void take(const Block& block) override {
      for (std::size_t row = 0; row < block.rows; ++row) {
        if (cell_text(block.cell(row, 1)) == "bad")
          throw Error(Place{"f", block.line_of(row)}, "bad", "bad");
      }
    }
  };
  std::string text = "a,b\n";
  for (int i = 0; i < 500; ++i) text += i == 150 || i > 300 ? "1,bad\n" : "1,good\n";
  text += "short\n";
  const TempFile file(text);
  for (const std::size_t block_bytes : {64, 256, 1000}) {
    for (const std::size_t count : {1, 2, 7}) {
      Issues issues;
      CsvFile input(csv(file.path(), block_bytes), issues);
      std::vector<Refuser> refusers(count);
      std::vector<BlockWorker*> workers;
      for (auto& each : refusers) workers.push_back(&each);
      Refusal refusal;
      try {
        input.read(workers, issues);
      } catch (const Error& error) {
        refusal = {error.id(), error.place().line, ""};
      }
      REQUIRE(refusal == Refusal{"bad", 152, ""});
    }
  }
}

TEST_CASE("CsvFile: the delimiter is the one that the header has most of, outside quotes") {
  CHECK(read_text("a,b;c,d\n").delimiter == ',');
  CHECK(read_text("a;b;c,d\n1;2;3,5\n").rows == Rows{{2, {"1", "2", "3,5"}}});
  CHECK(read_text("a\tb\n").delimiter == '\t');
  CHECK(read_text("a|b\n").delimiter == '|');
  CHECK(read_text("\"a,b,c\";d\n").delimiter == ';');
  CHECK(read_text("\"a \"\"x\"\",,,\";d\n").header == Cells{"a \"x\",,,", "d"});
  CHECK(read_text("a,b;c\n").delimiter == ',');  // a tie: the first of , ; tab |
  CHECK(read_text("a;b|c\n").delimiter == ';');
  CHECK(read_text("one\n1\n").delimiter == ',');
  CHECK(read_text("a;b\n1,2\n", with_delimiter(',')).header == Cells{"a;b"});
}

TEST_CASE("CsvFile: a line sep=X names the delimiter") {
  const auto semicolon = read_text("sep=;\na;b\n1;2\n");
  CHECK(semicolon.delimiter == ';');
  CHECK(semicolon.header_line == 2);
  CHECK(semicolon.rows == Rows{{3, {"1", "2"}}});
  CHECK(read_text("sep=^\r\na^b\r\n1^2\r\n").rows == Rows{{3, {"1", "2"}}});
  CHECK(read_text("\xef\xbb\xbfsep=\t\na\tb\n1\t2\n").rows == Rows{{3, {"1", "2"}}});
  CHECK(read_text("\n\nsep=,\n\na,b\n1,2\n").rows == Rows{{6, {"1", "2"}}});
  // What only looks like one is a header.
  CHECK(read_text("sep=,b\n1,2\n").header == Cells{"sep=", "b"});
  CHECK(read_text("sep=\n1\n").header == Cells{"sep="});
  check_refused("sep=;", "empty-file", 1);
  check_refused("sep=;\n\n", "empty-file", 1);
  // No table has its cells between quotes: then it is a header, a bad one or not.
  const auto quote = read_text("sep=\"\na,b\n1,2\n");
  CHECK(quote.delimiter != '"');
  CHECK(refusal_of(std::string("sep=\0\na,b\n1,2\n", 14)).id == "nul-byte");
}

TEST_CASE("CsvFile: header texts") {
  CHECK(read_text("\"a\"\"b\",\"c\nd\", e ,\n").header == Cells{"a\"b", "c\nd", " e ", ""});
  CHECK(read_text("\"c\nd\",e\n1,2\n").rows == Rows{{3, {"1", "2"}}});
  CHECK(read_text("\n\r\n\ra,b\n1,2\n").header_line == 4);
  CHECK(read_text("a,b").header == Cells{"a", "b"});
  CHECK(read_text("a,b").counted_rows == 0);
  CHECK(read_text("a,b\n").counted_rows == 0);
  CHECK(read_text("a,b\n\n\n").counted_rows == 0);
  // Quotes that are text, doubled or not.
  CHECK(read_text("6\" pipe,b\n1,2\n").header == Cells{"6\" pipe", "b"});
  CHECK(read_text("height (5'10\"\"),b\n1,2\n").header == Cells{"height (5'10\"\")", "b"});
  CHECK(read_text("a\"\",b\"\"\"\n1,2\n").header == Cells{"a\"\"", "b\"\"\""});
  CHECK(read_text("\"\",b\n1,2\n").header == Cells{"", "b"});
  CHECK(read_text("\"\"\"\",b\n1,2\n").header == Cells{"\"", "b"});
  check_refused("\"a\"x,b\n1,2\n", "text-after-quote", 1);
  check_refused("\n\"a,b\n1,2\n", "unterminated-quote", 2);
  check_refused("a,\xff\n1,2\n", "invalid-utf8", 1);
  // A header longer than what is read at first.
  std::string wide = "c0";
  for (int i = 1; i < 30000; ++i) wide += ",c" + std::to_string(i);
  CHECK(read_text(wide + "\n").header.size() == 30000);
}

TEST_CASE("CsvFile: empty files and files without a header are refused") {
  check_refused("", "empty-file", 1);
  check_refused("\n", "empty-file", 1);
  check_refused("\r\n\r\n", "empty-file", 1);
  check_refused("\xef\xbb\xbf", "empty-file", 1);
  check_refused("\xef\xbb\xbf\n", "empty-file", 1);
}

TEST_CASE("CsvFile: line ends") {
  const Rows two{{2, {"1", "2"}}, {3, {"3", "4"}}};
  CHECK(read_text("a,b\n1,2\n3,4\n").rows == two);
  CHECK(read_text("a,b\r\n1,2\r\n3,4\r\n").rows == two);
  CHECK(read_text("a,b\r1,2\r3,4\r").rows == two);
  CHECK(read_text("a,b\r1,2\n3,4\r\n").rows == two);
  CHECK(read_text("a,b\n1,2\n3,4").rows == two);
  CHECK(read_text("a,b\r1,2\r3,4").rows == two);
  CHECK(read_text("a,b\n1,2\n3,\"4\"").rows == two);
  CHECK(read_text("a,b\n\n1,2\n\r\n3,4\n\n").rows == Rows{{3, {"1", "2"}}, {5, {"3", "4"}}});
  CHECK(read_text("a,b\n1,\n,").rows == Rows{{2, {"1", ""}}, {3, {"", ""}}});
  CHECK(read_text("a,b\n1,2\n").bytes == 8);
  CHECK(read_text("a,b\n1,2").bytes == 7);
  CHECK(read_text("a,b").bytes == 3);
}

TEST_CASE("CsvFile: in a file of one column an empty line is an empty answer") {
  CHECK(read_text("a\n1\n\n2\n").rows == Rows{{2, {"1"}}, {3, {""}}, {4, {"2"}}});
  CHECK(read_text("a\r\n\r\n\r\n").rows == Rows{{2, {""}}, {3, {""}}});
  CHECK(read_text("a\n\"x\ny\"\nz").rows == Rows{{2, {"x\ny"}}, {4, {"z"}}});
  std::string text = "a\r\n";
  for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? "\r\n" : "x\r\n";
  const auto options = with_delimiter(',');
  check_blocks_and_threads(text, options, expect(text, options, 1));
  const auto one = read_text("age in years; months\n1\n", with_delimiter(','));
  REQUIRE(one.issues.size() == 1);
  CHECK(std::get<0>(one.issues[0]) == "one-column");
}

TEST_CASE("CsvFile: rows that are too short or too long") {
  check_refused("a,b\n1,2\n3\n", "short-row", 3);
  check_refused("a,b\n1,2,3\n", "long-row", 2);
  check_refused("a,b\n1,2,\n", "long-row", 2);
  CHECK(refusal_of("a,b,c\n1,2,3,4,5\n").message == "expected 3 cells, found 5");
  CsvOptions pad;
  pad.ragged = Ragged::pad;
  const auto padded = read_text("a,b,c\n1\n\"2\",\n3,4,5,,\n", pad);
  CHECK(padded.rows == Rows{{2, {"1", "", ""}}, {3, {"2", "", ""}}, {4, {"3", "4", "5"}}});
  CHECK(padded.issues.size() == 2);
  CHECK(read_text("a,b\n1", pad).rows == Rows{{2, {"1", ""}}});
  check_refused("a,b\n1,2,3\n", "long-row", 2, pad);
  check_refused("a,b\n1,2,\"\"\n", "long-row", 2, pad);
}

TEST_CASE("CsvFile: quotes where they do not belong, NUL, and bytes that are not UTF-8") {
  check_refused("a,b\n1,2\n3,\"4\n5,6\n", "unterminated-quote", 3);
  check_refused("a,b\n\"x\ny\",2\n\"3\" ,4\n", "text-after-quote", 4);
  check_refused("a,b\n\"x\ny\"z,2\n", "text-after-quote", 3);
  check_refused(std::string("a,b\n1,2\n3,\0\n", 12), "nul-byte", 3);
  check_refused("a,b\n\"x\ny\xe9\",2\n", "invalid-utf8", 3);
  check_refused("a,b\n1,2\n\xc3\n", "invalid-utf8", 3, [] {
    CsvOptions pad;
    pad.ragged = Ragged::pad;
    return pad;
  }());
  const auto bare = read_text("a,b\n6\" pipe,2\nx\"y\",3\n");
  CHECK(bare.rows == Rows{{2, {"6\" pipe", "2"}}, {3, {"x\"y\"", "3"}}});
  REQUIRE(bare.issues.size() == 1);
  CHECK(bare.issues[0] ==
        std::tuple<std::string, std::uint64_t, std::uint64_t>("bare-quote", 2, 2));
  CsvOptions strict;
  strict.strict_quotes = true;
  check_refused("a,b\n1,2\nx,6\" pipe\n", "bare-quote", 3, strict);
  CHECK(read_text("a,b\n1,\"6\"\" pipe\"\n", strict).rows == Rows{{2, {"1", "6\" pipe"}}});
}

}  // namespace sondeo
