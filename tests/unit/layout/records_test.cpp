// SPDX-License-Identifier: MIT
#include "layout/records.h"

#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <string>

#include "data/block.h"
#include "naive.h"

namespace sondeo {
namespace {

// `available` bytes of the text in a room of its own, with the 64 more that the contract asks for.
class Room {
 public:
  Room(std::string_view text, std::size_t available)
      : bytes_(new char[available + 65]), available_(available) {
    std::memcpy(bytes_.get(), text.data(), available);
    std::memset(bytes_.get() + available, '"', 65);
  }
  char* bytes() { return bytes_.get(); }
  std::size_t available() const { return available_; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t available_;
};

void check_finding(const Finding& expected, const Finding& found) {
  REQUIRE(expected.count == found.count);
  if (expected.count > 0) REQUIRE(expected.first == found.first);
}

void check_records(const naive::Reading& expected, const Records& found, std::string_view text,
                   const char* bytes, std::size_t begin, std::size_t columns) {
  REQUIRE(expected.problem.has_value() == found.problem.has_value());
  if (expected.problem) {
    REQUIRE(static_cast<int>(expected.problem->kind) == static_cast<int>(found.problem->kind));
    REQUIRE(expected.problem->at == found.problem->at);
    if (expected.problem->expected > 0) {
      REQUIRE(expected.problem->expected == found.problem->expected);
      REQUIRE(expected.problem->found == found.problem->found);
    }
    return;  // rows before it are not usable
  }
  REQUIRE(found.begin == begin);
  REQUIRE(found.rows == expected.rows.size());
  REQUIRE(std::min(found.end, text.size()) == expected.end);
  Block block{bytes, found.starts, found.ends, found.rows, columns, begin, 1, 0};
  for (std::size_t row = 0; row < found.rows; ++row) {
    REQUIRE(found.starts[row] == expected.rows[row].start);
    for (std::size_t column = 0; column < columns; ++column) {
      REQUIRE(std::string(block.cell(row, column)) == expected.rows[row].cells[column]);
    }
  }
  const bool supplied = found.end > text.size();
  REQUIRE(found.line_ends ==
          naive::lines_before(text, expected.end) - naive::lines_before(text, begin) + supplied);
  check_finding(expected.bare_quotes, found.bare_quotes);
  check_finding(expected.blank_lines, found.blank_lines);
  check_finding(expected.padded_rows, found.padded_rows);
  check_finding(expected.surplus_cells, found.surplus_cells);
}

Dialect random_dialect(naive::Maker& make) {
  return {",;\t|"[make.below(4)], make.one_in(4), make.one_in(3) ? Ragged::pad : Ragged::error};
}

}  // namespace

TEST_CASE("find_records: what a byte-wise reader finds, by both paths, for every end of the span") {
  naive::Maker make(11);
  Records fast;
  Records exact;
  for (int round = 0; round < 400; ++round) {
    CAPTURE(round);
    const auto dialect = random_dialect(make);
    const auto columns = 1 + make.below(4);
    const auto text = make.table(1 + make.below(8), columns, dialect.delimiter, make.below(3));
    for (std::size_t span_end = 0; span_end <= text.size() + 1; ++span_end) {
      CAPTURE(span_end);
      const auto expected = naive::read(text, 0, span_end, dialect, columns);
      Room room(text, text.size());
      REQUIRE(find_records(room.bytes(), 0, span_end, text.size(), true, dialect, columns, fast));
      check_records(expected, fast, text, room.bytes(), 0, columns);
      // The careful path does not look at the encoding; without a line end it needs none.
      if (span_end == 0 || (expected.problem && expected.problem->kind >= Problem::Kind::nul))
        continue;
      Room again(text, text.size());
      REQUIRE(find_records_exactly(again.bytes(), 0, span_end, text.size(), true, dialect, columns,
                                   exact));
      check_records(expected, exact, text, again.bytes(), 0, columns);
    }
  }
}

TEST_CASE("find_records: noise") {
  naive::Maker make(12);
  Records found;
  const std::string alphabet{
      "\"\",,\r\n\0\xff\xc3\xa9"
      "ab",
      12};
  for (int round = 0; round < 20000; ++round) {
    CAPTURE(round);
    const Dialect dialect{',', make.one_in(5), make.one_in(2) ? Ragged::pad : Ragged::error};
    const auto columns = 1 + make.below(3);
    const auto text = make.noise(1 + make.below(60), make.one_in(2) ? alphabet : "\",\r\na");
    const auto span_end = 1 + make.below(text.size() + 1);
    Room room(text, text.size());
    REQUIRE(find_records(room.bytes(), 0, span_end, text.size(), true, dialect, columns, found));
    check_records(naive::read(text, 0, span_end, dialect, columns), found, text, room.bytes(), 0,
                  columns);
  }
}

TEST_CASE("find_records: with fewer bytes the same answer or a call for more") {
  naive::Maker make(13);
  Records found;
  for (int round = 0; round < 250; ++round) {
    CAPTURE(round);
    const auto dialect = random_dialect(make);
    const auto columns = 1 + make.below(3);
    const auto text = make.table(2 + make.below(8), columns, dialect.delimiter, make.below(2));
    const auto span_end = 1 + make.below(text.size() + 1);
    const auto expected = naive::read(text, 0, span_end, dialect, columns);
    for (std::size_t available = std::min(span_end, text.size()); available <= text.size();
         ++available) {
      CAPTURE(available);
      Room room(text, available);
      const bool enough =
          find_records(room.bytes(), 0, span_end, available, false, dialect, columns, found);
      if (enough) check_records(expected, found, text, room.bytes(), 0, columns);
      // All the text of the span and a word more has to be enough.
      if (!expected.problem && available >= std::max(expected.end, span_end) + 65) REQUIRE(enough);
    }
  }
}

TEST_CASE("find_records: a CR that is the last byte there is may be half of a CRLF") {
  // Words of 64 bytes are what the vector path reads; the CR ends one, the LF is not there yet.
  const Dialect dialect;
  for (const std::size_t words : {1, 2, 20}) {
    for (const std::size_t columns : {1, 2}) {
      CAPTURE(words);
      std::string text = columns == 2 ? "1," : "1";
      text.resize(64 * words - 1, 'x');
      text += "\r\n2,3\r\n";
      const auto expected = naive::read(text, 0, 1, dialect, columns);
      Room room(text, 64 * words);
      Records found;
      if (find_records(room.bytes(), 0, 1, 64 * words, false, dialect, columns, found)) {
        check_records(expected, found, text, room.bytes(), 0, columns);
      }
    }
  }
}

TEST_CASE("find_records: from the middle of the text, span by span, as from the start") {
  naive::Maker make(14);
  Records found;
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    const auto dialect = random_dialect(make);
    const auto columns = 1 + make.below(4);
    const auto text = make.table(4 + make.below(40), columns, dialect.delimiter, make.below(2));
    const auto whole = naive::read(text, 0, text.size(), dialect, columns);
    std::size_t begin = 0;
    std::size_t rows = 0;
    std::uint64_t lines = 0;
    while (begin < text.size()) {
      const auto span_end = begin + 1 + make.below(90);
      Room room(text, text.size());
      REQUIRE(
          find_records(room.bytes(), begin, span_end, text.size(), true, dialect, columns, found));
      check_records(naive::read(text, begin, span_end, dialect, columns), found, text, room.bytes(),
                    begin, columns);
      if (found.problem) break;
      rows += found.rows;
      lines += found.line_ends;
      begin = found.end;
    }
    REQUIRE(found.problem.has_value() == whole.problem.has_value());
    if (found.problem) {
      REQUIRE(found.problem->at == whole.problem->at);
    } else {
      REQUIRE(rows == whole.rows.size());
      REQUIRE(lines == naive::lines_before(text, text.size()) + (begin > text.size()));
    }
  }
}

TEST_CASE("find_records: a long record is read piece by piece and found whole") {
  const Dialect dialect;
  Records found;
  for (const std::size_t size : {1000, 1023, 1024, 1025, 5000, 70000}) {
    CAPTURE(size);
    const auto text = "1,\"" + std::string(size, '\n') + "\"\n2,3\n";
    for (std::size_t available = 64; available <= text.size(); available = available * 5 / 3) {
      Room room(text, available);
      CHECK_FALSE(find_records(room.bytes(), 0, 1, available, false, dialect, 2, found));
    }
    Room room(text, text.size());
    REQUIRE(find_records(room.bytes(), 0, 1, text.size(), true, dialect, 2, found));
    check_records(naive::read(text, 0, 1, dialect, 2), found, text, room.bytes(), 0, 2);
    CHECK(found.rows == 1);
    CHECK(found.line_ends == size + 1);
  }
}

TEST_CASE(
    "guess_record_start: right for ordinary text, and never before `from` or behind the text") {
  const Dialect dialect;
  std::string plain;
  for (int i = 0; i < 400; ++i) plain += std::to_string(i) + ",yes,\"a, b\"\r\n";
  Room room(plain + std::string(64, '\0'), plain.size() + 64);
  for (std::size_t from = 1; from + 200 < plain.size(); ++from) {
    auto expected = from;
    while (plain[expected - 1] != '\n') ++expected;
    REQUIRE(guess_record_start(room.bytes(), from, plain.size(), dialect, 3) == expected);
  }
  naive::Maker make(15);
  for (int round = 0; round < 3000; ++round) {
    const auto text = make.noise(2 + make.below(120), "\",\r\nab");
    Room noise(text, text.size());
    const auto from = 1 + make.below(text.size() - 1);
    const auto guess =
        guess_record_start(noise.bytes(), from, text.size(), dialect, 1 + make.below(3));
    REQUIRE(guess >= from);
    REQUIRE(guess <= text.size() + 1);
  }
}

TEST_CASE("guess_record_start: inside a long quoted cell it finds the record after it") {
  const Dialect dialect;
  std::string text = "1,\"";
  for (int i = 0; i < 50; ++i) text += "line " + std::to_string(i) + ", with a comma\n";
  const auto last = text.size();
  text += "\"\n";
  const auto next = text.size();
  for (int i = 2; i < 50; ++i) text += std::to_string(i) + ",\"short\"\n";
  Room room(text, text.size());
  CHECK(guess_record_start(room.bytes(), last - 5, text.size(), dialect, 2) == next);
}

}  // namespace sondeo
