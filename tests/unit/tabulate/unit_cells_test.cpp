// SPDX-License-Identifier: MIT
// Cells by sampling unit: the same sums as of the respondents of each unit alone.
#include "tabulate/unit_cells.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/number.h"
#include "expr/expr.h"
#include "request.h"

namespace sondeo {
namespace {

using requests::count_text;
using requests::question;

struct Person {
  std::string q, g, j, stratum, psu, weight;
};

std::vector<Person> people(std::size_t count, unsigned seed, std::size_t psus, bool sorted) {
  std::mt19937 random(seed);
  std::vector<Person> result;
  for (std::size_t i = 0; i < count; ++i) {
    const auto psu = sorted ? i * psus / count : random() % psus;
    std::string options;
    for (int option = 0; option < 3; ++option) {
      if (random() % 2 == 0)
        options += std::string(options.empty() ? "" : ";") + char('a' + option);
    }
    result.push_back({std::to_string(random() % 4), std::to_string(random() % 3), options,
                      "s" + std::to_string(psu % 5), "p" + std::to_string(psu),
                      shortest(static_cast<double>(random() % 50000) / 1000)});
  }
  return result;
}

std::string text_of(const std::vector<Person>& people) {
  std::string text = "q,g,j,stratum,psu,w\n";
  for (const auto& each : people) {
    text += each.q + "," + each.g + "," + each.j + "," + each.stratum + "," + each.psu + "," +
            each.weight + "\n";
  }
  return text;
}

// q in total, q by g, q by j (whose columns overlap), q by g > j.
CountRequest request(bool clusters, bool weighted) {
  CountRequest result;
  result.questions = {question("q", QuestionKind::single, {0}),
                      question("g", QuestionKind::single, {1}),
                      question("j", QuestionKind::joined, {2})};
  result.axes = {{{0}, false}, {{}, false}, {{1}, true}, {{2}, true}, {{1, 2}, true}};
  result.tables = {{0, 1}, {0, 2}, {0, 3}, {0, 4}};
  if (weighted) result.weight.column = "w";
  result.units.strata = {3};
  if (clusters) result.units.clusters = {4};
  return result;
}

// The same without units, of the rows of one unit.
CountRequest alone(const CountRequest& request, const std::string& condition) {
  auto result = request;
  result.units = {};
  result.where = parse_expr(condition);
  return result;
}

const Sums* find(const Cells& cells, const Key& row, const Key& column) {
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    for (std::size_t j = 0; j < cells.columns.size(); ++j) {
      if (cells.rows[i] == row && cells.columns[j] == column) return &cells.at(i, j);
    }
  }
  return nullptr;
}

void check(const std::vector<Person>& all, bool clusters, bool weighted) {
  const auto text = text_of(all);
  const auto wanted = request(clusters, weighted);
  const auto counted = count_text(text, wanted).result;
  auto without = wanted;
  without.units = {};
  const auto plain = count_text(text, without).result;
  const auto& units = counted.units;
  std::uint64_t rows = 0;
  for (const auto& stratum : units.stages[0].strata) rows += clusters ? 0 : stratum.size;
  for (const auto& unit : units.stages[0].units) rows += unit.rows;
  CHECK(rows == all.size());
  for (std::uint32_t leaf = 0; leaf < units.leaves(); ++leaf) {
    const auto condition = clusters ? "psu = '" + units.stages[0].units[leaf].label + "'"
                                    : "stratum = '" + units.stages[0].strata[leaf].label + "'";
    const auto expected = count_text(text, alone(wanted, condition)).result;
    for (std::size_t t = 0; t < counted.tables.size(); ++t) {
      const auto& cells = counted.tables[t];
      for (std::size_t i = 0; i < cells.rows.size(); ++i) {
        for (std::size_t j = 0; j < cells.columns.size(); ++j) {
          const auto& sums = cells.at(i, j);
          const auto* unit_sums = find(expected.tables[t], cells.rows[i], cells.columns[j]);
          if (sums.n == 0) continue;
          REQUIRE(sums.further.size() == units.leaves() * (clusters ? 1 : 2));
          ExactSum w;
          ExactSum w2;
          if (unit_sums != nullptr) {
            w = unit_sums->w;
            w2 = unit_sums->w2;
            if (!weighted) w.add_ones(unit_sums->n);
            if (!weighted) w2.add_ones(unit_sums->n);
          }
          REQUIRE((sums.further[leaf] == w));
          if (!clusters) REQUIRE((sums.further[units.leaves() + leaf] == w2));
        }
      }
    }
  }
  // Leaving out what is by unit, all is as if nobody had asked for it.
  for (std::size_t t = 0; t < counted.tables.size(); ++t) {
    const auto& cells = counted.tables[t];
    for (std::size_t i = 0; i < plain.tables[t].rows.size(); ++i) {
      for (std::size_t j = 0; j < plain.tables[t].columns.size(); ++j) {
        auto expected = plain.tables[t].at(i, j);
        if (expected.n == 0) continue;
        const auto* sums = find(cells, plain.tables[t].rows[i], plain.tables[t].columns[j]);
        REQUIRE(sums != nullptr);
        expected.further = sums->further;
        REQUIRE((*sums == expected));
      }
    }
  }
}

}  // namespace

TEST_CASE("units: cells hold the sums of each unit, in canonical order") {
  for (const bool clusters : {false, true}) {
    for (const bool weighted : {false, true}) {
      CAPTURE(clusters);
      CAPTURE(weighted);
      check(people(600, 3, 12, false), clusters, weighted);
      check(people(600, 4, 40, true), clusters, weighted);
    }
  }
}

TEST_CASE("units: threads, blocks and the order of rows leave no trace") {
  for (const bool clusters : {false, true}) {
    const auto wanted = request(clusters, true);
    const auto all = people(5000, 5, 300, true);
    const auto expected = count_text(text_of(all), wanted).result;
    for (const unsigned threads : {1U, 2U, 7U}) {
      for (const std::size_t block : {std::size_t{4} << 10, std::size_t{64} << 10}) {
        CAPTURE(threads);
        CAPTURE(block);
        CHECK((count_text(text_of(all), wanted, threads, block).result.tables == expected.tables));
      }
    }
    auto shuffled = all;
    std::mt19937 random(1);
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    CHECK((count_text(text_of(shuffled), wanted).result.tables == expected.tables));
  }
}

TEST_CASE("units: more than can be counted jointly") {
  const auto all = people(6000, 6, 5500, false);
  const auto counted = count_text(text_of(all), request(true, true)).result;
  // Each unit's sum in the first table is that of its respondents.
  std::map<std::string, ExactSum> by_unit;
  for (const auto& each : all) by_unit[each.psu].add(*ExactSum::term(*parse_number(each.weight)));
  const auto& units = counted.units.stages[0].units;
  REQUIRE(units.size() == by_unit.size());
  for (std::size_t leaf = 0; leaf < units.size(); ++leaf) {
    ExactSum sum;
    for (const auto& sums : counted.tables[0].sums)
      if (sums.n > 0) sum.add(sums.further[leaf]);
    REQUIRE((sum == by_unit.at(units[leaf].label)));
  }
}

TEST_CASE("units: a filter is a domain, all rows are units") {
  const auto all = people(500, 8, 20, false);
  auto wanted = request(true, true);
  wanted.where = parse_expr("psu = 'p3'");
  const auto counted = count_text(text_of(all), wanted).result;
  CHECK(counted.units.stages[0].units.size() == 20);
  CHECK(counted.units.rows == 500);
}

TEST_CASE("units: more cells than can be held are refused") {
  auto wanted = request(true, true);
  wanted.questions[0].columns = {4};  // the unit as a question, by units: 3000 x 3000
  CHECK(requests::error_of(text_of(people(9000, 7, 3000, false)), wanted) == "too-many-cells");
}

}  // namespace sondeo
