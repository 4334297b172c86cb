// SPDX-License-Identifier: MIT
#include "table/column_tests.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "table/letter_words.h"
#include "table/letters.h"
#include "table/stub.h"

namespace sondeo {
namespace {

const Key& key_of(const TestedColumn& column) { return column.cells->columns[column.column]; }

// The columns of two keys' overlap, if anybody is in both.
std::optional<TestedColumn> overlap_of(const TestedColumn& a, const TestedColumn& b) {
  if (a.cells != b.cells) return std::nullopt;
  Key both = key_of(a);
  const Key* second = &key_of(b);
  if (key_less(*second, both)) {
    second = &key_of(a);
    both = key_of(b);
  }
  both.path.insert(both.path.end(), second->path.begin(), second->path.end());
  both.overlap = true;
  const auto& keys = a.cells->columns;
  const auto found = std::lower_bound(keys.begin(), keys.end(), both, key_less);
  if (found == keys.end() || !(*found == both)) return std::nullopt;
  return TestedColumn{a.cells, static_cast<std::size_t>(found - keys.begin())};
}

// What one side of a comparison holds of the row's variable.
struct Holding {
  Sums base;          // of a share: everybody; of a mean: those with a value
  Sums part;          // of a share
  NumberSums values;  // of a mean
};

class Comparer {
 public:
  Comparer(const Table& table, const TestedTable& tested)
      : table_(table),
        tested_(tested),
        testing_(*table.testing),
        shares_(*dialect_named(testing_.dialect)),
        means_(*dialect_named(testing_.of_means())) {}

  // Traces only if they are to be kept.
  std::vector<Comparison> compare(std::vector<TestTrace>& traces) {
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t j = 0; j < table_.columns.size(); ++j) {
      const auto& group = table_.columns[j].group;
      if (group.empty()) continue;
      if (groups.empty() || table_.columns[groups.back()[0]].group != group) groups.emplace_back();
      groups.back().push_back(j);
    }
    std::vector<Comparison> all;
    for (const auto& row : tested_.rows) {
      row_ = &row;
      held_.clear();
      for (const auto& group : groups) compare_group(group, all, traces);
    }
    return all;
  }

 private:
  bool is_mean() const { return row_->mean; }
  const TestDialect& dialect() const { return is_mean() ? means_ : shares_; }

  // The same in all rows.
  const Sums& base_of(const TestedColumn& column) {
    const auto key = std::pair(column.cells, column.column);
    const auto known = bases_.find(key);
    return known != bases_.end() ? known->second
                                 : bases_.emplace(key, tested_.base(column)).first->second;
  }

  Holding hold(const TestedColumn& column) {
    Holding holding;
    if (is_mean()) {
      holding.values = row_->values ? row_->values(column) : tested_.values(column);
      holding.base = total_of(holding.values);
    } else {
      holding.base = base_of(column);
      holding.part = sums_of(*column.cells, column.column, row_->keys);
    }
    return holding;
  }

  // Of a column of the table, or `against_total`; made once a row.
  const Holding& held(std::size_t j) {
    const auto known = held_.find(j);
    if (known != held_.end()) return known->second;
    const auto& column = j == against_total ? tested_.total : tested_.columns[j];
    return held_.emplace(j, hold(column)).first->second;
  }

  Holding rest_of(std::size_t j) {
    const auto& whole = held(against_total);
    const auto& part = held(j);
    return {without(whole.base, part.base), without(whole.part, part.part),
            without(whole.values, part.values)};
  }

  TestSide side(const Holding& holding) const {
    return is_mean() ? mean_side(holding.values, tested_.weighted)
                     : share_side(holding.part, holding.base, tested_.weighted);
  }

  // The column that holds those who answered nothing of a select-all question too, by its kind.
  // Its path ends where theirs does and begins as theirs.
  void add_kind(const TestedColumn& column, AnswerKind kind, std::vector<TestedColumn>& to) const {
    const auto& path = key_of(column).path;
    for (std::size_t j = 0; j < column.cells->columns.size(); ++j) {
      const auto& key = column.cells->columns[j];
      if (key.kind != kind || key.overlap || key.path.size() != path.size()) continue;
      if (std::equal(path.begin(), path.end() - 1, key.path.begin()))
        to.push_back({column.cells, j});
    }
  }

  void start_group(const std::vector<std::size_t>& group) {
    // Who is in some column of the group; respondents of select-all questions have one key each.
    const auto& first = tested_.columns[group[0]];
    std::vector<TestedColumn> in_some;
    add_kind(first, AnswerKind::answered, in_some);
    std::vector<TestedColumn> known = in_some;
    if (!in_some.empty()) {
      add_kind(first, AnswerKind::asked, known);
      add_kind(first, AnswerKind::missing, known);
    } else {
      for (const auto j : group) in_some.push_back(tested_.columns[j]);
      known = in_some;
    }
    group_share_.reset();
    if (dialect().expected_counts && !is_mean()) {
      Holding all;
      for (const auto& column : in_some) {
        const auto one = hold(column);
        all.base.add(one.base);
        all.part.add(one.part);
      }
      const double base = weight_of(all.base, tested_.weighted);
      if (base > 0) group_share_ = weight_of(all.part, tested_.weighted) / base;
    }
    domain_ = {};
    if (!dialect().design) return;
    if (testing_.against == Against::total || testing_.against == Against::rest) {
      domain_ = held(against_total).base;
      return;
    }
    for (const auto& column : known) domain_.add(hold(column).base);
  }

  // Why a cell may not be tested: its number is withheld.
  std::string withheld(std::size_t j) const {
    if (j == against_total) {
      const auto total = std::find_if(table_.columns.begin(), table_.columns.end(),
                                      [](const Column& column) { return column.id == "_total"; });
      if (total == table_.columns.end()) return "";
      j = static_cast<std::size_t>(total - table_.columns.begin());
    }
    const auto& cell = table_.rows[row_->row].cells[j];
    const auto* value = row_->values ? cell.find("column_percent")
                        : is_mean()  ? cell.find("mean")
                                     : cell.find("n");
    if (value == nullptr || value->number) return "";
    return value->flag.starts_with("min_") ? value->flag : "";
  }

  TestTrace test(std::size_t j, std::size_t b) {
    TestTrace result;
    for (const auto each : {j, b}) {
      if (each != against_rest) result.test.reason = withheld(each);
      if (!result.test.reason.empty()) return result;
    }
    const auto& one = held(j);
    const Holding rest = b == against_rest ? rest_of(j) : Holding{};
    const auto& other = b == against_rest ? rest : held(b);
    Holding both;
    if (b == against_total) {
      both = one;
    } else if (b != against_rest) {
      if (const auto column = overlap_of(tested_.columns[j], tested_.columns[b]))
        both = hold(*column);
    }
    TestRules rules;
    rules.least_effective = testing_.not_tested_below;
    rules.total = b == against_total;
    rules.group_share = group_share_;
    result.a = side(one);
    result.b = side(other);
    result.both = overlap_side(both.base, tested_.weighted);
    result.test = test_columns(dialect(), is_mean() ? TestMeasure::mean : TestMeasure::proportion,
                               result.a, result.b, result.both, rules);
    if (dialect().design && result.test.reason.empty()) {
      DesignSides sides;
      sides.a = values(one);
      sides.b = values(other);
      sides.both = values(both);
      sides.domain = domain_;
      finish_by_design(result.test, sides, tested_.units, tested_.weighted, tested_.inference);
    }
    return result;
  }

  NumberSums values(const Holding& holding) const {
    return is_mean() ? holding.values : NumberSums(share_values(holding.part, holding.base));
  }

  void compare_group(const std::vector<std::size_t>& group, std::vector<Comparison>& all,
                     std::vector<TestTrace>& traces) {
    start_group(group);
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < group.size(); ++i) {
      switch (testing_.against) {
        case Against::pairs:
          for (std::size_t k = i + 1; k < group.size(); ++k) pairs.emplace_back(group[i], group[k]);
          break;
        case Against::total:
          pairs.emplace_back(group[i], against_total);
          break;
        case Against::rest:
          pairs.emplace_back(group[i], against_rest);
          break;
        case Against::previous:
          if (i > 0) pairs.emplace_back(group[i], group[i - 1]);
          break;
        case Against::waves:
          if (i > 0) pairs.emplace_back(group[i], group[i - 1]);
          if (i > 1) pairs.emplace_back(group[i], group[0]);
          break;
      }
    }
    std::vector<ColumnTest> tests;
    std::vector<double> p;
    for (const auto& [a, b] : pairs) {
      const auto trace = test(a, b);
      if (testing_.keep_traces) traces.push_back(trace);
      tests.push_back(trace.test);
      p.push_back(tests.back().p.value_or(std::nan("")));
    }
    const bool adjusts = testing_.adjustment != Adjustment::none;
    const auto p_adjusted = adjusted(p, testing_.adjustment);
    for (std::size_t i = 0; i < pairs.size(); ++i)
      all.push_back(told(pairs[i].first, pairs[i].second, tests[i], p_adjusted[i], adjusts));
  }

  Comparison told(std::size_t a, std::size_t b, const ColumnTest& test, double p_adjusted,
                  bool adjusts) const {
    const double scale = is_mean() ? 1 : 100;
    Comparison result;
    result.row = row_->row;
    result.a = a;
    result.b = b;
    result.mean = is_mean() && !row_->values;
    result.reason = test.reason;
    if (test.a && test.b) result.difference = scale * (*test.a - *test.b);
    if (!test.p) return result;
    result.se = scale * *test.se;
    result.statistic = test.statistic;
    result.df = test.df;
    result.p = test.p;
    if (adjusts) result.p_adjusted = p_adjusted;
    const auto level = level_reached(dialect(), test, p_adjusted, adjusts, testing_.levels);
    if (!level) return result;
    if (!result.mean && std::abs(*result.difference) < testing_.min_difference)
      result.reason = "min_difference";
    else
      result.level = testing_.levels[*level];
    return result;
  }

  const Table& table_;
  const TestedTable& tested_;
  const Testing& testing_;
  const TestDialect& shares_;
  const TestDialect& means_;
  const TestedRow* row_ = nullptr;
  std::map<std::size_t, Holding> held_;  // by column, of the row at hand
  std::map<std::pair<const Cells*, std::size_t>, Sums> bases_;
  std::optional<double> group_share_;
  Sums domain_;
};

}  // namespace

void compare_columns(Table& table, const TestedTable& tested) {
  table.comparisons = Comparer(table, tested).compare(table.traces);
  letter(table);
  if (!shows_letters(table)) return;
  const auto kinds = [&](bool means) {
    return std::any_of(tested.rows.begin(), tested.rows.end(),
                       [&](const TestedRow& row) { return row.mean == means; });
  };
  table.notes.insert(table.notes.begin(),
                     test_note(*table.testing, kinds(false), kinds(true), table.language));
}

}  // namespace sondeo
