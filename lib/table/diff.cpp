// SPDX-License-Identifier: MIT
#include "table/diff.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

namespace sondeo {
namespace {

using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view,
                       std::string_view, std::string_view, std::size_t>;
using Pair = std::pair<std::string_view, std::string_view>;

bool published(const TableNumber& number) { return number.value || !number.letters.empty(); }

// The lines of a file that are compared, by what they are about.
class Side {
 public:
  Side(const TableNumbers& file, const std::vector<std::string>& only) {
    for (const TableNumber& number : file.numbers) {
      if (!only.empty() && std::find(only.begin(), only.end(), number.statistic) == only.end())
        continue;
      lines.push_back(&number);
      weights[number.table].insert(number.weight);
      rows.emplace(number.table, number.row_id);
      columns.emplace(number.table, number.column_id);
    }
  }

  // To be called once it is known for which tables the weight counts.
  void index(const std::set<std::string_view>& weighted_twice) {
    std::map<Key, std::size_t> times;
    for (const TableNumber* line : lines) {
      const bool by_weight = weighted_twice.contains(line->table);
      Key key{line->table,
              by_weight ? line->weight : std::string_view(),
              line->row_id,
              line->column_id,
              line->of,
              line->statistic,
              0};
      std::get<6>(key) = times[key]++;
      keys.push_back(key);
      by_key.emplace(key, line);
    }
  }

  ChangeScope scope_of_missing(const TableNumber& number) const {
    if (!weights.contains(number.table)) return ChangeScope::table;
    if (!rows.contains(Pair{number.table, number.row_id})) return ChangeScope::row;
    if (!columns.contains(Pair{number.table, number.column_id})) return ChangeScope::column;
    return ChangeScope::number;
  }

  std::vector<const TableNumber*> lines;
  std::vector<Key> keys;  // of the lines
  std::map<Key, const TableNumber*> by_key;
  std::map<std::string_view, std::set<std::string_view>> weights;  // by table

 private:
  std::set<Pair> rows;
  std::set<Pair> columns;
};

// The difference of two decimal numbers carries their rounding to doubles: 43.6 - 43.1 is not more
// than 0.5. Without a tolerance every bit counts.
bool moved(double before, double after, double tolerance) {
  if (tolerance <= 0) return before != after;
  const double noise =
      2 * std::numeric_limits<double>::epsilon() * std::max(std::fabs(before), std::fabs(after));
  return std::fabs(after - before) > tolerance + noise;
}

}  // namespace

double Tolerance::of(const TableNumber& number) const {
  for (const std::string_view name : {number.statistic, number.unit}) {
    if (const auto found = named.find(name); found != named.end()) return found->second;
  }
  return any;
}

std::string_view change_name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::moved:
      return "moved";
    case ChangeKind::appeared:
      return "appeared";
    case ChangeKind::vanished:
      return "vanished";
    case ChangeKind::letters:
      break;
  }
  return "letters";
}

Diff diff_numbers(const TableNumbers& before, const TableNumbers& after, const Tolerance& tolerance,
                  const std::vector<std::string>& only) {
  Side old_side(before, only);
  Side new_side(after, only);
  std::set<std::string_view> weighted_twice;
  for (const Side* side : {&old_side, &new_side}) {
    for (const auto& [table, weights] : side->weights) {
      if (weights.size() > 1) weighted_twice.insert(table);
    }
  }
  old_side.index(weighted_twice);
  new_side.index(weighted_twice);

  Diff diff;
  diff.before_name = before.name;
  diff.after_name = after.name;
  diff.tolerance = tolerance;
  std::map<std::string_view, std::size_t> ranks;
  for (const Side* side : {&old_side, &new_side}) {
    for (const TableNumber* line : side->lines) {
      if (ranks.emplace(line->table, ranks.size()).second) diff.tables.push_back(line->table);
    }
  }
  for (const auto& [table, weights] : old_side.weights) {
    const auto found = new_side.weights.find(table);
    if (found != new_side.weights.end() && !weighted_twice.contains(table) &&
        found->second != weights) {
      diff.reweighted.emplace_back(table);
    }
  }

  const auto meet = [&](const TableNumber* from, const TableNumber* to) {
    const bool has_from = from != nullptr && published(*from);
    const bool has_to = to != nullptr && published(*to);
    const bool letters = (from != nullptr ? from : to)->statistic == "letters";
    Change change{ChangeKind::moved, ChangeScope::number, from, to};
    if (from == nullptr) change.scope = old_side.scope_of_missing(*to);
    if (to == nullptr) change.scope = new_side.scope_of_missing(*from);
    if (letters) {
      if ((has_from ? from->letters : "") == (has_to ? to->letters : "")) return;
      change.kind = ChangeKind::letters;
      ++diff.letters;
    } else if (has_from && has_to) {
      ++diff.compared;
      if (!moved(*from->value, *to->value, tolerance.of(*to))) return;
      ++diff.moved;
    } else if (has_from) {
      change.kind = ChangeKind::vanished;
      ++diff.vanished;
    } else if (has_to) {
      change.kind = ChangeKind::appeared;
      ++diff.appeared;
    } else {
      return;
    }
    diff.changes.push_back(change);
  };
  for (std::size_t i = 0; i < old_side.lines.size(); ++i) {
    const auto found = new_side.by_key.find(old_side.keys[i]);
    meet(old_side.lines[i], found == new_side.by_key.end() ? nullptr : found->second);
  }
  for (std::size_t i = 0; i < new_side.lines.size(); ++i) {
    if (!old_side.by_key.contains(new_side.keys[i])) meet(nullptr, new_side.lines[i]);
  }
  std::stable_sort(diff.changes.begin(), diff.changes.end(), [&](const Change& a, const Change& b) {
    return ranks[a.any().table] < ranks[b.any().table];
  });
  return diff;
}

}  // namespace sondeo
