// SPDX-License-Identifier: MIT
#include "cli/provenance.h"

#include <doctest/doctest.h>

namespace sondeo {

TEST_CASE("provenance: seconds as a date, against date -u -d @SECONDS") {
  CHECK(utc_text(0) == "1970-01-01T00:00:00Z");
  CHECK(utc_text(951827696) == "2000-02-29T12:34:56Z");
  CHECK(utc_text(253402300799) == "9999-12-31T23:59:59Z");
  CHECK(utc_text(253402300800).empty());
}

TEST_CASE("provenance: a command line that can be pasted") {
  CHECK(shell_line({"sondeo-freq", "w7.csv", "q*", "--where", "a = 'b'", ""}) ==
        "sondeo-freq w7.csv 'q*' --where 'a = '\\''b'\\''' ''");
}

}  // namespace sondeo
