// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <limits>

#include "base/error.h"
#include "render/render.h"
#include "render/xlsx_book.h"
#include "sample.h"

namespace sondeo {

TEST_CASE("xlsx: names of sheets are legal and unlike each other") {
  XlsxBook book("", creation_time(""));
  const auto name = [&](std::string_view wanted) {
    return book.sheet_name(book.add_sheet(wanted));
  };
  CHECK(name("Q3") == "Q3");
  CHECK(name("q3") == "q3 (2)");
  CHECK(name("Q3") == "Q3 (3)");
  CHECK(name("Año") == "Año");
  CHECK(name("AÑO") == "AÑO (2)");
  CHECK(name("a[1]:*?/\\'b'") == "a_1_______b_");
  CHECK(name("") == "_");
  CHECK(name("History") == "History_");
  CHECK(name(std::string(40, 'x')) == std::string(31, 'x'));
  CHECK(name(std::string(40, 'x')) == std::string(27, 'x') + " (2)");
  CHECK(name("\x1b\x01") == "__");
  // Sixteen signs outside the basic plane take 32 units: one too many.
  std::string faces;
  for (int i = 0; i < 16; ++i) faces += "😀";
  CHECK(name(faces) == faces.substr(0, 60));
}

TEST_CASE("xlsx: what a sheet cannot hold is refused") {
  XlsxBook book("", creation_time(""));
  const std::size_t sheet = book.add_sheet("a");
  CHECK_NOTHROW(book.text(sheet, 1048575, 16383, "corner"));
  CHECK_THROWS_AS(book.text(sheet, 1048576, 0, "below"), Error);
  CHECK_THROWS_AS(book.number(sheet, 0, 16384, 1), Error);
  CHECK_THROWS_AS(book.number(sheet, 0, 0, std::numeric_limits<double>::infinity()), Error);
  CHECK_NOTHROW(book.text(sheet, 0, 0, std::string(40000, 'x')));
  CHECK_NOTHROW(book.text(sheet, 0, 1, std::string("a\0b\xff", 4)));
  CHECK(book.bytes().starts_with("PK"));
}

TEST_CASE("xlsx: the date of making is that of the provenance, never that of a clock") {
  CHECK(creation_time("2023-11-14T22:13:20Z") == 1700000000);
  CHECK(creation_time("1970-01-01T00:00:00Z") == 946684800);
  CHECK(creation_time("") == 946684800);
}

TEST_CASE("xlsx: both styles take every table") {
  RenderOptions options;
  for (const bool accessible : {false, true}) {
    options.accessible = accessible;
    CHECK(render_xlsx(sample::kitchen_sink(), options).size() > 5000);
  }
}

}  // namespace sondeo
