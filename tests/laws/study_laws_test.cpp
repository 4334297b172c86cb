// SPDX-License-Identifier: MIT
// Counting with a study on random data, against counting by hand.
#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>

#include "../unit/data/study_setting.h"
#include "../unit/tabulate/request.h"
#include "table/build.h"

namespace sondeo {
namespace {

using requests::count_text;
using studies::Setting;

const std::string text = R"toml(
[[question]]
name = "q"
codes = [ { code = 1 }, { code = 2 }, { code = 3 }, { code = 4 }, { code = 9, missing = "refused" } ]
nets = [ { name = "low", of = [1, 2] }, { name = "odd", of = [1, 3] }, { name = "any", of = ["low", "odd"] } ]
[[question]]
name = "m"
kind = "multiple"
asked = "q in (1, 2, 4)"
codes = [ { code = "a", column = "a" }, { code = "b", column = "b" }, { code = "c", column = "c" } ]
nets = [ { name = "ab", of = ["a", "b"] }, { name = "bc", of = ["b", "c"] }, { name = "abc", of = ["ab", "bc"] } ]
[[question]]
name = "low"
codes = [ { code = 1, when = "q < 3" }, { code = 2, when = "q >= 3" } ]
)toml";

const std::vector<std::string> columns{"q", "a", "b", "c", "w"};

struct Respondent {
  std::string q;  // "" for no answer
  std::string ticks[3];
  int weight = 0;

  bool asked() const { return q == "1" || q == "2" || q == "4"; }
  bool shown() const { return !ticks[0].empty() || !ticks[1].empty() || !ticks[2].empty(); }
  bool chosen(std::size_t i) const { return ticks[i] == "1"; }
};

std::vector<Respondent> random_respondents(std::mt19937& random, std::size_t count) {
  const auto one_of = [&](const std::vector<std::string>& texts) {
    return texts[std::uniform_int_distribution<std::size_t>(0, texts.size() - 1)(random)];
  };
  std::vector<Respondent> all(count);
  for (auto& each : all) {
    each.q = one_of({"1", "2", "3", "4", "9", ""});
    const bool empty = random() % 5 == 0;
    for (auto& tick : each.ticks) tick = empty ? "" : one_of({"0", "1", "1", ""});
    each.weight = std::uniform_int_distribution<int>(0, 4)(random);
  }
  return all;
}

std::string csv_of(const std::vector<Respondent>& all) {
  std::string csv = "q,a,b,c,w\n";
  for (const auto& each : all) {
    csv += each.q + "," + each.ticks[0] + "," + each.ticks[1] + "," + each.ticks[2] + "," +
           std::to_string(each.weight) + "\n";
  }
  return csv + "1,0,0,0,1\n";  // somebody with a weight
}

CountRequest request_of(const Setting& setting, const std::string& row,
                        const std::string& column = "") {
  CountRequest request;
  request.questions = setting.questions;
  request.axes = {{{setting.position(row)}, false}, {{}, true}};
  if (!column.empty()) request.axes[1].questions = {setting.position(column)};
  request.tables = {{0, 1}};
  request.weight.column = "w";
  return request;
}

double weight_at(const Cells& cells, AnswerKind kind, const std::string& row) {
  return requests::at(cells, {row}, {}, kind).w.value();
}

const Value& value_at(const Table& table, const std::string& id, const char* statistic) {
  for (const auto& row : table.rows) {
    if (row.id == id) return *row.cells[0].find(statistic);
  }
  FAIL("no row " << id);
  return table.rows[0].cells[0].values[0];
}

}  // namespace

TEST_CASE("law: a net counts each respondent once, of single and of select-all questions") {
  std::mt19937 random(20);
  for (int round = 0; round < 30; ++round) {
    const auto all = random_respondents(random, 1 + random() % 200);
    Setting setting(text, columns);
    const std::vector<std::set<std::string>> single{{"1", "2"}, {"1", "3"}, {"1", "2", "3"}};
    const std::vector<std::set<std::size_t>> several{{0, 1}, {1, 2}, {0, 1, 2}};
    double in_single[3] = {1, 1, 1};  // the last row of the file answers 1
    double in_several[3] = {0, 0, 0};
    double rows_several[3] = {0, 0, 0};
    for (const auto& each : all) {
      for (std::size_t net = 0; net < 3; ++net) {
        if (single[net].contains(each.q)) in_single[net] += each.weight;
        bool any = false;
        for (const auto option : several[net]) any |= each.chosen(option);
        if (!each.asked() || !any) continue;
        in_several[net] += each.weight;
        ++rows_several[net];
      }
    }
    const auto csv = csv_of(all);
    const auto q = count_text(csv, request_of(setting, "q")).result;
    TableContext context;
    context.weighted = true;
    context.weight = "w";
    context.units = q.rows;
    const auto table =
        build_table(setting.questions[0], q.tables[0], {}, TableShape::topline, true, context, {});
    const char* names[] = {"low", "odd", "any"};
    for (std::size_t net = 0; net < 3; ++net)
      CHECK(value_at(table, names[net], "count").number == in_single[net]);
    const auto m = count_text(csv, request_of(setting, "m")).result.tables[0];
    const char* nets[] = {"ab", "bc", "abc"};
    for (std::size_t net = 0; net < 3; ++net) {
      CHECK(weight_at(m, AnswerKind::net, nets[net]) == in_several[net]);
      CHECK(static_cast<double>(requests::at(m, {nets[net]}, {}, AnswerKind::net).n) ==
            rows_several[net]);
    }
  }
}

TEST_CASE("law: routing leaves out exactly those who were not asked") {
  std::mt19937 random(21);
  for (int round = 0; round < 30; ++round) {
    const auto all = random_respondents(random, 1 + random() % 200);
    Setting setting(text, columns);
    double options[3] = {0, 0, 0};
    double answered = 0;
    double asked = 1;  // the last row of the file
    double not_asked = 0;
    double skipped = 0;
    std::uint64_t contradictions = 0;
    for (const auto& each : all) {
      const bool any = each.chosen(0) || each.chosen(1) || each.chosen(2);
      contradictions += !each.asked() && any;
      (!each.asked() ? not_asked : any ? answered : each.shown() ? asked : skipped) += each.weight;
      for (std::size_t i = 0; i < 3; ++i) {
        if (each.asked() && each.chosen(i)) options[i] += each.weight;
      }
    }
    for (const unsigned threads : {1U, 3U}) {
      const auto counted = count_text(csv_of(all), request_of(setting, "m"), threads, 64);
      const auto& cells = counted.result.tables[0];
      CHECK(weight_at(cells, AnswerKind::answered, "") == answered);
      CHECK(weight_at(cells, AnswerKind::asked, "") == asked);
      CHECK(weight_at(cells, AnswerKind::not_asked, "") == not_asked);
      CHECK(weight_at(cells, AnswerKind::missing, "") == skipped);
      const char* names[] = {"a", "b", "c"};
      for (std::size_t i = 0; i < 3; ++i)
        CHECK(weight_at(cells, AnswerKind::category, names[i]) == options[i]);
      std::string told;
      for (const auto& issue : counted.issues) {
        if (issue.id == "routing") told = issue.message;
      }
      if (contradictions == 0)
        CHECK(told.empty());
      else
        CHECK(told.starts_with(std::to_string(contradictions) + " answer"));
    }
  }
}

TEST_CASE("law: threads, blocks and domains do not matter to the cells of a study") {
  std::mt19937 random(22);
  for (int round = 0; round < 10; ++round) {
    const auto all = random_respondents(random, 1 + random() % 300);
    Setting setting(text, columns);
    const auto csv = csv_of(all);
    for (const char* column : {"", "m", "low"}) {
      auto request = request_of(setting, "m", column);
      const auto whole = count_text(csv, request).result.tables[0];
      for (const unsigned threads : {1U, 2U, 5U})
        CHECK(count_text(csv, request, threads, 64).result.tables[0] == whole);
      // Those in a domain, counted by a filter, are those counted in a file of them alone.
      std::vector<Respondent> part;
      for (const auto& each : all) {
        if (each.q == "1" || each.q == "2") part.push_back(each);
      }
      request.where = parse_expr("low = 1");
      const auto domain = count_text(csv, request).result;
      request.where = std::nullopt;
      const auto alone = count_text(csv_of(part), request).result;
      CHECK(domain.rows == all.size() + 1);
      for (std::size_t i = 0; i < alone.tables[0].rows.size(); ++i) {
        for (std::size_t j = 0; j < alone.tables[0].columns.size(); ++j) {
          const auto& row = alone.tables[0].rows[i];
          const auto& at = alone.tables[0].columns[j];
          if (at.kind != AnswerKind::category) continue;
          CHECK(requests::at(domain.tables[0], row.path, at.path, row.kind, at.overlap) ==
                alone.tables[0].at(i, j));
        }
      }
    }
  }
}

}  // namespace sondeo
