// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

using sondeo::Error;
using sondeo::Issue;
using sondeo::Issues;
using sondeo::Place;

namespace {

std::string described(const Issues& issues) {
  std::string out;
  for (const Issue& issue : issues.list()) {
    out += issue.first.file + ':' + std::to_string(issue.first.line) + ':' +
           std::to_string(issue.first.column) + ' ' + issue.id + ' ' + issue.message + " (" +
           issue.hint + ") x" + std::to_string(issue.count) + '\n';
  }
  return out;
}

}  // namespace

TEST_CASE("an error carries its place, id, message and hint") {
  const Error error(Place{"w7.csv", 12, 3}, "code-range", "q3 is 7", "add it");
  CHECK(error.place().file == "w7.csv");
  CHECK(error.place().line == 12);
  CHECK(error.place().column == 3);
  CHECK(error.id() == "code-range");
  CHECK(error.message() == "q3 is 7");
  CHECK(error.hint() == "add it");
  CHECK(std::string(error.what()) == "q3 is 7");

  const Error nowhere("usage", "no file");
  CHECK(nowhere.place().file.empty());
  CHECK(nowhere.place().line == 0);
  CHECK(nowhere.hint().empty());
  CHECK_THROWS_AS(throw nowhere, std::exception);
}

TEST_CASE("issues of one id and message are one issue with the earliest place") {
  Issues issues;
  CHECK(issues.empty());
  issues.add(Place{"a.csv", 9, 2}, "x", "bad", "hint", 3);
  issues.add(Place{"a.csv", 2, 7}, "x", "bad");
  issues.add(Place{"a.csv", 2, 5}, "x", "bad");
  issues.add(Place{}, "x", "bad");
  issues.add(Place{"a.csv", 1, 1}, "x", "worse");
  CHECK(!issues.empty());
  CHECK(described(issues) == "a.csv:1:1 x worse () x1\na.csv:2:5 x bad (hint) x6\n");
}

TEST_CASE("issues are listed by place, then id; those without a place come last") {
  Issues issues;
  issues.add(Place{}, "a", "nowhere");
  issues.add(Place{"b.csv", 1, 1}, "a", "m");
  issues.add(Place{"a.csv", 0, 0}, "a", "some line");
  issues.add(Place{"a.csv", 10, 1}, "a", "m2");
  issues.add(Place{"a.csv", 9, 1}, "z", "m");
  issues.add(Place{"a.csv", 9, 1}, "b", "m");
  CHECK(described(issues) ==
        "a.csv:9:1 b m () x1\na.csv:9:1 z m () x1\na.csv:10:1 a m2 () x1\n"
        "a.csv:0:0 a some line () x1\nb.csv:1:1 a m () x1\n:0:0 a nowhere () x1\n");
}

TEST_CASE("reporting nothing adds nothing") {
  Issues issues;
  issues.add(Place{}, "x", "bad", "", 0);
  CHECK(issues.empty());
}

TEST_CASE("no order of reports and of merging shows in the list") {
  struct Report {
    Place place;
    std::string id;
    std::string hint;
  };
  std::vector<Report> reports = {{{"a", 3, 1}, "x", "one"},
                                 {{"a", 1, 1}, "x", ""},
                                 {{"a", 1, 1}, "y", "two"},
                                 {{"", 0, 0}, "x", "three"},
                                 {{"a", 1, 1}, "x", "four"}};
  const auto less = [](const Report& a, const Report& b) {
    return std::tie(a.id, a.hint) < std::tie(b.id, b.hint);
  };
  std::sort(reports.begin(), reports.end(), less);
  const std::string expected = "a:1:1 x m (four) x4\na:1:1 y m (two) x1\n";
  do {
    Issues left;
    Issues right;
    for (std::size_t i = 0; i < reports.size(); ++i) {
      (i < 2 ? left : right).add(reports[i].place, reports[i].id, "m", reports[i].hint);
    }
    left.merge(right);
    REQUIRE(described(left) == expected);
  } while (std::next_permutation(reports.begin(), reports.end(), less));

  Issues issues;
  issues.add(Place{}, "x", "m");
  issues.merge(issues);
  CHECK(issues.list()[0].count == 2);
}
