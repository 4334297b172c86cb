// SPDX-License-Identifier: MIT
#include "tabulate/cells.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace sondeo {
namespace {

Key key(std::vector<std::string> path, AnswerKind kind = AnswerKind::category,
        bool overlap = false) {
  Key result;
  result.path = std::move(path);
  result.kind = kind;
  result.overlap = overlap;
  return result;
}

Sums sums(std::uint64_t n, double weight = 0) {
  Sums result;
  result.n = n;
  result.n_positive = weight > 0 ? n : 0;
  if (weight > 0) {
    result.w.add(*ExactSum::term(weight));
    result.w2.add(*ExactSum::term(weight * weight));
  }
  return result;
}

std::vector<Key> some_keys() {
  std::vector<Key> keys;
  for (const char* text : {"", "1", "1.0", "01", "2", "10", "-3", "1e2", "a2", "a10", "Yes", "yes",
                           "50-249", "1000-4999", "\xc3\xa9", "nan", " 1"}) {
    keys.push_back(key({text}));
    keys.push_back(key({text}, AnswerKind::missing));
    keys.push_back(key({text, "x"}));
    keys.push_back(key({"x", text}));
    keys.push_back(key({text, "x"}, AnswerKind::category, true));
  }
  keys.push_back(key({}));
  keys.push_back(key({""}, AnswerKind::answered));
  keys.push_back(key({""}, AnswerKind::asked));
  keys.push_back(key({""}, AnswerKind::not_asked));
  return keys;
}

}  // namespace

TEST_CASE("key_less: a strict total order that agrees with equality") {
  const auto keys = some_keys();
  for (const auto& a : keys) {
    REQUIRE_FALSE(key_less(a, a));
    for (const auto& b : keys) {
      REQUIRE((a == b) == (!key_less(a, b) && !key_less(b, a)));
      if (!key_less(a, b)) continue;
      REQUIRE_FALSE(key_less(b, a));
      for (const auto& c : keys) {
        if (key_less(b, c)) REQUIRE(key_less(a, c));
      }
    }
  }
}

TEST_CASE(
    "key_less: numbers by size, then texts as people sort them, then other kinds, then overlaps") {
  std::vector<Key> keys{key({"10"}),
                        key({"b"}),
                        key({"a10"}),
                        key({"2"}),
                        key({"NA"}, AnswerKind::missing),
                        key({"a2"}),
                        key({"-1.5"}),
                        key({"1", "2"}, AnswerKind::category, true)};
  std::sort(keys.begin(), keys.end(), key_less);
  std::vector<std::string> texts;
  for (const auto& each : keys) texts.push_back(each.path[0]);
  CHECK(texts == std::vector<std::string>{"-1.5", "2", "10", "a2", "a10", "b", "NA", "1"});
}

TEST_CASE("Key: label and number are carried, not compared") {
  auto a = key({"1"});
  auto b = a;
  b.label = "one";
  b.number = 1;
  CHECK(a == b);
  b.kind = AnswerKind::missing;
  CHECK_FALSE(a == b);
}

TEST_CASE("canonical: in order, each key once, sums added") {
  Cells cells;
  cells.rows = {key({"b"}), key({"a"}), key({"b"})};
  cells.columns = {key({"2"}), key({"1"}), key({"2"})};
  for (std::uint64_t i = 1; i <= 9; ++i) cells.sums.push_back(sums(i));
  const auto result = canonical(cells);
  CHECK(result.rows == std::vector<Key>{key({"a"}), key({"b"})});
  CHECK(result.columns == std::vector<Key>{key({"1"}), key({"2"})});
  CHECK(result.at(0, 0).n == 5);
  CHECK(result.at(0, 1).n == 4 + 6);
  CHECK(result.at(1, 0).n == 2 + 8);
  CHECK(result.at(1, 1).n == 1 + 3 + 7 + 9);
  CHECK(canonical(result) == result);
  CHECK(canonical(Cells{}) == Cells{});
}

TEST_CASE("merge: what stands in only one of them stays") {
  Cells a;
  a.rows = {key({"x"})};
  a.columns = {key({})};
  a.sums = {sums(2, 0.1)};
  Cells b;
  b.rows = {key({"y"})};
  b.columns = {key({})};
  b.sums = {sums(3, 0.7)};
  const auto both = merge(a, b);
  REQUIRE(both.rows.size() == 2);
  CHECK(both.at(0, 0) == a.at(0, 0));
  CHECK(both.at(1, 0) == b.at(0, 0));
  CHECK(merge(a, Cells{}) == a);
  CHECK(merge(Cells{}, a) == a);
  const auto twice = merge(a, a);
  CHECK(twice.at(0, 0).n == 4);
  CHECK(twice.at(0, 0).w.value() == 0.1 + 0.1);
}

TEST_CASE("merge: labels of the same answer, in any order and grouping") {
  const std::vector<std::string> labels{"", "a", " a", "a ", ""};
  const auto with = [](const std::string& label) {
    Cells cells;
    cells.rows = {key({"a"})};
    cells.rows[0].label = label;
    cells.columns = {key({})};
    cells.sums = {sums(1)};
    return cells;
  };
  std::mt19937 random(1);
  const auto label_of = [&](const std::vector<std::string>& parts) {
    std::vector<Cells> cells;
    for (const auto& part : parts) cells.push_back(with(part));
    while (cells.size() > 1) {
      const auto i = random() % (cells.size() - 1);
      cells[i] = merge(cells[i], cells[i + 1]);
      cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
    return cells[0].rows[0].label;
  };
  for (int round = 0; round < 200; ++round) {
    auto parts = labels;
    std::shuffle(parts.begin(), parts.end(), random);
    REQUIRE(label_of(parts) == "a");
  }
  CHECK(label_of({"", " a", "", " a"}) == " a");
  CHECK(label_of({"", ""}) == "");
}

}  // namespace sondeo
