// SPDX-License-Identifier: MIT
#include "base/csv_cell.h"

#include <doctest/doctest.h>

namespace sondeo {
namespace {

std::string cell(std::string_view text, char delimiter = ',', bool guard = false,
                 bool quoted = false) {
  std::string out = "x";
  append_csv_cell(out, text, delimiter, guard, quoted);
  return out.substr(1);
}

}  // namespace

TEST_CASE("append_csv_cell: quotes only where RFC 4180 needs them") {
  CHECK(cell("") == "");
  CHECK(cell("plain text") == "plain text");
  CHECK(cell("año; 1") == "año; 1");
  CHECK(cell("año; 1", ';') == "\"año; 1\"");
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("a,b", '\t') == "a,b");
  CHECK(cell("a\tb", '\t') == "\"a\tb\"");
  CHECK(cell("a\nb") == "\"a\nb\"");
  CHECK(cell("a\r") == "\"a\r\"");
  CHECK(cell("\"") == "\"\"\"\"");
  CHECK(cell("\"\"") == "\"\"\"\"\"\"");
  CHECK(cell("say \"x\"") == "\"say \"\"x\"\"\"");
  CHECK(cell("\"x\" said") == "\"\"\"x\"\" said\"");
}

TEST_CASE("append_csv_cell: guarded and forced") {
  CHECK(cell("=1+1", ',', true) == "'=1+1");
  CHECK(cell("=1,1", ',', true) == "\"'=1,1\"");
  CHECK(cell("", ',', false, true) == "\"\"");
  CHECK(cell("a", ',', false, true) == "\"a\"");
}

}  // namespace sondeo
