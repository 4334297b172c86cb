// SPDX-License-Identifier: MIT
// Disclosure control: cells about few respondents, and those that would give them away.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "table/figures.h"
#include "table/words.h"

namespace sondeo {
namespace {

double n_of(const Cell& cell) {
  const auto* n = cell.find("n");
  return n == nullptr ? 0 : n->number.value_or(0);
}

using Place = std::pair<std::size_t, std::size_t>;  // row, column

// Numbers of which one follows from the others.
using Equation = std::vector<Place>;

class Withholder {
 public:
  Withholder(Table& table, double least) : table_(table), least_(least) {
    withheld_.assign(table.rows.size(), std::vector<bool>(table.columns.size(), false));
    add_columns();
    add_nets();
    add_groups();
  }

  void run() {
    for (std::size_t i = 1; i < table_.rows.size(); ++i) {
      for (std::size_t j = 0; j < table_.columns.size(); ++j) {
        const bool small_base = is_small(n_of(table_.rows[0].cells[j]));
        const bool small = table_.rows[i].kind != RowKind::statistic && is_small(n(i, j));
        if (small_base || small) withhold({i, j}, "min_cell");
      }
    }
    const auto small = count_;
    if (small == 0) return;
    while (complete()) {
    }
    for (std::size_t j = 0; j < table_.columns.size(); ++j) withhold_sums(j);
    const auto& words = words_of(table_.language);
    auto note = std::string(words.withheld_note) + shortest(least_) + ": " + grouped(small);
    if (count_ > small) note += std::string(words.withheld_too) + grouped(count_ - small);
    table_.notes.push_back(note + ".");
  }

 private:
  double n(std::size_t row, std::size_t column) const {
    return n_of(table_.rows[row].cells[column]);
  }
  bool is_small(double n) const { return n > 0 && n < least_; }

  // Answers that add to the base, which is always shown.
  void add_columns() {
    for (std::size_t j = 0; j < table_.columns.size(); ++j) {
      Equation equation;
      double sum = 0;
      for (std::size_t i = 0; i < table_.rows.size(); ++i) {
        if (table_.rows[i].kind != RowKind::category) continue;
        equation.push_back({i, j});
        sum += n(i, j);
      }
      if (sum == n(0, j)) equations_.push_back(std::move(equation));
    }
  }

  // A net is above its members, which are indented below it.
  void add_nets() {
    const auto& rows = table_.rows;
    for (std::size_t net = 0; net < rows.size(); ++net) {
      if (rows[net].kind != RowKind::net) continue;
      for (std::size_t j = 0; j < table_.columns.size(); ++j) {
        Equation equation{{net, j}};
        double sum = 0;
        for (auto i = net + 1; i < rows.size() && rows[i].indent > rows[net].indent; ++i) {
          if (rows[i].kind != RowKind::category) continue;
          equation.push_back({i, j});
          sum += n(i, j);
        }
        if (sum == n(net, j)) equations_.push_back(std::move(equation));
      }
    }
  }

  // Columns of one variable that add to the total.
  void add_groups() {
    const auto& columns = table_.columns;
    std::size_t total = columns.size();
    for (std::size_t j = 0; j < columns.size(); ++j)
      if (columns[j].id == "_total") total = j;
    if (total == columns.size()) return;
    for (std::size_t first = 0; first < columns.size();) {
      auto last = first + 1;
      while (last < columns.size() && same_group(columns[first], columns[last])) ++last;
      if (first != total) {
        for (std::size_t i = 1; i < table_.rows.size(); ++i) {
          if (table_.rows[i].kind == RowKind::statistic) continue;
          Equation equation{{i, total}};
          double sum = 0;
          for (auto j = first; j < last; ++j) {
            equation.push_back({i, j});
            sum += n(i, j);
          }
          if (sum == n(i, total)) equations_.push_back(std::move(equation));
        }
      }
      first = last;
    }
  }

  static bool same_group(const Column& a, const Column& b) {
    if (a.path.size() != b.path.size() || a.path.size() < 2) return false;
    for (std::size_t level = 0; level < a.path.size(); level += 2)
      if (a.path[level] != b.path[level]) return false;
    return true;
  }

  void withhold(const Place& place, const char* flag) {
    if (withheld_[place.first][place.second]) return;
    withheld_[place.first][place.second] = true;
    ++count_;
    for (auto& value : table_.rows[place.first].cells[place.second].values) {
      value.number.reset();
      value.flag = flag;
    }
  }

  // Withholds one more where a single number is unknown; false if there is no such place.
  bool complete() {
    bool any = false;
    for (const auto& equation : equations_) {
      std::size_t unknown = 0;
      const Place* best = nullptr;
      double best_n = 0;
      for (const auto& place : equation) {
        if (withheld_[place.first][place.second]) {
          ++unknown;
          continue;
        }
        const auto own = n(place.first, place.second);
        const bool better =
            best == nullptr || (best_n == 0 && own > 0) || (own > 0 && own < best_n);
        if (better) {
          best = &place;
          best_n = own;
        }
      }
      if (unknown != 1 || best == nullptr) continue;
      withhold(*best, "min_cell_too");
      any = true;
    }
    return any;
  }

  // Means and running sums of a column are equations too: where a cell is withheld, so are they.
  void withhold_sums(std::size_t j) {
    const bool whole =
        std::none_of(withheld_.begin(), withheld_.end(), [&](const auto& row) { return row[j]; });
    if (whole) return;
    for (auto& row : table_.rows) {
      for (auto& value : row.cells[j].values) {
        const bool sum = row.kind == RowKind::statistic || value.statistic == "response_percent" ||
                         value.statistic == "cumulative_percent";
        if (!sum || !value.number) continue;
        value.number.reset();
        value.flag = "min_cell_too";
      }
    }
  }

  Table& table_;
  double least_;
  std::vector<std::vector<bool>> withheld_;
  std::vector<Equation> equations_;
  std::uint64_t count_ = 0;
};

}  // namespace

void withhold_small_cells(Table& table, double least) {
  if (table.rows.empty() || table.rows[0].kind != RowKind::base) return;
  Withholder(table, least).run();
}

}  // namespace sondeo
