// SPDX-License-Identifier: MIT
#include "data/answer_listing.h"

#include <doctest/doctest.h>

#include <string>

#include "../layout/files.h"
#include "layout/csv.h"
#include "study_setting.h"

namespace sondeo {
namespace {

using studies::Setting;

const std::string text = R"toml(
[[question]]
name = "region"
codes = [ { code = "N" }, { code = "S" } ]
[[question]]
name = "why"
kind = "text"
codes = [ { code = "-", missing = "refused" } ]
)toml";

const std::vector<std::string> columns{"id", "region", "why"};
const std::string data =
    "id,region,why\n"
    "a,N,first\n"
    "b,S,\"two\nlines\"\n"
    "c,N, - \n"
    "d,N,\n"
    "e,,no region\n"
    "f,N, last \n";

ListingPlan plan_of(const Setting& setting) {
  ListingPlan plan;
  plan.questions = setting.questions;
  plan.header = setting.header;
  plan.context = setting.context;
  plan.answers = {{2, setting.questions[1].study, {}}};
  plan.needed = plan.groups = {0};
  plan.id = 0;
  return plan;
}

Listing list(const std::string& bytes, const ListingPlan& plan, unsigned threads = 1,
             std::size_t block_bytes = 256 << 10) {
  const files::TempFile temporary(bytes);
  Issues issues;
  CsvFile file(files::csv(temporary.path(), block_bytes), issues);
  std::vector<std::unique_ptr<AnswerListing>> workers;
  std::vector<BlockWorker*> takers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.push_back(std::make_unique<AnswerListing>(plan));
    takers.push_back(workers.back().get());
  }
  file.read(takers, issues);
  return AnswerListing::united(workers, plan)[0];
}

std::string ids(const Listing& listing, const std::string& group) {
  std::string out;
  for (const auto& answer : listing.at({group}).listed) out += (out.empty() ? "" : " ") + answer.id;
  return out;
}

}  // namespace

TEST_CASE("listing: answers by group, trimmed, with the line where the respondent begins") {
  const Setting setting(text, columns);
  const auto listing = list(data, plan_of(setting));
  REQUIRE(listing.size() == 3);
  CHECK(ids(listing, "N") == "a f");
  CHECK(ids(listing, "S") == "b");
  CHECK(ids(listing, "") == "e");  // without a group, yet not lost
  const auto& north = listing.at({"N"});
  CHECK(north.answers == 2);
  CHECK(north.listed[0].line == 2);
  CHECK(north.listed[1].line == 8);
  CHECK(north.listed[1].text == "last");
  CHECK(listing.at({"S"}).listed[0].text == "two\nlines");
}

TEST_CASE("listing: filters, and what else is told") {
  const Setting setting(text, columns);
  auto plan = plan_of(setting);
  plan.groups.clear();
  plan.shown = {0};
  plan.where = parse_expr("id <> 'a'");
  const auto listing = list(data, plan);
  REQUIRE(listing.size() == 1);
  const auto& all = listing.at({});
  CHECK(all.answers == 3);
  CHECK(all.listed[0].shown == std::vector<std::string>{"S"});
  CHECK(all.listed[1].shown == std::vector<std::string>{""});
}

TEST_CASE("listing: the first, or drawn by a seed, whatever threads and blocks") {
  std::string bytes = "id,region,why\n";
  for (int i = 0; i < 3000; ++i)
    bytes += std::to_string(i) + (i % 3 == 0 ? ",N" : ",S") + ",answer " + std::to_string(i) + "\n";
  const Setting setting(text, columns);
  auto plan = plan_of(setting);
  plan.limit = 4;
  const auto first = list(bytes, plan, 3, 4096);
  CHECK(ids(first, "N") == "0 3 6 9");
  CHECK(ids(first, "S") == "1 2 4 5");
  CHECK(first.at({"N"}).answers == 1000);
  plan.seed = 7;
  const auto drawn = list(bytes, plan);
  CHECK(drawn.at({"S"}).listed.size() == 4);
  CHECK(drawn.at({"S"}).answers == 2000);
  CHECK(ids(drawn, "S") != ids(first, "S"));
  const auto again = list(bytes, plan, 3, 4096);
  CHECK(ids(again, "S") == ids(drawn, "S"));
  CHECK(ids(again, "N") == ids(drawn, "N"));
  plan.seed = 8;
  CHECK(ids(list(bytes, plan), "S") != ids(drawn, "S"));
}

TEST_CASE("listing: everybody has the same chance") {
  std::string bytes = "id,region,why\n";
  for (int i = 0; i < 20; ++i) bytes += std::to_string(i) + ",N,x\n";
  const Setting setting(text, columns);
  auto plan = plan_of(setting);
  plan.limit = 5;
  std::vector<int> times(20);
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    plan.seed = seed;
    const auto listing = list(bytes, plan);
    for (const auto& answer : listing.at({"N"}).listed) ++times[answer.row];
  }
  // 1000 each is expected, with a standard deviation of 27.4.
  for (const auto each : times) CHECK(std::abs(each - 1000) < 120);
}

}  // namespace sondeo
