// SPDX-License-Identifier: MIT
// --chisq, --fit and --compare.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/test_calls.h"
#include "infer/table_tests.h"
#include "table/domain_table.h"
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

class IndependenceCall : public TableCall {
 public:
  IndependenceCall(const std::pair<std::string, std::string>& names, EstimateSetup& setup)
      : TableCall("chisq", {names.first, names.second}, LinearKind::crosstab, setup) {}

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    const auto results = in_domains<RaoScott>(
        context, [&](const LinearEstimator& each, std::size_t domain, double df) {
          return independence(each, domain, rules_, df);
        });
    auto table = start(names(), {"test", "df", "denominator_df", "p"}, context);
    const auto& words = test_words_of(context.language);
    const auto add = [&](const char* id, std::string_view label, TestResult RaoScott::*test) {
      table.add(id, std::string(label), [&](Cell& cell, std::size_t part, std::size_t domain) {
        add_test(cell, "", results[part][domain].*test);
      });
    };
    add("_second_order", words.second_order, &RaoScott::second_order);
    add("_likelihood_ratio", words.likelihood_ratio, &RaoScott::second_order_likelihood);
    add("_first_order", words.first_order, &RaoScott::first_order);
    // The replicates' variance is taken as known, as R takes it.
    add("_mixture", words.mixture,
        rules_.replicates ? &RaoScott::plain_mixture : &RaoScott::mixture);
    add("_wald", words.wald, &RaoScott::wald);
    add("_adjusted_wald", words.adjusted_wald, &RaoScott::adjusted_wald);
    table.add("_statistics", std::string(words.table_statistics),
              [&](Cell& cell, std::size_t part, std::size_t domain) {
                const auto& found = results[part][domain];
                const auto& reason = found.second_order.reason;
                const bool any = found.d0 > 0;
                add_number(cell, "pearson_x2", "", found.pearson, Unit::none, reason);
                add_number(cell, "likelihood_ratio_g2", "", found.likelihood_ratio, Unit::none,
                           reason);
                add_number(cell, "d0", "", any ? std::optional(found.d0) : std::nullopt, Unit::none,
                           reason);
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
