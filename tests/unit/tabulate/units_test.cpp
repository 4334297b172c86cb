// SPDX-License-Identifier: MIT
#include "tabulate/units.h"

#include <doctest/doctest.h>

#include <memory>

#include "base/error.h"
#include "request.h"

namespace sondeo {
namespace {

struct Register {
  SampleUnits units;
  std::vector<std::uint32_t> leaf_of_row;
};

class UnitWorker : public BlockWorker {
 public:
  UnitWorker(const UnitColumns& columns, const Header& header, const CodingContext& context)
      : coder(columns, header, context) {}
  void take(const Block& block) override {
    coder.code(block);
    for (std::size_t row = 0; row < block.rows; ++row)
      rows.emplace_back(block.first_row + row, coder.codes()[row]);
  }
  UnitCoder coder;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
};

// All of a text, read by `threads` in blocks of `block_bytes`.
Register read_units(const std::string& text, const UnitColumns& columns, unsigned threads = 1,
                    std::size_t block_bytes = 256 << 10) {
  Issues issues;
  const files::TempFile file(text);
  CsvFile csv(files::csv(file.path(), block_bytes), issues);
  const auto header = csv.header();
  const CodingContext context{"t.csv", {{"NA"}, false, {}, {}}, {}};
  std::vector<std::unique_ptr<UnitWorker>> workers;
  std::vector<BlockWorker*> takers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.push_back(std::make_unique<UnitWorker>(columns, header, context));
    takers.push_back(workers.back().get());
  }
  csv.read(takers, issues);
  std::vector<const UnitCoder*> coders;
  for (const auto& worker : workers) coders.push_back(&worker->coder);
  std::vector<std::vector<std::uint32_t>> numbers;
  Register result{unite(coders, numbers), {}};
  result.leaf_of_row.resize(result.units.rows);
  for (std::size_t t = 0; t < workers.size(); ++t) {
    for (const auto& [row, local] : workers[t]->rows) result.leaf_of_row[row] = numbers[t][local];
  }
  return result;
}

std::string refused(const std::string& text, const UnitColumns& columns) {
  try {
    read_units(text, columns);
  } catch (const Error& error) {
    return error.id() + ": " + error.message();
  }
  return "";
}

using Columns = std::vector<std::size_t>;

}  // namespace

TEST_CASE("units: strata and clusters in natural order, every row counted") {
  const auto found = read_units("h,c\n10,b\n2,c2\n2,\"c10\"\n10,b\n2, c2\n", {{0}, {1}, {}});
  const auto& stage = found.units.stages[0];
  CHECK(found.units.rows == 5);
  REQUIRE(stage.strata.size() == 2);
  CHECK(stage.strata[0].label == "2");
  CHECK(stage.strata[0].size == 2);
  CHECK(stage.strata[1].label == "10");
  CHECK(stage.strata[1].first == 2);
  CHECK_FALSE(stage.strata[0].population);
  REQUIRE(stage.units.size() == 3);
  CHECK(stage.units[0].label == "c2");
  CHECK(stage.units[0].rows == 2);
  CHECK(stage.units[1].label == "c10");
  CHECK(stage.units[2].stratum == 1);
  CHECK(found.leaf_of_row == std::vector<std::uint32_t>{2, 0, 1, 2, 0});
  CHECK(found.units.stratum_of(2) == 1);
  CHECK(found.units.psu_of(1) == 1);
}

TEST_CASE("units: without clusters rows are units, and strata are what they are numbered by") {
  const auto found = read_units("h\nb\na\nb\nb\n", {{0}, {}, {}});
  CHECK(found.units.rows_are_units);
  CHECK(found.units.leaves() == 2);
  CHECK(found.units.stages[0].strata[1].size == 3);
  CHECK(found.units.stages[0].units.empty());
  CHECK(found.leaf_of_row == std::vector<std::uint32_t>{1, 0, 1, 1});
  CHECK(found.units.stratum_of(1) == 1);
  const auto plain = read_units("h\nb\na\n", {});
  CHECK(plain.units.leaves() == 1);
  CHECK(plain.units.stages[0].strata[0].size == 2);
}

TEST_CASE("units: labels that start again in every stratum") {
  const std::string text = "h,c\na,1\na,2\nb,1\nb,2\n";
  CHECK(refused(text, {{0}, {1}, {}}) ==
        "psu-in-two-strata: cluster '1' is in stratum 'a' and in stratum 'b'");
  CHECK(read_units(text, {{0}, {1}, {}, true}).units.leaves() == 4);
}

TEST_CASE("units: a second stage counts only after an fpc of the first") {
  const std::string text = "d,s,f,g\n1,1,10,4\n1,2,10,4\n2,1,10,5\n2,1,10,5\n";
  CHECK(read_units(text, {{}, {0, 1}, {}}).units.stages.size() == 1);
  const auto found = read_units(text, {{}, {0, 1}, {2, 3}});
  REQUIRE(found.units.stages.size() == 2);
  CHECK(found.units.leaves() == 3);
  CHECK(found.leaf_of_row == std::vector<std::uint32_t>{0, 1, 2, 2});
  CHECK(found.units.stages[0].strata[0].population == 10);
  const auto& second = found.units.stages[1];
  REQUIRE(second.strata.size() == 2);
  CHECK(second.strata[0].size == 2);
  CHECK(second.strata[1].population == 5);
  CHECK(second.strata[1].parent == 1);
  CHECK(found.units.psu_of(1) == 0);
  CHECK(found.units.psu_of(2) == 1);
  // One more fpc than clusters: rows are the units of the last stage.
  const auto rows = read_units(text, {{}, {0}, {2, 3}});
  CHECK(rows.units.rows_are_units);
  CHECK(rows.units.leaves() == 2);
  CHECK(rows.units.stages[1].strata[1].size == 2);
  CHECK(rows.units.psu_of(1) == 1);
}

TEST_CASE("units: fractions and populations") {
  CHECK(read_units("h,f\na,0.5\na,0.5\n", {{0}, {}, {1}}).units.stages[0].strata[0].population ==
        4);
  CHECK(read_units("h,f\na,1\na,1\n", {{0}, {}, {1}}).units.stages[0].strata[0].population == 2);
  CHECK(refused("h,f\na,1\na,1\n", {{0}, {}, {1}, false, FpcKind::population}) ==
        "fpc-small: the fpc is 1 at stage 1 in stratum 'a', but 2 units were drawn");
  CHECK(refused("h,f\na,3\nb,0.5\n", {{0}, {}, {1}}) ==
        "fpc-mixed: the fpc has 0.5, a fraction, and 3, a population");
  CHECK(refused("h,c,f\na,1,3\na,2,4\n", {{0}, {1}, {2}}) ==
        "fpc-varies: the fpc of stage 1 is 3 and 4 in stratum 'a'");
  CHECK(refused("h,f\na,3\na,4\n", {{0}, {}, {1}}) ==
        "fpc-varies: the fpc f is 4, and 3 before in the same unit");
  CHECK(refused("h,f\na,0\n", {{0}, {}, {1}}) ==
        "fpc-number: the fpc f is '0'; it must be a number above 0");
  CHECK(refused("h,f\na,\n", {{0}, {}, {1}}).starts_with("fpc-number"));
}

TEST_CASE("units: whoever has no stratum or cluster is refused") {
  CHECK(refused("h,c\na,1\n,1\n", {{0}, {1}, {}}).starts_with("design-missing: h is empty"));
  CHECK(refused("h,c\na,NA\n", {{0}, {1}, {}}).starts_with("design-missing: c is empty"));
}

TEST_CASE("units: threads and blocks leave no trace") {
  std::string text = "h,c\n";
  for (int i = 0; i < 5000; ++i) {
    const auto psu = i * 7919 % 613;
    text += "s" + std::to_string(psu % 17) + ",p" + std::to_string(psu) + "\n";
  }
  const auto one = read_units(text, {{0}, {1}, {}});
  CHECK(one.units.leaves() == 613);
  const auto many = read_units(text, {{0}, {1}, {}}, 3, 4096);
  CHECK(many.leaf_of_row == one.leaf_of_row);
  REQUIRE(many.units.stages[0].units.size() == one.units.stages[0].units.size());
  for (std::size_t i = 0; i < one.units.stages[0].units.size(); ++i) {
    CHECK(many.units.stages[0].units[i].label == one.units.stages[0].units[i].label);
    CHECK(many.units.stages[0].units[i].rows == one.units.stages[0].units[i].rows);
  }
}

}  // namespace sondeo
