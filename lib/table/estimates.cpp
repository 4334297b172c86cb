// SPDX-License-Identifier: MIT
#include "table/estimates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "codebook/study_question.h"
#include "infer/distribution.h"
#include "table/stub.h"
#include "table/texts.h"
#include "table/words.h"

namespace sondeo {
namespace {

const StudyCode* find_code(const StudyQuestion& study, const std::string& text) {
  const auto found = std::find_if(study.codes.begin(), study.codes.end(),
                                  [&](const auto& code) { return code.code == text; });
  return found == study.codes.end() ? nullptr : &*found;
}

std::optional<double> present(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

// Why the rules of the NCHS do not show a share, or "": fewer than 30 respondents or effective
// ones, a Korn-Graubard interval of 0.30 and more, or wider than 1.3 times the smaller of p and 1-p
// and wider than 0.05 (Parker et al. 2017, Vital and Health Statistics 2:175).
std::string unreliable(const ProportionSample& sample, double level) {
  const auto limits = proportion_limits(sample, ProportionInterval::beta, level);
  if (!limits.low || !limits.high) return "nchs_no_interval";
  const double effective = std::min(sample.n, limits.effective_n.value_or(sample.n));
  if (sample.n < 30 || effective < 30) return "nchs_n";
  const double width = *limits.high - *limits.low;
  if (width >= 0.30) return "nchs_width";
  if (width <= 0.05) return "";
  const double smaller = std::min(sample.p, 1 - sample.p);
  return smaller > 0 && width > 1.3 * smaller ? "nchs_relative_width" : "";
}

}  // namespace

double freedom_of(double domain_df, const EstimateContext& context) {
  if (context.freedom.fixed) return *context.freedom.fixed;
  return context.freedom.of_design ? context.design_df : domain_df;
}

void add_estimated(Cell& cell, const Estimated& estimated, const EstimateContext& context) {
  const bool share = estimated.unit == Unit::percent;
  const double scale = share ? 100 : 1;
  const double df = freedom_of(estimated.df, context);
  auto value = present(estimated.value);
  auto variance = present(estimated.variance);
  std::string reason = value ? "" : "zero_base";
  std::string se_reason = reason;
  if (value && !variance) se_reason = "one_unit";
  std::optional<double> low;
  std::optional<double> high;
  std::string limits_reason = se_reason;
  if (value && variance) {
    if (share) {
      const ProportionSample sample{
          *value,      std::max(0.0, *variance), df,
          estimated.n, estimated.effective_n,    estimated.logit_variance};
      const auto limits = proportion_limits(sample, context.interval, context.level);
      low = limits.low;
      high = limits.high;
      limits_reason = limits.reason;
      if (context.nchs) reason = unreliable(sample, context.level);
      if (!reason.empty()) {
        value.reset();
        low.reset();
        high.reset();
        variance.reset();
        se_reason = limits_reason = reason;
      }
    } else if (df > 0) {
      const double half = t_quantile(context.level, df) * std::sqrt(std::max(0.0, *variance));
      low = *value - half;
      high = *value + half;
      if (*variance <= 0) limits_reason = "no_variation";
    } else {
      limits_reason = "no_df";
    }
  }
  const auto& name = estimated.statistic;
  const auto add = [&](const char* statistic, std::optional<double> number, Unit unit,
                       const std::string& flag) {
    cell.values.push_back({statistic, name, number, unit, flag});
  };
  const auto scaled = [&](std::optional<double> number) {
    return number ? std::optional(scale * *number) : number;
  };
  cell.values.push_back({name, "", scaled(value), estimated.unit, reason});
  std::optional<double> se;
  if (variance) se = std::sqrt(std::max(0.0, *variance));
  add("se", scaled(se), estimated.unit, se_reason);
  add("ci_low", scaled(low), estimated.unit, limits_reason);
  add("ci_high", scaled(high), estimated.unit, limits_reason);
  add("df", std::isinf(df) ? std::nullopt : std::optional(df), Unit::none,
      std::isinf(df) ? "infinite" : "");
  const bool has_cv = se && value && *value != 0;
  add("cv", has_cv ? present(*se / std::fabs(*value)) : std::nullopt, Unit::none,
      has_cv  ? ""
      : value ? "zero_value"
              : reason);
  if (!estimated.srs_variance) return;
  const auto deff = variance ? present(*variance / *estimated.srs_variance) : std::nullopt;
  // Without replacement nothing is left of a population that the weights make smaller than the
  // sample.
  add("deff", deff, Unit::none,
      deff                                  ? ""
      : std::isnan(*estimated.srs_variance) ? "weights_below_n"
                                            : "no_variation");
}

std::vector<Column> domain_columns(const std::vector<Key>& domains,
                                   const DomainVariables& variables, std::string_view language,
                                   std::vector<std::size_t>& order) {
  order.resize(domains.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto study_of = [&](std::size_t level) { return variables.questions[level]->study; };
  const auto place = [&](const Key& key, std::size_t level) {
    const auto* study = study_of(level);
    const auto* code = study == nullptr ? nullptr : find_code(*study, key.path[level]);
    return code == nullptr ? static_cast<std::size_t>(-1)
                           : static_cast<std::size_t>(code - study->codes.data());
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto& x = domains[a];
    const auto& y = domains[b];
    for (std::size_t level = 0; level < x.path.size(); ++level) {
      const auto i = place(x, level);
      const auto j = place(y, level);
      if (i != j) return i < j;
      if (x.path[level] != y.path[level]) return a < b;
    }
    return false;
  });
  std::vector<Column> columns;
  for (const auto i : order) {
    const auto& key = domains[i];
    Column column;
    for (std::size_t level = 0; level < key.path.size(); ++level) {
      const auto* study = study_of(level);
      const auto& text = key.path[level];
      const auto& name = variables.questions[level]->name;
      column.id += (level == 0 ? "" : ">") + name + "=" + text;
      column.path.push_back(study == nullptr ? name : label_of(*study, language));
      const auto* code = study == nullptr ? nullptr : find_code(*study, text);
      const bool named = key.path.size() == 1 && !key.label.empty();
      column.path.push_back(code != nullptr ? label_of(*code, language)
                            : named         ? key.label
                                            : shown_text(text, language));
    }
    if (key.path.empty()) {
      column.id = "_total";
      column.label = words_of(language).total;
    } else {
      column.label = column.path.back();
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

void mark_bases(Table& table) {
  if (table.rows.empty() || table.rows[0].kind != RowKind::base) return;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    for (auto& value : table.rows[0].cells[j].values) {
      if (value.statistic == "n" && table.synthetic) value.flag = "synthetic";
      if (value.statistic != "effective_n" || !value.number) continue;
      if (*value.number >= table.low_base) continue;
      const bool very = *value.number < table.very_low_base;
      table.columns[j].mark = very ? BaseMark::very_low : BaseMark::low;
      value.flag = very ? "very_low_base" : "low_base";
    }
  }
}

Table estimate_table(std::string id, const EstimateContext& context) {
  Table table;
  table.id = table.title = std::move(id);
  table.filter = context.filter;
  table.weight = context.weight;
  table.weight_label = context.weight_label;
  table.language = context.language;
  table.synthetic = context.synthetic;
  table.level = context.level;
  table.base = words_of(context.language).all_answered;
  if (context.synthetic) table.notes.emplace_back(words_of(context.language).synthetic);
  if (!context.design.empty())
    table.notes.push_back(std::string(words_of(context.language).design_note) + context.design +
                          ".");
  table.notes.insert(table.notes.end(), context.notes.begin(), context.notes.end());
  return table;
}

void add_base(Cell& cell, const DomainSums& sums, double df, const EstimateContext& context) {
  const auto add = [&](const char* statistic, std::optional<double> number, Unit unit) {
    cell.values.push_back({statistic, "", number, unit, number ? "" : "zero_base"});
  };
  const double weight = sums.totals[0];
  add("n", static_cast<double>(sums.rows), Unit::respondents);
  add("n_positive", static_cast<double>(sums.positive_rows), Unit::respondents);
  add("weighted_n", weight, Unit::weighted);
  std::optional<double> effective;
  if (sums.weight_squares > 0) effective = weight * weight / sums.weight_squares;
  add("effective_n", effective, Unit::respondents);
  add("deff",
      effective ? std::optional(static_cast<double>(sums.positive_rows) / *effective)
                : std::nullopt,
      Unit::none);
  const double freedom = freedom_of(df, context);
  cell.values.push_back(
      {"df", "", present(freedom), Unit::none, std::isinf(freedom) ? "infinite" : ""});
}

}  // namespace sondeo
