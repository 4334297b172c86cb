// SPDX-License-Identifier: MIT
// The engine of designs and the formulas of tables are two routes to one number.
#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>

#include "../unit/layout/files.h"
#include "infer/estimate.h"
#include "infer/linear.h"
#include "layout/csv.h"

namespace sondeo {
namespace {

struct Respondent {
  double weight = 0;
  double y = 0;
  std::string group;
  std::string unit;
};

std::vector<Respondent> respondents() {
  std::vector<Respondent> rows;
  std::uint64_t state = 12345;
  const auto draw = [&](std::uint64_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % n;
  };
  for (int i = 0; i < 3000; ++i) {
    rows.push_back({0.25 * static_cast<double>(draw(9)), 1e9 + static_cast<double>(draw(40)),
                    std::string(1, static_cast<char>('a' + draw(3))), std::to_string(draw(50))});
  }
  return rows;
}

std::string text_of(const std::vector<Respondent>& rows) {
  std::string text = "w,y,g,u,r\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += shortest(rows[i].weight) + "," + shortest(rows[i].y) + "," + rows[i].group + "," +
            rows[i].unit + "," + std::to_string(i) + "\n";
  }
  return text;
}

Question column(const char* name, QuestionKind kind, std::size_t position) {
  Question question;
  question.name = name;
  question.kind = kind;
  question.columns = {position};
  return question;
}

struct Estimated {
  std::vector<double> values, variances, dfs;
  bool operator==(const Estimated& other) const = default;
};

// Means of y and shares of g, in all or by g.
Estimated estimate_all(const std::string& path, bool by_group, const UnitColumns& units,
                       unsigned threads = 1, std::size_t block_bytes = 256 << 10) {
  Issues issues;
  PassPlan plan;
  const auto options = files::csv(path, block_bytes);
  plan.header = CsvFile(options, issues).header();
  plan.context.file = path;
  plan.questions = {column("y", QuestionKind::number, 1), column("g", QuestionKind::single, 2)};
  plan.weight_column = 0;
  plan.units = units;
  plan.threads = threads;
  LinearRequest request;
  request.numbers = {plan.add_number(0)};
  Axis group;
  group.questions = {1};
  request.categories = {plan.add_axis(group)};
  request.by = plan.add_axis(by_group ? group : Axis{});
  LinearEstimator estimator(plan, request, {});
  estimate([&] { return std::make_unique<CsvFile>(options, issues); }, plan, {&estimator}, issues);
  Estimated result;
  for (std::size_t d = 0; d < estimator.domains().size(); ++d) {
    const auto variances = estimator.variances(d);
    for (std::size_t s = 0; s < variances.size(); ++s) {
      result.values.push_back(estimator.value(d, s));
      result.variances.push_back(variances[s]);
    }
    result.dfs.push_back(estimator.df({d}));
  }
  return result;
}

}  // namespace

TEST_CASE("laws: where rows are units, the engine gives the standard errors of tables") {
  const auto rows = respondents();
  const files::TempFile file(text_of(rows));
  const auto found = estimate_all(file.path(), false, {});
  std::map<double, Sums> by_value;
  std::map<std::string, Sums> by_group;
  Sums all;
  for (const auto& row : rows) {
    Sums one;
    one.n = 1;
    one.n_positive = row.weight > 0;
    one.w.add(*ExactSum::term(row.weight));
    one.w2.add(*ExactSum::term(row.weight * row.weight));
    by_value[row.y].add(one);
    by_group[row.group].add(one);
    all.add(one);
  }
  std::vector<ValueSums> values;
  for (const auto& [value, sums] : by_value) values.push_back({value, sums});
  const auto m = mean(values, rows.size(), true, {});
  CHECK(found.values[0] == doctest::Approx(*m.value).epsilon(1e-15));
  CHECK(std::sqrt(found.variances[0]) == doctest::Approx(*m.se).epsilon(1e-12));
  CHECK(found.dfs[0] == *m.df);
  std::size_t at = 1;
  for (const auto& [group, sums] : by_group) {
    const auto p = share(sums, all, rows.size(), true, {});
    CHECK(found.values[at] == doctest::Approx(*p.value).epsilon(1e-15));
    CHECK(std::sqrt(found.variances[at]) == doctest::Approx(*p.se).epsilon(1e-12));
    at += 2;  // the count stands beside the share
  }
}

TEST_CASE("laws: a cluster of one row each is the row itself") {
  const auto rows = respondents();
  const files::TempFile file(text_of(rows));
  const auto by_row = estimate_all(file.path(), true, {});
  const auto by_cluster = estimate_all(file.path(), true, {{}, {4}, {}});
  REQUIRE(by_row.values.size() == by_cluster.values.size());
  CHECK(by_row.values == by_cluster.values);
  CHECK(by_row.dfs == by_cluster.dfs);
  for (std::size_t i = 0; i < by_row.variances.size(); ++i) {
    CAPTURE(i);
    CHECK(by_row.variances[i] ==
          doctest::Approx(by_cluster.variances[i]).epsilon(1e-11).scale(1e-20));
  }
}

TEST_CASE("laws: estimates do not depend on threads and blocks, to the last bit") {
  const auto rows = respondents();
  const files::TempFile file(text_of(rows));
  for (const auto& units : {UnitColumns{}, UnitColumns{{2}, {3}, {}, true}}) {
    const auto one = estimate_all(file.path(), true, units);
    CHECK(one == estimate_all(file.path(), true, units, 3, 4096));
    CHECK(one == estimate_all(file.path(), true, units, 2, 1 << 14));
  }
}

}  // namespace sondeo
