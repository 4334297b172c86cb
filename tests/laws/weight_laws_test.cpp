// SPDX-License-Identifier: MIT
// Weighting whole files: the result does not depend on threads, blocks or the order of rows.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "../unit/layout/files.h"
#include "cli/weight_run.h"

namespace sondeo {
namespace {

using files::TempFile;

struct Person {
  std::string region, age, weight, hours;
};

std::vector<Person> people(unsigned seed, std::size_t n) {
  static const char* regions[] = {"North", "South", "East", "\"a,b\""};
  static const char* ages[] = {"18-34", "35-54", "55+"};
  std::mt19937 random(seed);
  std::vector<Person> all;
  for (std::size_t i = 0; i < n; ++i) {
    all.push_back({regions[i < 4 ? i : random() % 4], ages[i < 3 ? i : random() % 3],
                   i > 20 && random() % 9 == 0 ? "0" : "1." + std::to_string(random() % 97),
                   std::to_string(random() % 40)});
  }
  return all;
}

std::string text_of(const std::vector<Person>& all) {
  std::string text = "id,region,age,w,hours\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += std::to_string(i) + "," + all[i].region + "," + all[i].age + "," + all[i].weight + "," +
            all[i].hours + (i % 7 == 0 ? "\r\n\r\n" : "\n");
  }
  return text;
}

struct Result {
  std::string text;
  ReportWeights weights;
};

Result weight(const std::string& text, const std::string& targets, unsigned threads,
              std::size_t block, double largest) {
  const TempFile data(text);
  const TempFile target_file("variable,category,target\n" + targets);
  WeightRequest request;
  StudyInput input;
  input.csv = files::csv(data.path(), block);
  input.threads = threads;
  Issues issues;
  input.file = std::make_unique<CsvFile>(input.csv, issues);
  input.header = input.file->header();
  request.weights.column = "w";
  request.weighting.targets = TargetOptions{};
  request.weighting.targets->file = files::csv(target_file.path());
  request.weighting.bounds.largest = largest;
  WeightRun run(request, std::move(input), issues);
  REQUIRE(run.solve(issues));
  Result result;
  AppendOptions append;
  append.names = run.names("new");
  run.write(
      append, [&](std::string_view bytes) { result.text += bytes; }, issues);
  result.weights = *run.report().weights;
  return result;
}

const std::string shares =
    "region,North,20\nregion,South,30\nregion,East,25\nregion,\"a,b\",25\n"
    "age,18-34,30\nage,35-54,35\nage,55+,35\n";

std::vector<double> new_weights(const std::string& text) {
  std::vector<double> weights;
  const auto whole = files::read_text(text);
  for (const auto& [line, cells] : whole.rows) weights.push_back(std::stod(cells.back()));
  return weights;
}

TEST_CASE("weighting: the same bytes whatever threads and blocks") {
  for (unsigned seed = 0; seed < 6; ++seed) {
    const auto text = text_of(people(seed, 400));
    for (const double largest : {std::numeric_limits<double>::infinity(), 2.2}) {
      const auto one = weight(text, shares, 1, 256 << 10, largest);
      for (const std::size_t block : {64U, 1000U}) {
        const auto other = weight(text, shares, 3, block, largest);
        CHECK(other.text == one.text);
        CHECK(other.weights.median == one.weights.median);
        CHECK(other.weights.deff == one.weights.deff);
        CHECK(other.weights.ratios->sums == one.weights.ratios->sums);
      }
    }
  }
}

TEST_CASE("weighting: margins hold among what was written, weights of 0 stay 0, caps hold") {
  for (unsigned seed = 10; seed < 16; ++seed) {
    const auto all = people(seed, 500);
    for (const double largest : {std::numeric_limits<double>::infinity(), 2.2}) {
      const auto done = weight(text_of(all), shares, 2, 300, largest);
      const auto weights = new_weights(done.text);
      REQUIRE(weights.size() == all.size());
      std::map<std::string, double> sums;
      double total = 0;
      double before = 0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].weight == "0") CHECK(weights[i] == 0);
        CHECK(weights[i] <= largest);
        sums[all[i].region] += weights[i];
        sums[all[i].age] += weights[i];
        total += weights[i];
        before += std::stod(all[i].weight);
      }
      CHECK(total == doctest::Approx(before).epsilon(1e-10));
      CHECK(sums["North"] == doctest::Approx(0.20 * total).epsilon(1e-9));
      CHECK(sums["\"a,b\""] == doctest::Approx(0.25 * total).epsilon(1e-9));
      CHECK(sums["55+"] == doctest::Approx(0.35 * total).epsilon(1e-9));
    }
  }
}

TEST_CASE("weighting: rows in another order get the same weights, bit for bit") {
  auto all = people(20, 300);
  const auto first = new_weights(weight(text_of(all), shares, 1, 500, 1e9).text);
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(4);
  std::shuffle(order.begin(), order.end(), random);
  std::vector<Person> shuffled;
  for (const auto i : order) shuffled.push_back(all[i]);
  const auto second = new_weights(weight(text_of(shuffled), shares, 1, 500, 1e9).text);
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(second[i] == first[order[i]]);
}

TEST_CASE("weighting: everybody doubled is everybody with twice the weight") {
  const auto all = people(30, 200);
  auto doubled = all;
  doubled.insert(doubled.end(), all.begin(), all.end());
  const auto once = new_weights(weight(text_of(all), shares, 1, 500, 1e9).text);
  const auto twice = new_weights(weight(text_of(doubled), shares, 1, 500, 1e9).text);
  for (std::size_t i = 0; i < once.size(); ++i) {
    CHECK(twice[i] == doctest::Approx(once[i]).epsilon(1e-12));
    CHECK(twice[i + once.size()] == twice[i]);
  }
}

}  // namespace
}  // namespace sondeo
