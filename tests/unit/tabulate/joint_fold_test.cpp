// SPDX-License-Identifier: MIT
// Counting with weights and questions that do not fit the fast path, beside those that do.
#include "tabulate/joint_fold.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <random>

#include "base/number.h"
#include "request.h"

namespace sondeo {
namespace {

using requests::count_text;
using requests::question;

struct Respondent {
  std::string q, g, j, id;
  double weight;
};

std::string text_of(const std::vector<Respondent>& people) {
  std::string text = "q,g,j,id,w\n";
  for (const auto& each : people)
    text +=
        each.q + "," + each.g + "," + each.j + "," + each.id + "," + shortest(each.weight) + "\n";
  return text;
}

CountRequest request() {
  CountRequest result;
  result.questions = {
      question("q", QuestionKind::single, {0}), question("g", QuestionKind::single, {1}),
      question("j", QuestionKind::joined, {2}), question("id", QuestionKind::single, {3})};
  result.axes = {{{0}, false}, {{2}, false}, {{3}, false}, {{}, true}, {{1}, true}, {{1, 2}, true}};
  result.tables = {{2, 3}};
  for (std::size_t row = 0; row < 2; ++row) {
    for (std::size_t column = 3; column < 6; ++column) result.tables.push_back({row, column});
  }
  result.weight.column = "w";
  return result;
}

using Found = std::map<std::pair<std::string, std::string>, Sums>;

// q by g, and id by the total: one path and the other.
void check_against_naive(const std::vector<Respondent>& people, const CountResult& counted) {
  Found q_by_g;
  Found ids;
  for (const auto& each : people) {
    for (auto* sums : {&q_by_g[{each.q, each.g}], &ids[{each.id, ""}]}) {
      ++sums->n;
      sums->n_positive += each.weight > 0;
      sums->w.add(*ExactSum::term(each.weight));
      sums->w2.add(*ExactSum::term(each.weight * each.weight));
    }
  }
  const auto inhabited = [](const Cells& cells) {
    Found found;
    for (std::size_t i = 0; i < cells.rows.size(); ++i) {
      for (std::size_t k = 0; k < cells.columns.size(); ++k) {
        const auto& path = cells.columns[k].path;
        if (cells.at(i, k).n > 0)
          found[{cells.rows[i].path[0], path.empty() ? "" : path[0]}] = cells.at(i, k);
      }
    }
    return found;
  };
  REQUIRE((inhabited(counted.tables[2]) == q_by_g));
  REQUIRE((inhabited(counted.tables[0]) == ids));
}

std::vector<Respondent> people(std::size_t count, unsigned seed, double (*weight)(std::mt19937&)) {
  std::mt19937 random(seed);
  std::vector<Respondent> result;
  for (std::size_t i = 0; i < count; ++i) {
    std::string options;
    for (const char option : std::string("uvwxyz")) {
      if (random() % 3 == 0) options += (options.empty() ? "" : ";") + std::string(1, option);
    }
    // Answers keep coming, so that plans are outgrown.
    result.push_back({std::to_string(random() % (2 + i / 500)), std::string(1, "ab "[random() % 3]),
                      options, std::to_string(random() % 6000), weight(random)});
  }
  for (auto& each : result) {
    if (each.g == " ") each.g.clear();
  }
  return result;
}

void check_all_ways(const std::vector<Respondent>& people) {
  const auto text = text_of(people);
  const auto first = count_text(text, request()).result;
  check_against_naive(people, first);
  for (const auto& [threads, block] : {std::pair{1, 1000}, {3, 5000}, {2, 1 << 22}}) {
    const auto again = count_text(text, request(), static_cast<unsigned>(threads),
                                  static_cast<std::size_t>(block));
    for (std::size_t i = 0; i < first.tables.size(); ++i) {
      CAPTURE(i);
      REQUIRE((first.tables[i] == again.result.tables[i]));
    }
  }
}

}  // namespace

TEST_CASE("fold: weights of like size") {
  check_all_ways(people(6000, 21, [](std::mt19937& random) {
    return 0.3 + static_cast<double>(random() % 2700000) / 1e6;
  }));
}

TEST_CASE("fold: many zeros, and weights that grow far beyond the first ones") {
  check_all_ways(people(6000, 22, [](std::mt19937& random) {
    static int at = 0;
    if (random() % 3 == 0) return 0.0;
    return std::exp2(static_cast<double>(at++ / 700)) *
           (1 + static_cast<double>(random() % 1000) / 999);
  }));
}

TEST_CASE("fold: weights of every size that is allowed") {
  check_all_ways(people(6000, 23, [](std::mt19937& random) {
    return std::exp2(static_cast<double>(random() % 8700) / 100 - 37.9);
  }));
}

TEST_CASE("fold: more rows than packed sums may hold") {
  // Weights over sixteen powers of two leave room for 2^14 rows.
  check_all_ways(people(36000, 24, [](std::mt19937& random) {
    return std::exp2(static_cast<double>(random() % 1500) / 100);
  }));
}

TEST_CASE("fold: unweighted, and all weights 1, give the same counts") {
  const auto everybody = people(5000, 25, [](std::mt19937&) { return 1.0; });
  auto unweighted = request();
  unweighted.weight.column = "";
  const auto a = count_text(text_of(everybody), request()).result;
  const auto b = count_text(text_of(everybody), unweighted).result;
  for (std::size_t i = 0; i < a.tables.size(); ++i) {
    REQUIRE((a.tables[i].rows == b.tables[i].rows));
    REQUIRE((a.tables[i].columns == b.tables[i].columns));
    for (std::size_t k = 0; k < a.tables[i].sums.size(); ++k) {
      REQUIRE(a.tables[i].sums[k].n == b.tables[i].sums[k].n);
      REQUIRE(b.tables[i].sums[k].w == ExactSum{});
    }
  }
}

}  // namespace sondeo
