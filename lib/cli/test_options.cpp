// SPDX-License-Identifier: MIT
#include "cli/test_options.h"

#include "base/text.h"
#include "cli/estimators.h"
#include "cli/list_option.h"

namespace sondeo {
namespace {

// "52,48" or "Female=52,Male=48".
std::vector<std::pair<std::string, double>> fit_shares(const std::string& text) {
  std::vector<std::pair<std::string, double>> result;
  for (const auto& part : name_list(text)) {
    const auto sign = part.rfind('=');
    const auto name = sign == std::string::npos ? "" : std::string(trim(part.substr(0, sign)));
    const auto number = sign == std::string::npos ? part : std::string(trim(part.substr(sign + 1)));
    result.emplace_back(name, number_option("shares", number, 1e-300, 1e300));
  }
  return result;
}

}  // namespace

void TestOptions::declare(Tool& tool) {
  tool.option("at", at, "SHARES", "of --quantile, such as 0.25,0.5,0.75");
  tool.option("rule", rule, "math|school|hf1|...|hf9", "of --quantile");
  tool.option("quantile-interval", quantile_interval,
              "mean|logit|asin|beta|wilson|likelihood|replicates",
              "limits of --quantile: from those of the cumulative share, or from replicates");
  tool.option("shares", shares, "LIST", "of --fit: 52,48 in order of the answers, or F=52,M=48");
  tool.option("rank-test", rank_test, "wilcoxon|kruskal-wallis|van-der-waerden|median",
              "scores of --ranktest");
  tool.option("ttest-df", t_df, "design|minus-one",
              "degrees of freedom of --ttest: the design's, or one fewer (R's svyttest)");
  tool.option("adjust", adjust, "none|bonferroni|holm|bh",
              "of the p-values of --compare, within a row");
}

void TestOptions::apply(EstimateSettings& settings) const {
  settings.quantile_shares.clear();
  for (const auto& share : name_list(at))
    settings.quantile_shares.push_back(number_option("at", share, 0, 1));
  const auto named_rule = quantile_rule_named(rule);
  if (!named_rule) {
    word_option("rule", rule,
                {"math", "school", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"});
  }
  settings.quantile_rule = *named_rule;
  settings.quantile_interval = proportion_interval_named(quantile_interval);
  if (!settings.quantile_interval && quantile_interval != "replicates") {
    word_option("quantile-interval", quantile_interval,
                {"mean", "logit", "asin", "beta", "wilson", "likelihood", "replicates"});
  }
  const auto named_test = rank_test_named(rank_test);
  if (!named_test) {
    word_option("rank-test", rank_test,
                {"wilcoxon", "kruskal-wallis", "van-der-waerden", "median"});
  }
  settings.rank_test = *named_test;
  settings.t_minus_one = word_option("ttest-df", t_df, {"design", "minus-one"}) == 1;
  const auto named_adjustment = adjustment_named(adjust);
  if (!named_adjustment) word_option("adjust", adjust, {"none", "bonferroni", "holm", "bh"});
  settings.adjustment = *named_adjustment;
  if (!shares.empty()) settings.fit_shares = fit_shares(shares);
}

}  // namespace sondeo
