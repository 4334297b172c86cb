// SPDX-License-Identifier: MIT
#include "tabulate/joint_plan.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace sondeo {
namespace {

// Axes that share an index: the questions of all of them.
struct Bundle {
  std::vector<std::size_t> axes;
  std::set<std::size_t> questions;
  std::size_t size = 1;
};
using Bundles = std::vector<Bundle>;

class Planner {
 public:
  Planner(const CountRequest& request, const std::vector<std::size_t>& patterns,
          const JointBudget& budget)
      : request_(request), budget_(budget) {
    for (const auto count : patterns) {
      // Scores and ages keep coming; short lists of answers are complete after the first blocks.
      const auto room = count <= 32 || count == wide_question ? 0 : count / 4;
      plan_.capacities.push_back(std::max<std::size_t>(count, 1) + room);
    }
  }

  JointPlan plan() {
    // Row axes that cross the same column axes.
    std::map<std::size_t, std::map<std::size_t, std::size_t>> columns_of;
    for (std::size_t i = 0; i < request_.tables.size(); ++i) {
      const auto& table = request_.tables[i];
      if (is_wide(table.rows) || is_wide(table.columns) || is_large(table) ||
          !columns_of[table.rows].try_emplace(table.columns, i).second) {
        plan_.apart.push_back(i);
      }
    }
    std::map<std::vector<std::size_t>, std::vector<std::size_t>> crossed;
    for (const auto& [row, columns] : columns_of) {
      std::vector<std::size_t> list;
      for (const auto& [column, unused] : columns) list.push_back(column);
      if (!list.empty()) crossed[list].push_back(row);
    }
    for (const auto& [columns, rows] : crossed) {
      const auto [row_bundles, column_bundles] =
          split(rows, columns, budget_.most / crossed.size());
      for (const auto& row : row_bundles) {
        for (const auto& column : column_bundles) {
          JointTable table{group(row), group(column), {}};
          for (const auto i : row.axes) {
            for (const auto j : column.axes) table.tables.push_back(columns_of[i][j]);
          }
          plan_.tables.push_back(std::move(table));
        }
      }
    }
    return std::move(plan_);
  }

 private:
  // The number of combinations; most_codes + 1 stands for all that are more.
  std::size_t size_of(const std::set<std::size_t>& questions) const {
    std::size_t size = 1;
    for (const auto question : questions) {
      const auto capacity = plan_.capacities[question];
      size *= std::min(capacity, budget_.most_codes + 1);
      size = std::min(size, budget_.most_codes + 1);
    }
    return size;
  }

  bool is_wide(std::size_t axis) const {
    const auto& questions = request_.axes[axis].questions;
    return size_of({questions.begin(), questions.end()}) > budget_.most_codes;
  }

  bool is_large(const TableAxes& table) const {
    const auto& rows = request_.axes[table.rows].questions;
    const auto& columns = request_.axes[table.columns].questions;
    return size_of({rows.begin(), rows.end()}) * size_of({columns.begin(), columns.end()}) >
           budget_.most_of_table;
  }

  // Ways to bundle the axes: from each one alone to all together, as far as indices reach.
  std::vector<Bundles> ways(const std::vector<std::size_t>& axes) const {
    Bundles bundles;
    for (const auto axis : axes) {
      const auto& questions = request_.axes[axis].questions;
      bundles.push_back({{axis}, {questions.begin(), questions.end()}, 1});
      bundles.back().size = size_of(bundles.back().questions);
    }
    std::vector<Bundles> result{bundles};
    while (bundles.size() > 1) {
      // The two smallest together make the smallest index.
      std::stable_sort(bundles.begin(), bundles.end(),
                       [](const auto& a, const auto& b) { return a.size > b.size; });
      auto smallest = std::move(bundles.back());
      bundles.pop_back();
      auto& other = bundles.back();
      other.axes.insert(other.axes.end(), smallest.axes.begin(), smallest.axes.end());
      other.questions.insert(smallest.questions.begin(), smallest.questions.end());
      other.size = size_of(other.questions);
      if (other.size > budget_.most_codes) break;
      result.push_back(bundles);
    }
    return result;
  }

  std::pair<Bundles, Bundles> split(const std::vector<std::size_t>& rows,
                                    const std::vector<std::size_t>& columns,
                                    std::size_t most) const {
    const auto row_ways = ways(rows);
    const auto column_ways = ways(columns);
    const auto total = [](const Bundles& bundles) {
      std::size_t sum = 0;
      for (const auto& bundle : bundles) sum += bundle.size;
      return sum;
    };
    double least = std::numeric_limits<double>::infinity();
    std::pair<Bundles, Bundles> best{row_ways[0], column_ways[0]};
    for (const auto& row_way : row_ways) {
      for (const auto& column_way : column_ways) {
        const auto cells = static_cast<double>(total(row_way) * total(column_way));
        const auto additions = static_cast<double>(row_way.size() * column_way.size());
        const double cost = additions * (1 + cells / budget_.at_hand);
        if (cells > static_cast<double>(most) || cost >= least) continue;
        least = cost;
        best = {row_way, column_way};
      }
    }
    return best;
  }

  // The group of a bundle, the same one for the same questions.
  std::size_t group(const Bundle& bundle) {
    auto group = group_of({bundle.questions.begin(), bundle.questions.end()}, plan_.capacities);
    for (std::size_t i = 0; i < plan_.groups.size(); ++i) {
      if (plan_.groups[i].questions == group.questions) return i;
    }
    plan_.groups.push_back(std::move(group));
    return plan_.groups.size() - 1;
  }

  const CountRequest& request_;
  const JointBudget& budget_;
  JointPlan plan_;
};

}  // namespace

std::size_t JointGroup::pattern_of(std::size_t question, std::size_t index) const {
  const auto at = static_cast<std::size_t>(std::find(questions.begin(), questions.end(), question) -
                                           questions.begin());
  const auto above = at + 1 < strides.size() ? index % strides[at + 1] : index;
  return above / strides[at];
}

JointGroup group_of(std::vector<std::size_t> questions,
                    const std::vector<std::size_t>& capacities) {
  std::sort(questions.begin(), questions.end());
  questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
  JointGroup group;
  for (const auto question : questions) {
    group.strides.push_back(group.size);
    group.size *= capacities[question];
  }
  group.questions = std::move(questions);
  return group;
}

JointPlan plan_joint(const CountRequest& request, const std::vector<std::size_t>& patterns,
                     const JointBudget& budget) {
  return Planner(request, patterns, budget).plan();
}

}  // namespace sondeo
