// SPDX-License-Identifier: MIT
#include "cli/list_option.h"

#include <doctest/doctest.h>

#include "cli/tool.h"

namespace sondeo {

using List = std::vector<std::string>;

TEST_CASE("lists: parts are trimmed, and backquotes keep signs") {
  CHECK(list_parts("").empty());
  CHECK(list_parts("a") == List{"a"});
  CHECK(list_parts(" a ,b,, c") == List{"a", "b", "", "c"});
  CHECK(list_parts("`a, b`,c") == List{"`a, b`", "c"});
  CHECK(list_parts("a + `b+c`", '+') == List{"a", "`b+c`"});
  CHECK(list_parts("a,") == List{"a", ""});
}

TEST_CASE("lists: of names, what is empty or left open is refused") {
  CHECK(name_list("sexo, región") == List{"sexo", "región"});
  CHECK(name_list("").empty());
  CHECK_THROWS_AS(name_list("a,,b"), UsageError);
  CHECK_THROWS_AS(name_list("a +", '+'), UsageError);
  CHECK_THROWS_AS(name_list("`a,b"), UsageError);
}

}  // namespace sondeo
