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
      const auto [row_bundles, column_bundles] = split(rows, columns, crossed.size());
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

  // Bundles from each axis alone to all together, as far as indices reach: each step joins the two
  // smallest, which make the smallest index.
  class Steps {
   public:
    Steps(const Planner& planner, const std::vector<std::size_t>& axes) : planner_(planner) {
      for (const auto axis : axes) {
        const auto& questions = planner.request_.axes[axis].questions;
        Bundle bundle{{axis}, {questions.begin(), questions.end()}, 1};
        bundle.size = planner.size_of(bundle.questions);
        add(std::move(bundle));
      }
    }

    std::size_t count() const { return bundles_.size(); }
    std::size_t total() const { return total_; }  // of sizes
    // False if there is no further step.
    bool next() {
      if (bundles_.size() < 2) return false;
      auto smallest = take();
      auto joined = take();
      joined.axes.insert(joined.axes.end(), smallest.axes.begin(), smallest.axes.end());
      joined.questions.insert(smallest.questions.begin(), smallest.questions.end());
      joined.size = planner_.size_of(joined.questions);
      if (joined.size > planner_.budget_.most_codes) return false;
      add(std::move(joined));
      return true;
    }
    // The largest first.
    Bundles bundles() const {
      Bundles result;
      for (auto each = bundles_.rbegin(); each != bundles_.rend(); ++each)
        result.push_back(each->second);
      return result;
    }

   private:
    void add(Bundle bundle) {
      total_ += bundle.size;
      const auto size = bundle.size;
      // Of the same size, the latest is taken first.
      bundles_.emplace(std::pair{size, std::numeric_limits<std::size_t>::max() - added_++},
                       std::move(bundle));
    }
    Bundle take() {
      auto bundle = std::move(bundles_.begin()->second);
      bundles_.erase(bundles_.begin());
      total_ -= bundle.size;
      return bundle;
    }

    const Planner& planner_;
    std::map<std::pair<std::size_t, std::size_t>, Bundle> bundles_;
    std::size_t added_ = 0;
    std::size_t total_ = 0;
  };

  struct Way {
    std::size_t steps = 0;
    std::size_t count = 0;
    std::size_t total = 0;
  };

  std::vector<Way> ways(const std::vector<std::size_t>& axes) const {
    std::vector<Way> result;
    Steps steps(*this, axes);
    do {
      result.push_back({result.size(), steps.count(), steps.total()});
    } while (steps.next());
    return result;
  }

  Bundles bundles_after(const std::vector<std::size_t>& axes, std::size_t count) const {
    Steps steps(*this, axes);
    while (count-- > 0) steps.next();
    return steps.bundles();
  }

  std::pair<Bundles, Bundles> split(const std::vector<std::size_t>& rows,
                                    const std::vector<std::size_t>& columns,
                                    std::size_t sharing) const {
    const auto most = static_cast<double>(budget_.most / sharing);
    const auto most_by_turns = static_cast<double>(budget_.most_by_turns / sharing);
    double least = std::numeric_limits<double>::infinity();
    std::pair<std::size_t, std::size_t> best{0, 0};
    const auto column_ways = ways(columns);
    for (const auto& row_way : ways(rows)) {
      for (const auto& column_way : column_ways) {
        const auto cells = static_cast<double>(row_way.total * column_way.total);
        const auto additions = static_cast<double>(row_way.count * column_way.count);
        double cost = std::numeric_limits<double>::infinity();
        if (cells <= most) cost = additions * (1 + cells / budget_.at_hand);
        if (cells <= most_by_turns) cost = std::min(cost, cost_by_turns(additions, cells));
        if (cost >= least) continue;
        least = cost;
        best = {row_way.steps, column_way.steps};
      }
    }
    return {bundles_after(rows, best.first), bundles_after(columns, best.second)};
  }

  // In additions to a cell at hand. Of a table that is large beside the rows of its turn, most
  // cells have to be fetched.
  double cost_by_turns(double additions, double cells) const {
    const double fetched = std::min(1.0, cells / additions / budget_.turn);
    return additions * (1.5 + 2 * fetched) + 4 * cells / budget_.rows;
  }

  // The group of a bundle, the same one for the same questions.
  std::size_t group(const Bundle& bundle) {
    auto group = group_of({bundle.questions.begin(), bundle.questions.end()}, plan_.capacities);
    const auto [known, fresh] = group_of_.try_emplace(group.questions, plan_.groups.size());
    if (fresh) plan_.groups.push_back(std::move(group));
    return known->second;
  }

  const CountRequest& request_;
  const JointBudget& budget_;
  std::map<std::vector<std::size_t>, std::size_t> group_of_;  // by questions
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
