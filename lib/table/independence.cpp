// SPDX-License-Identifier: MIT
#include "table/independence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "base/number.h"
#include "infer/cell_tests.h"
#include "table/domain_table.h"
#include "table/stub.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr std::array<IndependenceKind, 6> kinds_known{{
    {"second-order", "_second_order", &TestWords::second_order, &RaoScott::second_order},
    {"likelihood-ratio", "_likelihood_ratio", &TestWords::likelihood_ratio,
     &RaoScott::second_order_likelihood},
    {"first-order", "_first_order", &TestWords::first_order, &RaoScott::first_order},
    {"mixture", "_mixture", &TestWords::mixture, &RaoScott::mixture},
    {"wald", "_wald", &TestWords::wald, &RaoScott::wald},
    {"adjusted-wald", "_adjusted_wald", &TestWords::adjusted_wald, &RaoScott::adjusted_wald},
}};

constexpr const char* statistics_row = "_statistics";

// The columns of one Column::group.
struct Group {
  std::string id;
  std::vector<std::size_t> columns;  // places in the table
};

std::vector<Group> groups_of(const Table& table) {
  std::vector<Group> groups;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    const auto& id = table.columns[j].group;
    if (id.empty()) continue;
    if (groups.empty() || groups.back().id != id) groups.push_back({id, {}});
    groups.back().columns.push_back(j);
  }
  return groups;
}

// "Region", "Age: 18-34 > Sex": what the columns of a group have in common.
std::string heading_of(Column column) {
  column.path.pop_back();
  return column_path(column);
}

class Independence {
 public:
  Independence(Table& table, const TestedTable& tested, const std::vector<std::size_t>& kinds)
      : table_(table), tested_(tested), kinds_(kinds), words_(test_words_of(table.language)) {}

  void add(const Group& group, bool several) {
    const auto results = several           ? untested("several_answers")
                         : overlaps(group) ? untested("overlap")
                                           : results_of(group);
    const bool replicates =
        tested_.inference.design != nullptr && tested_.inference.design->replicates;
    TableTest test;
    test.group = group.id;
    test.heading = heading_of(table_.columns[group.columns[0]]);
    for (const auto j : group.columns) test.columns.push_back(table_.columns[j].id);
    for (const auto which : kinds_) {
      const auto& kind = independence_kinds()[which];
      test.row = kind.row;
      test.label = words_.*kind.label;
      Cell cell;
      add_test(cell, "", kind.of(results, replicates));
      test.values = std::move(cell.values);
      table_.tests.push_back(test);
    }
    test.row = statistics_row;
    test.label = words_.table_statistics;
    Cell cell;
    add_table_statistics(cell, results);
    test.values = std::move(cell.values);
    table_.tests.push_back(std::move(test));
  }

 private:
  // Whether somebody in the table is in two columns of the group.
  bool overlaps(const Group& group) const {
    const auto& first = tested_.columns[group.columns[0]];
    const auto& own = first.cells->columns[first.column].path;
    const auto same = [&](const auto& begin) {
      return std::equal(own.begin(), own.end() - 1, begin);
    };
    for (std::size_t j = 0; j < first.cells->columns.size(); ++j) {
      const auto& key = first.cells->columns[j];
      if (!key.overlap || !same(key.path.begin())) continue;
      if (!same(key.path.begin() + static_cast<std::ptrdiff_t>(own.size()))) continue;
      if (tested_.base({first.cells, j}).n > 0) return true;
    }
    return false;
  }

  RaoScott results_of(const Group& group) const {
    CellTable cells;
    cells.columns = group.columns.size();
    cells.weighted = tested_.weighted;
    for (const auto& row : tested_.rows) {
      if (row.mean || table_.rows[row.row].kind != RowKind::category) continue;
      if (row.keys.empty() || row.keys[0].kind != AnswerKind::category) continue;
      ++cells.rows;
      for (const auto j : group.columns) {
        const auto& from = tested_.columns[j];
        cells.sums.push_back(sums_of(*from.cells, from.column, row.keys));
      }
    }
    const auto all = all_of(cells);
    const auto& design = tested_.inference.design;
    const double df = cell_freedom(all, tested_.units, tested_.weighted, tested_.inference);
    return independence(cells, tested_.units, design, df);
  }

  Table& table_;
  const TestedTable& tested_;
  const std::vector<std::size_t>& kinds_;
  const TestWords& words_;
};

// "Rao–Scott F (second order) 2.31 on 5.87 and 1,496 df, p = 0.0321".
std::string in_words(const TableTest& test, std::string_view language) {
  const auto& words = test_words_of(language);
  const auto& fixed = words_of(language);
  const auto number = [&](double value, int digits) {
    return rounded(value, digits, fixed.decimal, fixed.thousands);
  };
  const auto freedom = [&](double df) {
    return number(df, df >= 100 || df == std::floor(df) ? 0 : 2);
  };
  std::optional<double> found[4];
  std::string reason;
  for (const auto& value : test.values) {
    constexpr std::array<std::string_view, 4> names{"test", "df", "denominator_df", "p"};
    const auto at = std::find(names.begin(), names.end(), value.statistic) - names.begin();
    if (at < 4) found[at] = value.number;
    if (value.statistic == "p") reason = value.flag;
  }
  const auto& [statistic, df, denominator, p] = found;
  if (!statistic || !p) {
    return test.label + " " + std::string(words.not_tested) +
           std::string(test_reason(reason, language));
  }
  auto text = test.label + " " + number(*statistic, 2);
  std::string degrees = df ? freedom(*df) : "";
  if (denominator)
    degrees += (degrees.empty() ? "" : std::string(words.and_df)) + freedom(*denominator);
  if (!degrees.empty()) text += std::string(words.on_df) + degrees + std::string(words.df);
  const bool tiny = *p < 0.00005;
  return text + (tiny ? ", p < " : ", p = ") + number(tiny ? 0.0001 : *p, 4);
}

}  // namespace

const TestResult& IndependenceKind::of(const RaoScott& tests, bool replicates) const {
  if (replicates && result == &RaoScott::mixture) return tests.plain_mixture;
  return tests.*result;
}

void add_table_statistics(Cell& cell, const RaoScott& tests) {
  const auto& reason = tests.second_order.reason;
  add_number(cell, "pearson_x2", "", tests.pearson, Unit::none, reason);
  add_number(cell, "likelihood_ratio_g2", "", tests.likelihood_ratio, Unit::none, reason);
  add_number(cell, "d0", "", tests.d0 > 0 ? std::optional(tests.d0) : std::nullopt, Unit::none,
             reason);
}

std::span<const IndependenceKind> independence_kinds() { return kinds_known; }

void test_independence(Table& table, const TestedTable& tested, bool several,
                       const std::vector<std::size_t>& kinds) {
  auto in_order = kinds;
  std::sort(in_order.begin(), in_order.end());
  Independence tests(table, tested, in_order);
  for (const auto& group : groups_of(table)) tests.add(group, several);
  const auto notes = independence_notes(table);
  table.notes.insert(table.notes.begin(), notes.begin(), notes.end());
}

std::vector<std::string> independence_notes(const Table& table) {
  std::vector<std::string> notes;
  std::string group;
  for (const auto& test : table.tests) {
    if (test.row == statistics_row) continue;
    if (test.group != group || notes.empty()) {
      group = test.group;
      notes.push_back(std::string(test_words_of(table.language).independence) + test.heading +
                      ": " + in_words(test, table.language));
    } else {
      notes.back() += "; " + in_words(test, table.language);
    }
  }
  for (auto& note : notes) note += ".";
  return notes;
}

}  // namespace sondeo
