// SPDX-License-Identifier: MIT
// --quantile and --imputed.
#include <fmt/core.h>

#include <cmath>

#include "cli/list_option.h"
#include "cli/test_calls.h"
#include "infer/imputation.h"
#include "infer/quantile_estimator.h"
#include "table/domain_table.h"
#include "table/test_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

class QuantileCall : public PartedCall<QuantileEstimator> {
 public:
  bool takes_calibration() const override { return false; }

  QuantileCall(const std::vector<std::string>& names, EstimateSetup& setup) : PartedCall(setup) {
    if (!settings_.quantile_interval && !setup.rules().replicates)
      throw UsageError("--quantile-interval replicates needs replicate weights: --replicates");
    if (!settings_.quantile_interval && settings_.quantile_rule > QuantileRule::hf3)
      throw UsageError("--quantile-interval replicates takes the rules math, school and hf3");
    std::vector<std::size_t> numbers;
    for (const auto& name : names) numbers.push_back(setup.number(name));
    for (std::size_t v = 0; v < numbers.size(); ++v) {
      QuantileRequest request;
      request.rows.numbers = numbers;
      std::swap(request.rows.numbers[0], request.rows.numbers[v]);
      request.shares = settings_.quantile_shares;
      request.rule = settings_.quantile_rule;
      request.by_replicates = !settings_.quantile_interval;
      numbers_.push_back(setup.question_of_number(numbers[v]));
      for (const auto& part : setup.parts()) {
        request.rows.by = part.axis;
        if (v == 0) parts_.push_back(part.questions);
        estimators_.push_back(std::make_unique<QuantileEstimator>(plan_, request, setup.rules()));
      }
    }
  }

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    std::vector<Table> result;
    for (std::size_t v = 0; v < numbers_.size(); ++v) {
      const auto* estimators = estimators_.data() + v * parts_.size();
      std::vector<DomainPart> parts;
      for (std::size_t p = 0; p < parts_.size(); ++p) {
        const auto* each = estimators[p].get();
        parts.push_back({&each->domains(), variables(parts_[p]),
                         [each](std::size_t d) -> const DomainSums& { return each->sums(d); },
                         [each](std::size_t d) { return each->df(d); }});
      }
      const auto& number = question(numbers_[v]);
      DomainTable table(number.name, &number, parts, {"quantile", "se", "ci_low", "ci_high"},
                        context);
      for (std::size_t i = 0; i < settings_.quantile_shares.size(); ++i) {
        const double share = settings_.quantile_shares[i];
        table.add(fmt::format("_quantile_{}", share),
                  fmt::format("{} {}{}", test_words_of(context.language).quantile, 100 * share,
                              words_of(context.language).percent),
                  [&](Cell& cell, std::size_t part, std::size_t domain) {
                    fill(cell, *estimators[part], domain, i, context);
                  });
      }
      result.push_back(std::move(table.table));
    }
    return result;
  }

 private:
  void fill(Cell& cell, const QuantileEstimator& estimator, std::size_t domain, std::size_t i,
            const EstimateContext& context) const {
    const double df = freedom_of(estimator.df(domain), context);
    const auto interval = settings_.quantile_interval.value_or(ProportionInterval::mean);
    const auto found = estimator.result(domain, i, interval, context.level, df);
    const auto add = [&](const char* statistic, const char* of, std::optional<double> number,
                         Unit unit) {
      add_number(cell, statistic, of, number, unit, found.reason);
    };
    add("quantile", "", found.value, Unit::value);
    add("se", "quantile", found.se, Unit::value);
    add("ci_low", "quantile", found.low, Unit::value);
    add("ci_high", "quantile", found.high, Unit::value);
    add_number(cell, "df", "quantile", df, Unit::none, std::isinf(df) ? "infinite" : "no_df");
    if (!settings_.quantile_interval || !found.value) return;
    const auto percent = [](std::optional<double> share) {
      return share ? std::optional(100 * *share) : share;
    };
    add("cumulative_percent", "", percent(found.reached), Unit::percent);
    add("se", "cumulative_percent", percent(std::sqrt(found.reached_variance)), Unit::percent);
    add("ci_low", "cumulative_percent", percent(found.reached_low), Unit::percent);
    add("ci_high", "cumulative_percent", percent(found.reached_high), Unit::percent);
  }

  std::vector<std::size_t> numbers_;
};

class ImputedCall : public PartedCall<LinearEstimator> {
 public:
  ImputedCall(const std::vector<std::string>& names, EstimateSetup& setup) : PartedCall(setup) {
    if (names.size() < 2)
      throw UsageError("--imputed takes the names of two or more completed copies");
    for (const auto& part : setup.parts()) {
      parts_.push_back(part.questions);
      for (const auto& name : names) {
        LinearRequest request;
        request.numbers = {setup.number(name)};
        request.by = part.axis;
        if (parts_.size() == 1) numbers_.push_back(setup.question_of_number(request.numbers[0]));
        estimators_.push_back(std::make_unique<LinearEstimator>(plan_, request, setup.rules()));
      }
    }
  }

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    std::vector<DomainPart> parts;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const auto* first = copies(p)[0].get();
      parts.push_back({&first->domains(), variables(parts_[p]),
                       [first](std::size_t d) -> const DomainSums& { return first->sums(d); },
                       [first](std::size_t d) { return first->df({d}); }});
      for (std::size_t i = 1; i < numbers_.size(); ++i) {
        if (copies(p)[i]->domains() == first->domains()) continue;
        throw Error("imputed-domains", "the copies of a number are answered in different domains",
                    "multiple imputation fills every copy");
      }
    }
    std::string id;
    for (const auto number : numbers_) id += (id.empty() ? "" : ",") + question(number).name;
    DomainTable table(id, nullptr, parts, {"mean", "se", "ci_low", "ci_high", "df"}, context);
    const auto& words = test_words_of(context.language);
    table.add("_mean", std::string(words.imputed_mean),
              [&](Cell& cell, std::size_t part, std::size_t domain) {
                fill(cell, copies(part), domain, context);
              });
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      table.add(fmt::format("_imputation_{}", i + 1),
                fmt::format("{} {}", words.imputation, question(numbers_[i]).name),
                [&](Cell& cell, std::size_t part, std::size_t domain) {
                  const auto& copy = *copies(part)[i];
                  add_number(cell, "mean", "", copy.value(domain, 0), Unit::value, "zero_base");
                  add_number(cell, "se", "mean", std::sqrt(copy.variances(domain)[0]), Unit::value,
                             "zero_base");
                });
    }
    return {std::move(table.table)};
  }

 private:
  const std::unique_ptr<LinearEstimator>* copies(std::size_t part) const {
    return estimators_.data() + part * numbers_.size();
  }

  void fill(Cell& cell, const std::unique_ptr<LinearEstimator>* each, std::size_t domain,
            const EstimateContext& context) const {
    std::vector<ImputedEstimate> estimates;
    double complete = 0;
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      estimates.push_back({each[i]->value(domain, 0), each[i]->variances(domain)[0]});
      const double df = freedom_of(each[i]->df({domain}), context);
      complete = i == 0 ? df : std::min(complete, df);
    }
    const auto found = combine_imputed(estimates, complete);
    Estimated estimated;
    estimated.statistic = "mean";
    estimated.value = found.value;
    estimated.variance = found.variance;
    estimated.df = found.df;
    auto own = context;
    own.freedom = {};  // --df is that of the complete data
    add_estimated(cell, estimated, own);
    const auto add = [&](const char* statistic, double number, Unit unit) {
      add_number(cell, statistic, "mean", number, unit, "zero_base");
    };
    add("within_variance", found.within, Unit::value);
    add("between_variance", found.between, Unit::value);
    add("variance_increase", found.increase, Unit::none);
    add("missing_information", found.missing, Unit::none);
    add_number(cell, "df_rubin", "mean", found.df_rubin, Unit::none,
               std::isinf(found.df_rubin) ? "infinite" : "zero_base");
  }

  std::vector<std::size_t> numbers_;
};

}  // namespace

std::unique_ptr<EstimateCall> quantile_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<QuantileCall>(name_list(text), setup);
}

std::unique_ptr<EstimateCall> imputed_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<ImputedCall>(name_list(text), setup);
}

}  // namespace sondeo
