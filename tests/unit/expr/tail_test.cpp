// SPDX-License-Identifier: MIT
#include "expr/tail.h"

#include <doctest/doctest.h>

namespace sondeo {
namespace {

// "name@0", "answer to q@4", "nothing@5".
std::string tail(std::string_view text) {
  const ExprTail tail = expr_tail(text);
  const std::string at = "@" + std::to_string(tail.begin);
  if (tail.expects == ExprTail::Expects::name) return "name" + at;
  if (tail.expects == ExprTail::Expects::answer) return "answer to " + tail.question + at;
  return "nothing" + at;
}

}  // namespace

TEST_CASE("expression tail: names at the beginning and behind what joins") {
  CHECK(tail("") == "name@0");
  CHECK(tail("own") == "name@0");
  CHECK(tail("not own") == "name@4");
  CHECK(tail("(own") == "name@1");
  CHECK(tail("q = 1 and r") == "name@10");
  CHECK(tail("q in (1, 2) or ") == "name@15");
  CHECK(tail("`How ol") == "name@0");
  CHECK(tail("año = 3 and ñ") == "name@13");
}

TEST_CASE("expression tail: answers behind an operator, of the name before it") {
  CHECK(tail("q=") == "answer to q@2");
  CHECK(tail("q = ") == "answer to q@4");
  CHECK(tail("q != 1") == "answer to q@5");
  CHECK(tail("q = 'Ma") == "answer to q@4");
  CHECK(tail("q = Mar") == "answer to q@4");
  CHECK(tail("`How old?` >= 2") == "answer to How old?@14");
  CHECK(tail("q in (1, ") == "answer to q@9");
  CHECK(tail("q not in (") == "answer to q@10");
  CHECK(tail("any(q, 1, ") == "answer to q@10");
  CHECK(tail("p = 1 and q = \"x") == "answer to q@14");
}

TEST_CASE("expression tail: nothing behind what is whole, reckoned or unreadable") {
  CHECK(tail("q = 1 ") == "nothing@6");
  CHECK(tail("q ") == "nothing@2");
  CHECK(tail("q + 1 = ") == "nothing@8");
  CHECK(tail("1 = ") == "nothing@4");
  CHECK(tail("q in ") == "nothing@5");
  CHECK(tail("q = 1 'x") == "nothing@6");
}

}  // namespace sondeo
