// SPDX-License-Identifier: MIT
#include "tabulate/banner.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace sondeo {
namespace {

using Parts = std::vector<std::vector<std::string>>;

std::uint64_t refused_at(std::string_view text) {
  try {
    parse_banner(text);
  } catch (const Error& error) {
    CHECK(error.id() == "banner");
    CHECK(error.place().line == 1);
    return error.place().column;
  }
  return 0;
}

}  // namespace

TEST_CASE("parse_banner: parts, nesting and the total") {
  const auto banner = parse_banner("total + region + age > sex");
  CHECK(banner.total);
  CHECK(banner.parts == Parts{{"region"}, {"age", "sex"}});
  CHECK_FALSE(parse_banner("region").total);
  CHECK(parse_banner("region").parts == Parts{{"region"}});
  CHECK(parse_banner("a>b>c+d").parts == Parts{{"a", "b", "c"}, {"d"}});
  CHECK(parse_banner("  TOTAL  ").total);
  CHECK(parse_banner("region+Total").total);
  CHECK(parse_banner("my region + age group").parts == Parts{{"my region"}, {"age group"}});
  CHECK(parse_banner("a + a").parts == Parts{{"a"}, {"a"}});
  // Inside a nest, total is a variable like any other.
  CHECK(parse_banner("total > a").parts == Parts{{"total", "a"}});
  CHECK_FALSE(parse_banner("total > a").total);
}

TEST_CASE("parse_banner: signs in backquotes do not count, and the backquotes are kept") {
  CHECK(parse_banner("`a + b` > `c > d`").parts == Parts{{"`a + b`", "`c > d`"}});
  CHECK(parse_banner("`total`").parts == Parts{{"`total`"}});
  CHECK_FALSE(parse_banner("`total`").total);
  CHECK(parse_banner("`a``+``b`").parts == Parts{{"`a``+``b`"}});
}

TEST_CASE("parse_banner: empty names and open backquotes are refused at their column") {
  CHECK(refused_at("") == 1);
  CHECK(refused_at("   ") == 4);
  CHECK(refused_at("+ a") == 1);
  CHECK(refused_at("a +") == 4);
  CHECK(refused_at("a + + b") == 5);
  CHECK(refused_at("a > ") == 5);
  CHECK(refused_at("> a") == 1);
  CHECK(refused_at("a > > b") == 5);
  CHECK(refused_at("a + `b") > 0);
}

}  // namespace sondeo
