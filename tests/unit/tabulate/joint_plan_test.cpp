// SPDX-License-Identifier: MIT
#include "tabulate/joint_plan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

namespace sondeo {
namespace {

// Questions 0..5; rows 0, 1, 2 and 3 > 4 by the total, 4 and 5.
CountRequest crossed() {
  CountRequest request;
  request.questions.resize(6);
  request.axes = {{{0}, false}, {{1}, false}, {{2}, false},   {{3, 4}, false},
                  {{}, false},  {{4}, false}, {{5, 4}, false}};
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 4; column < 7; ++column) request.tables.push_back({row, column});
  }
  return request;
}

std::size_t cells_of(const JointPlan& plan) {
  std::size_t cells = 0;
  for (const auto& table : plan.tables)
    cells += plan.groups[table.rows].size * plan.groups[table.columns].size;
  return cells;
}

// Every table of the request exactly once, its questions within its groups.
void check_whole(const CountRequest& request, const JointPlan& plan) {
  std::multiset<std::size_t> found(plan.apart.begin(), plan.apart.end());
  for (const auto& table : plan.tables) {
    found.insert(table.tables.begin(), table.tables.end());
    for (const auto i : table.tables) {
      const auto within = [&](std::size_t axis, const JointGroup& group) {
        for (const auto question : request.axes[axis].questions)
          CHECK(std::count(group.questions.begin(), group.questions.end(), question) == 1);
      };
      within(request.tables[i].rows, plan.groups[table.rows]);
      within(request.tables[i].columns, plan.groups[table.columns]);
    }
  }
  REQUIRE(found.size() == request.tables.size());
  for (std::size_t i = 0; i < request.tables.size(); ++i) CHECK(found.count(i) == 1);
}

}  // namespace

TEST_CASE("plan_joint: with room for all, one table; with little, one for each") {
  const auto request = crossed();
  const std::vector<std::size_t> patterns{2, 3, 2, 3, 2, 3};
  const auto roomy = plan_joint(request, patterns, {100000});
  check_whole(request, roomy);
  CHECK(roomy.tables.size() == 1);
  // 2 * 3 * 2 * (3 * 2) row indices, 2 * 3 column indices.
  CHECK(cells_of(roomy) == 72 * 6);
  const auto tight = plan_joint(request, patterns, {1});
  check_whole(request, tight);
  CHECK(tight.tables.size() == 4 * 3);
  const auto between = plan_joint(request, patterns, {150});
  check_whole(request, between);
  CHECK(cells_of(between) <= 150);
  CHECK(between.tables.size() < 12);
}

TEST_CASE(
    "plan_joint: more cells than are at hand are used by turns, where the rows pay for them") {
  const auto request = crossed();
  const std::vector<std::size_t> patterns{2, 3, 2, 3, 2, 3};
  JointBudget budget{1};
  budget.most_by_turns = 200;
  budget.turn = 8192;
  budget.rows = 1e6;
  const auto many_rows = plan_joint(request, patterns, budget);
  check_whole(request, many_rows);
  CHECK(many_rows.tables.size() < 4 * 3);
  CHECK(cells_of(many_rows) > 1);
  CHECK(cells_of(many_rows) <= 200);
  budget.rows = 1;  // summing the cells up would take longer than adding to each table
  const auto one_row = plan_joint(request, patterns, budget);
  check_whole(request, one_row);
  CHECK(cells_of(one_row) <= cells_of(many_rows));
}

TEST_CASE("plan_joint: wide questions, and axes of too many combinations, stand apart") {
  const auto request = crossed();
  const auto plan = plan_joint(request, {2, wide_question, 2, 100, 100, 3}, {100000});
  check_whole(request, plan);
  // Tables of question 1, and of 3 > 4 with 125 * 125 combinations.
  CHECK(plan.apart == std::vector<std::size_t>{3, 4, 5, 9, 10, 11});
}

TEST_CASE("plan_joint: a table asked for twice, and questions nobody has answered yet") {
  auto request = crossed();
  request.tables.push_back(request.tables[0]);
  const auto plan = plan_joint(request, {0, 0, 0, 0, 0, 0}, {100});
  check_whole(request, plan);
  CHECK(plan.apart == std::vector<std::size_t>{12});
}

TEST_CASE("plan_joint: any request is planned whole") {
  std::mt19937 random(12);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    CountRequest request;
    request.questions.resize(1 + random() % 12);
    std::vector<std::size_t> patterns;
    for (std::size_t i = 0; i < request.questions.size(); ++i)
      patterns.push_back(random() % 9 == 0 ? wide_question : random() % 40);
    for (std::size_t i = 0; i < 1 + random() % 14; ++i) {
      Axis axis;
      for (auto levels = random() % 4; levels > 0; --levels)
        axis.questions.push_back(random() % request.questions.size());
      request.axes.push_back(axis);
    }
    for (std::size_t i = 0; i < 1 + random() % 40; ++i)
      request.tables.push_back({random() % request.axes.size(), random() % request.axes.size()});
    check_whole(request, plan_joint(request, patterns, {1 + random() % 30000}));
  }
}

TEST_CASE("JointGroup: patterns of an index") {
  const auto group = group_of({4, 1, 4, 2}, {9, 2, 3, 9, 5});
  CHECK(group.questions == std::vector<std::size_t>{1, 2, 4});
  CHECK(group.size == 30);
  const std::size_t index = 1 + 2 * 2 + 3 * 6;
  CHECK(group.pattern_of(1, index) == 1);
  CHECK(group.pattern_of(2, index) == 2);
  CHECK(group.pattern_of(4, index) == 3);
}

}  // namespace sondeo
