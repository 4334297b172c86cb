// SPDX-License-Identifier: MIT
// --chisq, --fit and --compare.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "cli/test_calls.h"
#include "infer/cell_tests.h"
#include "infer/table_tests.h"
#include "table/domain_table.h"
#include "table/independence.h"
#include "table/stub.h"
#include "table/test_words.h"

namespace sondeo {
namespace {

class TableCall : public PartedCall<LinearEstimator> {
 protected:
  TableCall(const std::string& option, const std::vector<std::string>& names, LinearKind kind,
            EstimateSetup& setup)
      : PartedCall(setup), rules_(setup.rules()) {
    LinearRequest request;
    request.kind = kind;
    ListedLevels listed;
    for (const auto& name : names) {
      request.categories.push_back(single_category(option, name, setup));
      categories_.push_back(setup.question_of_axis(request.categories.back()));
      listed.push_back(setup.listed(request.categories.back()));
    }
    for (const auto& part : setup.parts()) {
      request.by = part.axis;
      parts_.push_back(part.questions);
      estimators_.push_back(
          std::make_unique<LinearEstimator>(plan_, request, setup.rules(), listed));
    }
  }

  DomainTable start(const std::string& id, const std::vector<std::string>& shown,
                    const EstimateContext& context) const {
    std::vector<DomainPart> parts;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const auto* each = estimators_[p].get();
      parts.push_back({&each->domains(), variables(parts_[p]),
                       [each](std::size_t d) -> const DomainSums& { return each->sums(d); },
                       [each](std::size_t d) { return each->df({d}); }});
    }
    return {id, nullptr, parts, shown, context};
  }

  // What a test makes of each domain of each part, made once.
  template <class Result, class Make>
  std::vector<std::vector<Result>> in_domains(const EstimateContext& context,
                                              const Make& make) const {
    std::vector<std::vector<Result>> results;
    for (const auto& each : estimators_) {
      auto& part = results.emplace_back();
      for (std::size_t d = 0; d < each->domains().size(); ++d)
        part.push_back(make(*each, d, freedom_of(each->df({d}), context)));
    }
    return results;
  }

  std::string names() const {
    return question(categories_[0]).name + " * " + question(categories_[1]).name;
  }

  DesignRules rules_;
  std::vector<std::size_t> categories_;
};

void add_deffs(DomainTable& table, std::size_t count, const std::string& label,
               const std::function<const std::vector<double>&(std::size_t, std::size_t)>& deffs) {
  for (std::size_t i = 0; i < count; ++i) {
    table.add(fmt::format("_deff_{}", i + 1), fmt::format("{} {}", label, i + 1),
              [&](Cell& cell, std::size_t part, std::size_t domain) {
                const auto& all = deffs(part, domain);
                add_number(cell, "generalized_deff", "",
                           i < all.size() ? std::optional(all[i]) : std::nullopt, Unit::none,
                           "not_there");
              });
  }
}

// What a test of independence rests on in each domain of a part, where cells have told it.
struct CountedPart {
  std::vector<Key> keys;
  std::vector<DomainSums> sums;
  std::vector<double> df;
  std::vector<RaoScott> tests;
};

// The answers to two questions in each domain in which somebody gave both; the columns of `cells`
// are the domain's keys and then the second question's. `whole`: there is one domain, of whoever.
std::vector<std::pair<Key, CellTable>> tables_by_domain(const Cells& cells, bool whole) {
  std::map<Key, std::vector<std::size_t>, decltype(&key_less)> domains(&key_less);
  if (whole) domains[{}];
  std::vector<std::size_t> answers;
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    if (cells.rows[i].kind == AnswerKind::category) answers.push_back(i);
  }
  for (std::size_t j = 0; j < cells.columns.size(); ++j) {
    auto key = cells.columns[j];
    if (key.kind != AnswerKind::category) continue;
    const bool empty = std::all_of(answers.begin(), answers.end(),
                                   [&](std::size_t i) { return cells.at(i, j).n == 0; });
    if (empty) continue;
    key.path.pop_back();
    key.label.clear();
    domains[key].push_back(j);
  }
  std::vector<std::pair<Key, CellTable>> tables;
  for (const auto& [key, columns] : domains) {
    auto& table = tables.emplace_back(key, CellTable{answers.size(), columns.size(), {}}).second;
    for (const auto i : answers) {
      for (const auto j : columns) table.sums.push_back(cells.at(i, j));
    }
  }
  return tables;
}

class IndependenceCall : public TableCall {
 public:
  IndependenceCall(const std::pair<std::string, std::string>& names, EstimateSetup& setup)
      : TableCall("chisq", {names.first, names.second}, LinearKind::crosstab, setup) {}

  // No cell holds residuals, nor the rank of the replicate weights of a domain.
  bool ask_cells(RequestBuilder& builder) override {
    if (rules_.calibration || rules_.replicates) return false;
    for (const auto& part : parts_) {
      // The labels of options are not told by nested cells.
      for (const auto each : part) {
        if (question(each).several()) return false;
      }
      Axis columns;
      columns.questions = part;
      columns.questions.push_back(categories_[1]);
      const auto rows = builder.add_axis({{categories_[0]}});
      builder.request.tables.push_back({rows, builder.add_axis(std::move(columns))});
    }
    return true;
  }

  void take_cells(const CountedTables& counted) override {
    Inference inference;
    inference.design = counted.design;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      auto& part = counted_.emplace_back();
      for (auto& [key, table] : tables_by_domain(counted.tables[p], parts_[p].empty())) {
        table.weighted = counted.weighted;
        const auto all = all_of(table);
        const auto base = bases(all, counted.weighted);
        auto& sums = part.sums.emplace_back();
        sums.rows = all.n;
        sums.positive_rows = static_cast<std::uint64_t>(base.n_positive);
        sums.totals = {base.weighted_n};
        sums.weight_squares = squares_of(all, counted.weighted);
        const double df = cell_freedom(all, counted.rows, counted.weighted, inference);
        part.tests.push_back(independence(table, counted.rows, counted.design,
                                          settings_.freedom.fixed.value_or(df)));
        part.df.push_back(df);
        part.keys.push_back(key);
      }
    }
  }

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    const std::vector<std::string> shown{"test", "df", "denominator_df", "p"};
    if (counted_.empty()) {
      const auto results = in_domains<RaoScott>(
          context, [&](const LinearEstimator& each, std::size_t domain, double df) {
            return independence(each, domain, rules_, df);
          });
      return {table_of(results, start(names(), shown, context), context)};
    }
    std::vector<DomainPart> parts;
    std::vector<std::vector<RaoScott>> results;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const auto& own = counted_[p];
      parts.push_back({&own.keys, variables(parts_[p]),
                       [&own](std::size_t d) -> const DomainSums& { return own.sums[d]; },
                       [&own](std::size_t d) { return own.df[d]; }});
      results.push_back(own.tests);
    }
    return {table_of(results, {names(), nullptr, parts, shown, context}, context)};
  }

 private:
  // A row for each test in `table`, by part and domain.
  Table table_of(const std::vector<std::vector<RaoScott>>& results, DomainTable table,
                 const EstimateContext& context) const {
    const auto& words = test_words_of(context.language);
    for (const auto& kind : independence_kinds()) {
      table.add(kind.row, std::string(words.*kind.label),
                [&](Cell& cell, std::size_t part, std::size_t domain) {
                  add_test(cell, "", kind.of(results[part][domain], rules_.replicates.has_value()));
                });
    }
    table.add("_statistics", std::string(words.table_statistics),
              [&](Cell& cell, std::size_t part, std::size_t domain) {
                add_table_statistics(cell, results[part][domain]);
              });
    std::size_t most = 0;
    for (const auto& part : results) {
      for (const auto& each : part) most = std::max(most, each.deffs.size());
    }
    add_deffs(table, most, std::string(words.design_effect),
              [&](std::size_t part, std::size_t domain) -> const std::vector<double>& {
                return results[part][domain].deffs;
              });
    return std::move(table.table);
  }

  std::vector<CountedPart> counted_;  // by part; none if passes were made
};

class FitCall : public TableCall {
 public:
  FitCall(const std::string& name, EstimateSetup& setup)
      : TableCall("fit", {name}, LinearKind::totals, setup) {}

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    const auto results = in_domains<GoodnessOfFit>(
        context, [&](const LinearEstimator& each, std::size_t domain, double df) {
          return fit(each, domain, shares(each), df);
        });
    auto table =
        start(question(categories_[0]).name, {"test", "df", "denominator_df", "p"}, context);
    const auto& words = test_words_of(context.language);
    const auto add = [&](const char* id, std::string_view label, TestResult GoodnessOfFit::*test) {
      table.add(id, std::string(label), [&](Cell& cell, std::size_t part, std::size_t domain) {
        add_test(cell, "", results[part][domain].*test);
      });
    };
    add("_second_order", words.second_order, &GoodnessOfFit::second_order);
    add("_satterthwaite", words.satterthwaite, &GoodnessOfFit::satterthwaite);
    add("_mixture", words.mixture, &GoodnessOfFit::mixture);
    table.add("_statistics", "Pearson", [&](Cell& cell, std::size_t part, std::size_t domain) {
      const auto& found = results[part][domain];
      add_number(cell, "pearson_x2", "", found.pearson, Unit::none, found.second_order.reason);
    });
    std::size_t most = 0;
    for (const auto& part : results) {
      for (const auto& each : part) most = std::max(most, each.deffs.size());
    }
    add_deffs(table, most, std::string(words.design_effect),
              [&](std::size_t part, std::size_t domain) -> const std::vector<double>& {
                return results[part][domain].deffs;
              });
    return {std::move(table.table)};
  }

 private:
  std::vector<double> shares(const LinearEstimator& each) const {
    const auto& levels = each.levels(0);
    const auto& given = settings_.fit_shares;
    if (given.empty()) return std::vector<double>(levels.size(), 1);
    if (given.size() != levels.size()) {
      throw Error("fit-shares",
                  fmt::format("--shares has {} numbers; {} has {} answers", given.size(),
                              question(categories_[0]).name, levels.size()),
                  "name them: --shares 'Female=52,Male=48'");
    }
    std::vector<double> result;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (given[i].first.empty()) {
        result.push_back(given[i].second);
        continue;
      }
      const auto found = std::find_if(given.begin(), given.end(), [&](const auto& share) {
        return share.first == levels[i].path[0];
      });
      if (found == given.end()) {
        throw Error("fit-shares", "--shares has no number for '" + levels[i].path[0] + "'",
                    "every answer that somebody gave needs one");
      }
      result.push_back(found->second);
    }
    return result;
  }
};

class CompareCall : public TableCall {
 public:
  CompareCall(const std::pair<std::string, std::string>& names, EstimateSetup& setup)
      : TableCall("compare", {names.first, names.second}, LinearKind::crosstab, setup) {}

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    using Pairs = std::vector<ColumnComparison>;
    const auto results =
        in_domains<Pairs>(context, [&](const LinearEstimator& each, std::size_t domain, double df) {
          return compare_columns(each, domain, settings_.adjustment, df, context.level);
        });
    auto table =
        start(names(), {"difference", "se", "ci_low", "ci_high", "p", "p_adjusted"}, context);
    const auto& words = test_words_of(context.language);
    constexpr const char* adjustments[] = {"none", "Bonferroni", "Holm", "Benjamini–Hochberg"};
    table.table.notes.push_back(std::string(words.adjust_note) +
                                adjustments[static_cast<int>(settings_.adjustment)] + ".");
    const auto& down = question(categories_[0]);
    const auto& across = question(categories_[1]);
    const auto& levels = *estimators_[0];
    const auto& rows = levels.levels(0);
    const auto& columns = levels.levels(1);
    for (const auto& row : rows) {
      for (std::size_t a = 0; a < columns.size(); ++a) {
        for (std::size_t b = a + 1; b < columns.size(); ++b) {
          table.add(fmt::format("{}:{}:{}", row_id_of(row.path[0]), columns[a].path[0],
                                columns[b].path[0]),
                    fmt::format("{}: {}{}{}", answer_label(down, row, context),
                                answer_label(across, columns[a], context), words.against,
                                answer_label(across, columns[b], context)),
                    [&](Cell& cell, std::size_t part, std::size_t domain) {
                      fill(cell, *estimators_[part], results[part][domain], row, columns[a],
                           columns[b], context);
                    });
        }
      }
    }
    return {std::move(table.table)};
  }

 private:
  void fill(Cell& cell, const LinearEstimator& estimator,
            const std::vector<ColumnComparison>& pairs, const Key& row, const Key& a, const Key& b,
            const EstimateContext&) const {
    const auto& rows = estimator.levels(0);
    const auto& columns = estimator.levels(1);
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) {
      return rows[pair.row] == row && columns[pair.a] == a && columns[pair.b] == b;
    });
    if (found == pairs.end()) {
      add_number(cell, "difference", "", std::nullopt, Unit::percent, "zero_base");
      return;
    }
    const auto& compared = found->compared;
    const auto& reason = compared.test.reason;
    const auto percent = [](std::optional<double> share) {
      return share ? std::optional(100 * *share) : share;
    };
    const auto add = [&](const char* statistic, const char* of, std::optional<double> number,
                         Unit unit) { add_number(cell, statistic, of, number, unit, reason); };
    add("difference", "", 100 * compared.difference, Unit::percent);
    add("se", "difference", percent(compared.se), Unit::percent);
    add("ci_low", "difference", percent(compared.low), Unit::percent);
    add("ci_high", "difference", percent(compared.high), Unit::percent);
    add("covariance", "difference", 1e4 * found->covariance, Unit::none);
    add_test(cell, "difference", compared.test);
    add("p_adjusted", "difference", found->adjusted, Unit::none);
  }
};

}  // namespace

std::unique_ptr<EstimateCall> independence_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<IndependenceCall>(halves("chisq", text, '*'), setup);
}

std::unique_ptr<EstimateCall> fit_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<FitCall>(text, setup);
}

std::unique_ptr<EstimateCall> compare_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<CompareCall>(halves("compare", text, '*'), setup);
}

}  // namespace sondeo
