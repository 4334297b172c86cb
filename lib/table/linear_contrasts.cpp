// SPDX-License-Identifier: MIT
// Contrasts between domains or variables, and the covariance that they rest on.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "infer/contrast.h"
#include "infer/distribution.h"
#include "table/estimates.h"
#include "table/stub.h"
#include "table/words.h"

namespace sondeo {
namespace {

using Place = std::pair<std::size_t, std::size_t>;  // domain and statistic

// Estimates that contrasts may name: one statistic in all domains, or several in one.
struct Family {
  std::string id;  // of the tables, before ":contrasts"
  const LinearEstimator* estimator = nullptr;
  std::vector<std::string> names;   // what a contrast calls them
  std::vector<std::string> labels;  // or else
  std::vector<Column> columns;
  std::vector<Place> places;
  bool share = false;
};

Value number(const char* statistic, const char* of, double value, Unit unit) {
  const bool there = std::isfinite(value);
  return {statistic, of, there ? std::optional(value) : std::nullopt, unit,
          there ? "" : "no_value"};
}

std::size_t find_name(const Family& family, const std::string& name) {
  for (const auto* list : {&family.names, &family.labels}) {
    const auto found = std::find(list->begin(), list->end(), name);
    if (found != list->end()) return static_cast<std::size_t>(found - list->begin());
  }
  const auto close = nearest(name, family.names);
  std::string hint = close.empty() ? "" : "did you mean '" + excerpt(close) + "'?";
  if (hint.empty()) {
    for (const auto& each : family.names) {
      if (hint.size() < 200) hint += (hint.empty() ? "there are " : ", ") + excerpt(each, 24);
    }
  }
  throw Error("contrast", "'" + excerpt(name) + "' is no estimate of " + excerpt(family.id), hint);
}

Row contrast_row(const Family& family, const Contrast& contrast, std::size_t position,
                 const EstimateContext& context) {
  std::vector<Place> places;
  std::vector<double> values;
  for (const auto& name : contrast.names()) {
    places.push_back(family.places[find_name(family, name)]);
    values.push_back(family.estimator->value(places.back().first, places.back().second));
  }
  const auto covariance = family.estimator->covariance(places);
  std::vector<double> gradient;
  const double value = contrast.value(values, gradient);
  double variance = 0;
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    for (std::size_t j = 0; j < gradient.size(); ++j)
      variance += gradient[i] * gradient[j] * covariance.at(i, j);
  }
  const double se = std::sqrt(std::max(0.0, variance));
  // Of all domains together: those compared are parts of one analysis.
  std::vector<std::size_t> all(family.estimator->domains().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const double df = freedom_of(family.estimator->df(all), context);
  const double scale = family.share ? 100 : 1;
  const auto unit = family.share ? Unit::percent : Unit::value;
  Row row;
  row.id = "contrast" + std::to_string(position + 1);
  row.label = contrast.text();
  auto& cell = row.cells.emplace_back().values;
  cell.push_back(number("difference", "", scale * value, unit));
  cell.push_back(number("se", "difference", scale * se, unit));
  const double half = df > 0 ? t_quantile(context.level, df) * se : std::nan("");
  cell.push_back(number("ci_low", "difference", scale * (value - half), unit));
  cell.push_back(number("ci_high", "difference", scale * (value + half), unit));
  cell.push_back(number("df", "difference", df, Unit::none));
  if (std::isinf(df)) cell.back().flag = "infinite";
  const double t = value / se;
  cell.push_back(number("test", "difference", t, Unit::none));
  cell.push_back(number("p", "difference",
                        df > 0 && std::isfinite(t) ? t_two_sided(t, df) : std::nan(""),
                        Unit::none));
  return row;
}

Table covariance_table(const Family& family, const EstimateContext& context) {
  auto table = estimate_table(family.id + ":covariance", context);
  table.columns = family.columns;
  table.shown = {"covariance"};
  const auto matrix = family.estimator->covariance(family.places);
  const double scale = family.share ? 1e4 : 1;
  for (std::size_t i = 0; i < family.places.size(); ++i) {
    Row row;
    row.id = row_id_of(family.columns[i].id);
    row.label = column_path(family.columns[i]);
    for (std::size_t j = 0; j < family.places.size(); ++j) {
      row.cells.push_back({{number("covariance", "", scale * matrix.at(i, j), Unit::value)}});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string level_name(const Question& question, const Key& key) {
  return question.name + ":" + key.path[0];
}

// One statistic in all domains of a part: for each number, each level, the ratio.
std::vector<Family> families_of_domains(const LinearPart& part,
                                        const std::vector<const Question*>& numbers,
                                        const std::vector<const Question*>& categories,
                                        const EstimateContext& context) {
  std::vector<Family> families;
  const auto& statistics = part.estimator->statistics();
  std::vector<std::size_t> order;
  const auto columns =
      domain_columns(part.estimator->domains(), part.variables, context.language, order);
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    const auto& statistic = statistics[s];
    Family family;
    family.estimator = part.estimator;
    family.share = statistic.measure == Measure::share;
    switch (statistic.measure) {
      case Measure::mean:
      case Measure::total:
        family.id = numbers[statistic.a]->name;
        break;
      case Measure::ratio:
        family.id = numbers[0]->name + "/" + numbers[1]->name;
        break;
      case Measure::share:
        family.id = level_name(*categories[statistic.variable],
                               part.estimator->levels(statistic.variable)[statistic.a]);
        break;
      default:
        continue;
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto& key = part.estimator->domains()[order[i]];
      std::string name;
      for (const auto& text : key.path) name += (name.empty() ? "" : ">") + text;
      family.names.push_back(name);
      family.labels.push_back(columns[i].label);
      family.columns.push_back(columns[i]);
      family.places.emplace_back(order[i], s);
    }
    families.push_back(std::move(family));
  }
  return families;
}

// All numbers of a call (or all levels of a category) in everybody.
std::vector<Family> families_of_variables(const LinearPart& part,
                                          const std::vector<const Question*>& numbers,
                                          const std::vector<const Question*>& categories) {
  std::vector<Family> families(numbers.empty() ? 0 : 1);
  for (const auto* category : categories)
    families.push_back({category->name, {}, {}, {}, {}, {}, true});
  const auto& statistics = part.estimator->statistics();
  const auto add = [&](Family& family, const std::string& name, std::size_t s) {
    family.estimator = part.estimator;
    family.names.push_back(name);
    Column column;
    column.id = column.label = name;
    family.columns.push_back(std::move(column));
    family.places.emplace_back(0, s);
  };
  for (std::size_t s = 0; s < statistics.size(); ++s) {
    const auto& statistic = statistics[s];
    if (statistic.measure == Measure::mean || statistic.measure == Measure::total) {
      auto& family = families[0];
      const auto& name = numbers[statistic.a]->name;
      family.id += (family.id.empty() ? "" : ",") + name;
      add(family, name, s);
    } else if (statistic.measure == Measure::share) {
      auto& family = families[(numbers.empty() ? 0 : 1) + statistic.variable];
      add(family, part.estimator->levels(statistic.variable)[statistic.a].path[0], s);
    }
  }
  std::erase_if(families, [](const Family& family) { return family.places.empty(); });
  return families;
}

}  // namespace

std::vector<Table> contrast_tables(const std::vector<const Question*>& numbers,
                                   const std::vector<const Question*>& categories,
                                   const std::vector<LinearPart>& parts,
                                   const std::vector<std::string>& contrasts, bool covariance,
                                   const EstimateContext& context) {
  std::vector<Table> tables;
  for (const auto& part : parts) {
    const bool everybody = part.variables.questions.empty();
    // Beside domains, everybody is not a domain to compare.
    if (everybody && parts.size() > 1) continue;
    const auto families = everybody ? families_of_variables(part, numbers, categories)
                                    : families_of_domains(part, numbers, categories, context);
    for (const auto& family : families) {
      if (!contrasts.empty()) {
        auto table = estimate_table(family.id + ":contrasts", context);
        table.shown = {"difference", "se", "ci_low", "ci_high", "df", "p"};
        Column total;
        total.id = "_total";
        total.label = words_of(context.language).difference;
        table.columns.push_back(std::move(total));
        for (std::size_t i = 0; i < contrasts.size(); ++i)
          table.rows.push_back(contrast_row(family, Contrast(contrasts[i]), i, context));
        tables.push_back(std::move(table));
      }
      if (covariance) tables.push_back(covariance_table(family, context));
    }
  }
  return tables;
}

}  // namespace sondeo
