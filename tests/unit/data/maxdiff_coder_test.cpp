// SPDX-License-Identifier: MIT
#include "data/maxdiff_coder.h"

#include <doctest/doctest.h>

#include "../codebook/refusal.h"
#include "study_setting.h"

namespace sondeo {
namespace {

using studies::Meanings;
using studies::Setting;

const std::string text = R"toml(
[[question]]
name = "asked_all"
codes = [ { code = 1 }, { code = 2 } ]
[[question]]
name = "m"
kind = "maxdiff"
codes = [ { code = 1 }, { code = 2 }, { code = 3 }, { code = 9, missing = "refused" } ]
tasks = [
  { best = "b1", worst = "w1", of = [1, 2, 3] },
  { best = "b2", worst = "w2", shown = "s_1-s_2" },
]
[[question]]
name = "routed"
kind = "maxdiff"
asked = "asked_all = 1"
codes = [ { code = 1 }, { code = 2 }, { code = 3 }, { code = 9, missing = "refused" } ]
tasks = [ { best = "b1", worst = "w1", of = [1, 2] } ]
)toml";

const std::vector<std::string> columns{"asked_all", "b1", "w1", "b2", "w2", "s_1", "s_2"};
const blocks::Rows rows{{"1", "1", "2", "1", "3", "1", "3"},
                        {"1", "2", "1", "", "", "1", "3"},
                        {"1", "", "9", "", "", "", ""},
                        {"2", "2", "1.0", "3", "2", "2", "3"}};

std::string refused(const std::vector<std::string>& row) {
  Setting setting(text, columns);
  return refusal_of([&] { setting.meanings("m.1", {row}); });
}

}  // namespace

TEST_CASE("maxdiff: best, worst and shown of the tasks that were answered") {
  Setting setting(text, columns);
  CHECK(setting.meanings("m.1", rows) == Meanings{"2/0/2", "0/1/1", "!", "0/1/1"});
  CHECK(setting.meanings("m.2", rows) == Meanings{"0/1/1", "1/0/1", "!", "1/1/2"});
  CHECK(setting.meanings("m.3", rows) == Meanings{"0/1/2", "0/0/1", "!", "1/0/2"});
}

TEST_CASE("maxdiff: who was not asked, and whom no task showed the answer") {
  Setting setting(text, columns);
  CHECK(setting.meanings("routed.1", rows) == Meanings{"1/0/1", "0/1/1", "!", "-"});
  CHECK(setting.meanings("routed.3", rows) == Meanings{"-", "-", "!", "-"});
}

TEST_CASE("maxdiff: what cannot be is refused at its cell") {
  CHECK(refused({"1", "1", "2", "2", "3", "1", "3"})
            .find("[maxdiff-shown] m chooses '2', which the task did not show | it showed 1, 3") !=
        std::string::npos);
  CHECK(refused({"1", "1", "1", "", "", "", ""}).find("[maxdiff-same] m: '1' is both best") !=
        std::string::npos);
  CHECK(refused({"1", "4", "1", "", "", "", ""}).find("[code-range] m is '4'") !=
        std::string::npos);
}

TEST_CASE("maxdiff: counts as text and back") {
  CHECK(maxdiff_text({3, 0, 12}) == "3/0/12");
  const auto count = parse_maxdiff("3/0/12");
  REQUIRE(count);
  CHECK(count->best == 3);
  CHECK(count->worst == 0);
  CHECK(count->shown == 12);
  for (const char* other : {"", "3", "3/0", "3/0/x", "/0/1", "3/0/1/2"})
    CHECK_FALSE(parse_maxdiff(other));
}

}  // namespace sondeo
