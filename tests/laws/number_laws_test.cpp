// SPDX-License-Identifier: MIT
// What must hold of numbers whose values are summed: the same as of those told apart, whatever the
// parts, the order, the blocks and the threads.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "../unit/tabulate/request.h"
#include "base/number.h"
#include "infer/compare_design.h"
#include "infer/estimate.h"
#include "table/values.h"
#include "tabulate/number_rows.h"

namespace sondeo {
namespace {

using requests::count_text;
using requests::question;

enum class Design { none, strata, clusters, replicates };

struct Person {
  std::string income, score, region, options, weight, other, psu;
};

std::vector<Person> people(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<Person> result;
  for (std::size_t i = 0; i < count; ++i) {
    Person each;
    // Around a thousand million, some written in two ways, some missing.
    each.income = shortest(1e9 + static_cast<double>(random() % 4000) / 64);
    if (random() % 9 == 0) each.income = " " + each.income;
    if (random() % 11 == 0) each.income = random() % 2 == 0 ? "" : "99";
    if (random() % 13 == 0) each.income = "-" + std::to_string(random() % 5);
    each.score = std::to_string(random() % 5);
    each.region = std::to_string(random() % 3);
    for (const char option : std::string("ab")) {
      if (random() % 2 == 0) each.options += std::string(each.options.empty() ? "" : ";") + option;
    }
    each.weight = random() % 20 == 0 ? "0" : shortest(static_cast<double>(random() % 5000) / 1000);
    each.other = shortest(static_cast<double>(random() % 5000) / 1000);
    each.psu = std::to_string(random() % 12);
    result.push_back(std::move(each));
  }
  return result;
}

std::string text_of(const std::vector<Person>& people) {
  std::string text = "income,score,region,options,w,r1,r2,psu\n";
  for (const auto& each : people) {
    text += each.income + "," + each.score + "," + each.region + "," + each.options + "," +
            each.weight + "," + each.other + "," + each.weight + "," + each.psu + "\n";
  }
  return text;
}

std::vector<Person> slice(const std::vector<Person>& all, std::size_t from, std::size_t to) {
  return {all.begin() + static_cast<std::ptrdiff_t>(from),
          all.begin() + static_cast<std::ptrdiff_t>(to)};
}

// income and score, in total, by region and by options, whose columns overlap.
CountRequest request(Design design, bool weighted, std::size_t most) {
  CountRequest result;
  result.questions = {question("income", QuestionKind::number, {0}),
                      question("score", QuestionKind::number, {1}),
                      question("region", QuestionKind::single, {2}),
                      question("options", QuestionKind::joined, {3})};
  result.axes = {{{0}, false}, {{1}, false}, {{}, false}, {{2}, true}, {{3}, true}};
  for (std::size_t row = 0; row < 2; ++row) {
    for (std::size_t column = 2; column < 5; ++column) result.tables.push_back({row, column});
  }
  result.rules.missing = {"99"};
  if (weighted) result.weight.column = "w";
  if (design == Design::strata || design == Design::clusters) result.units.strata = {2};
  if (design == Design::clusters) {
    result.units.clusters = {7};
    result.units.nest = true;
  }
  if (design == Design::replicates) result.replicates.columns = {5, 6};
  result.number_limits = {most, most, most};
  return result;
}

constexpr std::size_t all_apart = std::size_t{1} << 20;
constexpr Design designs[] = {Design::none, Design::strata, Design::clusters, Design::replicates};

template <class Each>
void each_setting(const Each& each) {
  for (const auto design : designs) {
    for (const bool weighted : {true, false}) {
      if (design == Design::replicates && !weighted) continue;
      CAPTURE(static_cast<int>(design));
      CAPTURE(weighted);
      each(design, weighted);
    }
  }
}

void check_same(const std::vector<Cells>& a, const std::vector<Cells>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(i);
    REQUIRE((a[i] == b[i]));
  }
}

std::vector<Cells> summed(std::vector<Cells> tables) {
  for (auto& cells : tables) cells = sum_values(cells);
  return tables;
}

}  // namespace

TEST_CASE("law: values summed as rows come are the values told apart, summed; threads, blocks") {
  each_setting([&](Design design, bool weighted) {
    const auto text = text_of(people(5, 400));
    const auto apart = count_text(text, request(design, weighted, all_apart)).result.tables;
    REQUIRE_FALSE(is_summed(apart[0]));
    const auto expected = summed(apart);
    REQUIRE(is_summed(expected[0]));
    for (const std::size_t most : {0, 3, 40}) {
      for (const unsigned threads : {1, 2, 7}) {
        for (const std::size_t block_bytes : {64, 999, 1 << 20}) {
          CAPTURE(most);
          CAPTURE(threads);
          CAPTURE(block_bytes);
          const auto found =
              count_text(text, request(design, weighted, most), threads, block_bytes).result;
          check_same(found.tables, expected);
        }
      }
    }
  });
}

TEST_CASE("law: whether values are summed depends on the whole file, not on threads or blocks") {
  each_setting([&](Design design, bool weighted) {
    const auto text = text_of(people(6, 150));
    for (std::size_t most = 1; most < 200'000; most = most * 3 / 2 + 1) {
      CAPTURE(most);
      const auto expected = count_text(text, request(design, weighted, most)).result;
      for (const unsigned threads : {2, 7}) {
        for (const std::size_t block_bytes : {64, 500}) {
          const auto found =
              count_text(text, request(design, weighted, most), threads, block_bytes).result;
          check_same(found.tables, expected.tables);
        }
      }
    }
  });
}

TEST_CASE("law: parts merged are the whole, one with its values summed or not; any order of rows") {
  for (const bool weighted : {true, false}) {
    auto all = people(7, 300);
    const auto asked = request(Design::none, weighted, 40);
    const auto told = request(Design::none, weighted, all_apart);
    const auto whole = count_text(text_of(all), asked).result.tables;
    const auto a = count_text(text_of(slice(all, 0, 100)), asked).result.tables;
    const auto b = count_text(text_of(slice(all, 100, 180)), told).result.tables;
    const auto c = count_text(text_of(slice(all, 180, 300)), asked).result.tables;
    std::reverse(all.begin(), all.end());
    check_same(count_text(text_of(all), asked, 3, 300).result.tables, whole);
    for (const std::size_t i : {0, 1, 2}) {
      REQUIRE(is_summed(a[i]));
      REQUIRE_FALSE(is_summed(b[i]));
      REQUIRE((merge(a[i], b[i]) == merge(b[i], a[i])));
      REQUIRE((merge(merge(a[i], b[i]), c[i]) == merge(a[i], merge(b[i], c[i]))));
      REQUIRE((merge(merge(c[i], b[i]), a[i]) == whole[i]));
      REQUIRE((merge(a[i], Cells{}) == a[i]));
      REQUIRE((merge(Cells{}, a[i]) == a[i]));
    }
  }
}

TEST_CASE("law: means, deviations and tests are those of the values told apart") {
  each_setting([&](Design design, bool weighted) {
    const auto counted =
        count_text(text_of(people(8, 500)), request(design, weighted, all_apart)).result;
    SampleDesign sample;
    sample.lonely = LonelyPsu::certainty;
    if (design == Design::strata || design == Design::clusters) sample.units = counted.units;
    if (design == Design::replicates) sample.replicates = {2, 0.5, {1, 1}, false, 2};
    Inference inference;
    if (design != Design::none) inference.design = &sample;
    const auto asked = request(design, weighted, all_apart);
    const auto near = [](const std::optional<double>& a, const std::optional<double>& b) {
      REQUIRE(a.has_value() == b.has_value());
      if (a) CHECK(*a == doctest::Approx(*b).epsilon(1e-12));
    };
    for (std::size_t t = 0; t < counted.tables.size(); ++t) {
      CAPTURE(t);
      const auto& cells = counted.tables[t];
      const auto sums = sum_values(cells);
      const auto& number = asked.questions[t / 3];
      std::vector<NumberSums> told;
      std::vector<NumberSums> together;
      for (std::size_t column = 0; column < cells.columns.size(); ++column) {
        told.push_back(values_of(number, cells, column));
        together.push_back(values_of(number, sums, column));
        if (total_of(told.back()).n == 0) continue;
        REQUIRE(together.back().is_summed());
        const auto a = mean(told.back(), 500, weighted, inference);
        const auto b = mean(together.back(), 500, weighted, inference);
        near(b.value, a.value);
        near(b.se, a.se);
        near(b.low, a.low);
        near(b.df, a.df);
        CHECK(a.reason == b.reason);
        near(standard_deviation(together.back(), weighted).value,
             standard_deviation(told.back(), weighted).value);
        CHECK(median(together.back(), 500, weighted, inference).reason == "too_many_values");
        const auto one = mean_side(told.back(), weighted);
        const auto other = mean_side(together.back(), weighted);
        near(other.mean, one.mean);
        near(other.squares, one.squares);
        near(other.sample_variance, one.sample_variance);
      }
      for (std::size_t column = 1; column < told.size(); ++column) {
        if (cells.columns[column].overlap || total_of(told[column]).n == 0) continue;
        const auto overlap = cells.columns.back().overlap ? told.size() - 1 : 0;
        DesignSides values{told[0], told[column], {}, {}};
        DesignSides powers{together[0], together[column], {}, {}};
        if (overlap > 0) {
          values.both = told[overlap];
          powers.both = together[overlap];
        }
        values.domain = powers.domain = total_of(told[0]);
        const auto a = difference_precision(values, 500, weighted, inference);
        const auto b = difference_precision(powers, 500, weighted, inference);
        near(b.variance, a.variance);
      }
      if (told.size() > 1) {
        const auto rest = without(told[0], told[0]);
        CHECK(total_of(rest).n == 0);
        CHECK(total_of(without(together[0], told[0])).n == 0);
      }
    }
  });
}

TEST_CASE("numbers: a mean of 1e9 with a deviation of 10 keeps its digits") {
  // y = 1e9 + 10 x for x = -1, 0, 1, ... : the moments of x are known exactly.
  std::string text = "y,w\n";
  double w = 0;
  double wx = 0;
  double wx2 = 0;
  for (int i = 0; i < 200; ++i) {
    const int x = i % 5 - 2;
    const int weight = 1 + i % 3;
    text += std::to_string(1'000'000'000 + 10 * x) + "," + std::to_string(weight) + "\n";
    w += weight;
    wx += weight * x;
    wx2 += weight * x * x;
  }
  auto asked = requests::table(question("y", QuestionKind::number, {0}));
  asked.weight.column = "w";
  asked.number_limits.cells = 2;
  const auto cells = count_text(text, asked).result.tables[0];
  REQUIRE(is_summed(cells));
  const auto sums = values_of(asked.questions[0], cells, 0);
  CHECK(*mean(sums, 200, true, {}).value == doctest::Approx(1e9 + 10 * wx / w).epsilon(1e-16));
  const double variance = 100 * (wx2 / w - wx / w * wx / w) * 200 / 199;
  CHECK(*standard_deviation(sums, true).value ==
        doctest::Approx(std::sqrt(variance)).epsilon(1e-15));
}

}  // namespace sondeo
