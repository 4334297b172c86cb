// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "expected.h"
#include "layout/csv.h"

namespace sondeo {
namespace {

using namespace files;

}  // namespace

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

TEST_CASE("CsvFile: a header row that would be counted as a respondent is told") {
  using Found = std::tuple<std::string, std::uint64_t, std::uint64_t>;
  const auto found = [](std::string_view text, unsigned header_rows = 1) {
    CsvOptions options;
    options.header_rows = header_rows;
    return read_text(text, options).issues;
  };
  const std::string two = "id,Seen?,Which?,\n,Response,A,B\n1,Yes,A,\n";
  CHECK(found(two) == std::vector<Found>{{"header-rows", 2, 1}});
  CHECK(found(two, 2).empty());
  CHECK(found("id,Q,R\n\n,Respuesta,Response\n1,a,b\n") ==
        std::vector<Found>{{"header-rows", 3, 1}});
  const std::string three = "Q1,Q2\nOne?,Two?\n\"{\"\"ImportId\"\":\"\"q1\"\"}\",x\n1,2\n";
  CHECK(found(three) == std::vector<Found>{{"header-rows", 3, 1}});
  CHECK(found(three, 2) == std::vector<Found>{{"header-rows", 3, 1}});
  CHECK(found(three, 3).empty());
  // Somebody may answer so.
  CHECK(found("id,word\n1,Response\n2,Response\n").empty());
  CHECK(found("id,word\n").empty());
}

}  // namespace sondeo
