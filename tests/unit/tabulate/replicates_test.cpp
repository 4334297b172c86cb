// SPDX-License-Identifier: MIT
// Replicate weights in the count: the same sums as counting with each of them alone.
#include <doctest/doctest.h>

#include <random>

#include "base/number.h"
#include "request.h"
#include "tabulate/replicate_sketch.h"

namespace sondeo {
namespace {

using requests::count_text;
using requests::question;

constexpr std::size_t replicates = 11;

// Respondents of `units` units; replicate r leaves unit r out of every eleven. Columns: q, g, a
// select-all joined question, an id, the weight, its factors, the products.
std::string survey(std::size_t rows, unsigned seed, std::size_t units, bool wild) {
  std::mt19937 random(seed);
  std::string text = "q,g,j,id,w";
  for (std::size_t r = 0; r < replicates; ++r) text += ",f" + std::to_string(r);
  for (std::size_t r = 0; r < replicates; ++r) text += ",r" + std::to_string(r);
  text += "\n";
  for (std::size_t i = 0; i < rows; ++i) {
    const auto unit = random() % units;
    double weight = static_cast<double>(1 + random() % 900000) / 100000;
    if (wild && random() % 50 == 0) weight *= random() % 2 == 0 ? 1e9 : 1e-9;
    if (random() % 40 == 0) weight = 0;
    text += std::to_string(random() % 5) + "," + std::to_string(random() % 3) + ",";
    for (int option = 0; option < 4; ++option) {
      if (random() % 3 == 0)
        text += std::string(text.back() == ',' ? "" : ";") + char('a' + option);
    }
    text += "," + std::to_string(i % 700) + "," + shortest(weight);
    std::string products;
    for (std::size_t r = 0; r < replicates; ++r) {
      const double factor =
          unit % replicates == r ? 0 : 1.1 + static_cast<double>(random() % 7) / 9;
      text += "," + shortest(factor);
      products += "," + shortest(factor * weight);
    }
    text += products + "\n";
  }
  return text;
}

CountRequest request(bool factors) {
  CountRequest result;
  result.questions = {
      question("q", QuestionKind::single, {0}), question("g", QuestionKind::single, {1}),
      question("j", QuestionKind::joined, {2}), question("id", QuestionKind::single, {3})};
  result.axes = {{{0}, false}, {{2}, false}, {{3}, false}, {{}, true}, {{1}, true}, {{1, 2}, true}};
  result.tables = {{2, 3}, {2, 4}};
  for (std::size_t row = 0; row < 2; ++row) {
    for (std::size_t column = 3; column < 6; ++column) result.tables.push_back({row, column});
  }
  result.weight.column = "w";
  for (std::size_t r = 0; r < replicates; ++r)
    result.replicates.columns.push_back(5 + r + (factors ? 0 : replicates));
  result.replicates.factors = factors;
  return result;
}

void check_replicates(const CountResult& counted, const std::string& text) {
  for (std::size_t r = 0; r < replicates; ++r) {
    auto alone = request(false);
    alone.replicates = {};
    alone.weight.column = "r" + std::to_string(r);
    const auto expected = count_text(text, alone).result;
    for (std::size_t t = 0; t < counted.tables.size(); ++t) {
      const auto& cells = counted.tables[t];
      REQUIRE(cells.rows == expected.tables[t].rows);
      REQUIRE(cells.columns == expected.tables[t].columns);
      for (std::size_t cell = 0; cell < cells.sums.size(); ++cell) {
        REQUIRE(cells.sums[cell].n == expected.tables[t].sums[cell].n);
        if (cells.sums[cell].n == 0) continue;
        REQUIRE(cells.sums[cell].further.size() == replicates);
        REQUIRE((cells.sums[cell].further[r] == expected.tables[t].sums[cell].w));
      }
    }
  }
}

}  // namespace

TEST_CASE("replicates: each is summed as if it were the weight, in joint tables and outside them") {
  for (const bool wild : {false, true}) {
    CAPTURE(wild);
    const auto text = survey(3000, 5, 11, wild);
    const auto counted = count_text(text, request(false)).result;
    check_replicates(counted, text);
    CHECK(rank_of(counted.sketch.matrix(), replicates) == replicates);
    auto weights_alone = request(false);
    weights_alone.replicates = {};
    const auto plain = count_text(text, weights_alone).result;
    for (std::size_t t = 0; t < plain.tables.size(); ++t) {
      auto without = counted.tables[t].sums;
      for (auto& sums : without) sums.further.clear();
      CHECK((plain.tables[t].sums == without));
    }
  }
}

TEST_CASE("replicates: factors of the weight give the sums of the products") {
  const auto text = survey(500, 6, 11, false);
  const auto counted = count_text(text, request(true)).result;
  check_replicates(counted, text);
}

TEST_CASE("replicates: threads, blocks and wild weights leave no trace") {
  for (const bool wild : {false, true}) {
    const auto text = survey(4000, 7, 30, wild);
    const auto expected = count_text(text, request(false)).result;
    for (const unsigned threads : {1U, 2U, 7U}) {
      for (const std::size_t block : {std::size_t{4} << 10, std::size_t{64} << 10}) {
        CAPTURE(threads);
        CAPTURE(block);
        const auto counted = count_text(text, request(false), threads, block).result;
        CHECK((counted.tables == expected.tables));
        CHECK((counted.sketch.sums() == expected.sketch.sums()));
      }
    }
  }
}

TEST_CASE("replicates: halves of a file add up to the whole, and a filter is a domain") {
  const auto text = survey(1000, 8, 11, true);
  const auto header_end = text.find('\n') + 1;
  const auto middle = text.find('\n', text.size() / 2) + 1;
  const auto header = text.substr(0, header_end);
  const auto first = count_text(text.substr(0, middle), request(false)).result;
  const auto second = count_text(header + text.substr(middle), request(false)).result;
  const auto whole = count_text(text, request(false)).result;
  auto sketch = first.sketch;
  sketch.add(second.sketch);
  CHECK((sketch.sums() == whole.sketch.sums()));
  for (std::size_t t = 0; t < whole.tables.size(); ++t) {
    CHECK((merge(first.tables[t], second.tables[t]) == whole.tables[t]));
    CHECK((merge(second.tables[t], first.tables[t]) == whole.tables[t]));
    CHECK((merge(Cells{}, whole.tables[t]) == whole.tables[t]));
  }
}

TEST_CASE("replicates: the sketch has the rank of the weights") {
  std::mt19937_64 random(3);
  // Units of 1 to 4 respondents whose replicates are multiples of the unit's factors; the factors
  // have the rank of `inner`.
  for (int round = 0; round < 200; ++round) {
    const std::size_t columns = 3 + random() % 40;
    const std::size_t inner = 1 + random() % columns;
    const std::size_t units = inner + random() % 60;
    const auto uniform = [&] { return 0.1 + static_cast<double>(random() % 1000) / 500; };
    std::vector<double> basis(inner * columns);
    for (auto& x : basis) x = uniform();
    ReplicateSketch sketch(columns);
    for (std::size_t unit = 0; unit < units; ++unit) {
      std::vector<double> factors(columns);
      for (std::size_t k = 0; k < inner; ++k) {
        const double share = unit < inner ? static_cast<double>(unit == k) : uniform();
        for (std::size_t c = 0; c < columns; ++c) factors[c] += share * basis[k * columns + c];
      }
      for (std::size_t i = 0; i < 1 + random() % 4; ++i) {
        auto weights = factors;
        const double weight = uniform();
        for (auto& x : weights) x = std::round(x * weight * 1e7) / 1e7;
        sketch.add(weights.data());
      }
    }
    CAPTURE(columns);
    CAPTURE(inner);
    CHECK(rank_of(sketch.matrix(), columns) == inner);
  }
}

TEST_CASE("replicates: bad cells are refused with their line") {
  std::uint64_t line = 0;
  auto wanted = request(false);
  wanted.tables = {{0, 3}};
  auto text = survey(20, 9, 3, false);
  text.replace(text.rfind(','), std::string::npos, ",-1\n");
  CHECK(requests::error_of(text, wanted, 1, 256 << 10, &line) == "weight-range");
  CHECK(line == 21);
  text.replace(text.rfind(','), std::string::npos, ",\n");
  CHECK(requests::error_of(text, wanted) == "weight-missing");
  text.replace(text.rfind(','), std::string::npos, ",1e40\n");
  CHECK(requests::error_of(text, wanted) == "weight-overflow");
}

}  // namespace sondeo
