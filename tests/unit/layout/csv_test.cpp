// SPDX-License-Identifier: MIT
#include "layout/csv.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "expected.h"

namespace sondeo {
namespace {

using namespace files;

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
