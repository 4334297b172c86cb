// SPDX-License-Identifier: MIT
#include "table/weight_report.h"

#include <algorithm>
#include <cmath>

#include "codebook/crossed.h"
#include "table/weight_words.h"

namespace sondeo {
namespace {

constexpr double under_sampled_from = 1.25;  // target / sample
constexpr std::size_t most_extremes = 3;

std::string counted(std::size_t n, const OneOrMany& noun) {
  return std::to_string(n) + " " + std::string(noun.of(n));
}

std::string method_name(const WeightingPlan& plan, const WeightWords& words) {
  std::string name;
  if (plan.rows.participation.respondent) {
    name = words.nonresponse;
    if (plan.classes.empty()) {
      name += words.one_class;
    } else {
      std::vector<std::string> names;
      for (const auto v : plan.classes)
        names.push_back(plan.rows.source->name(plan.rows.variables[v].variable));
      name += std::string(words.classes_of) + crossed(names);
    }
  }
  if (!plan.has_targets()) return name;
  std::size_t margins = 0;
  std::size_t cells = 0;
  std::size_t numbers = 0;
  for (const auto& each : plan.targets) {
    margins = std::max(margins, each.margins.size());
    numbers = std::max(numbers, each.numbers.size());
    std::size_t sum = 0;
    for (const auto& margin : each.margins) sum += margin.cells.size();
    cells = std::max(cells, sum);
  }
  const auto method = static_cast<std::size_t>(plan.options.method);
  name += name.empty() ? std::string(words.methods[method])
                       : std::string(words.then) + std::string(words.methods_within[method]);
  if (margins > 0)
    name += std::string(words.to) + counted(margins, words.margin) + " (" +
            counted(cells, words.cell) + ")";
  if (numbers > 0)
    name += std::string(margins > 0 ? words.and_also : words.to) + counted(numbers, words.total);
  if (plan.segment) name += std::string(words.in) + counted(plan.targets.size(), words.segment);
  return name;
}

ReportSegment report_segment(const Fit& fit) {
  ReportSegment segment;
  segment.name = fit.segment;
  segment.iterations = fit.iterations;
  segment.converged = fit.converged;
  segment.gap = fit.gap.relative;
  segment.advice = fit.advice;
  for (const auto& margin : fit.margins) {
    ReportMargin out{margin.name, margin.number, {}};
    // Where a margin leaves people alone, its shares are of the others.
    CellFit sum;
    for (const auto& cell : margin.cells) {
      sum.target += cell.target;
      sum.before += cell.before;
      sum.after += cell.after;
    }
    for (const auto& cell : margin.cells) {
      ReportCell each{cell.category, cell.n, cell.target, cell.before, cell.after, {}, {}, {},
                      false};
      if (!margin.number) {
        each.target_share = cell.target / sum.target;
        each.sample_share = cell.before / sum.before;
        each.weighted_share = cell.after / sum.after;
        each.under_sampled = *each.target_share >= under_sampled_from * *each.sample_share;
        segment.gap_points = std::max(segment.gap_points,
                                      100 * std::fabs(*each.weighted_share - *each.target_share));
      }
      out.cells.push_back(std::move(each));
    }
    segment.margins.push_back(std::move(out));
  }
  const auto& worst = segment.margins[std::min(fit.gap.margin, segment.margins.size() - 1)];
  segment.worst = worst.name;
  if (!worst.number)
    segment.worst += " × " + worst.cells[std::min(fit.gap.cell, worst.cells.size() - 1)].category;
  return segment;
}

std::vector<ReportProfile> report_extremes(const WeightingPlan& plan, const Profiles& profiles,
                                           const WeightRule& rule, const WeightWords& words) {
  std::vector<ReportProfile> all;
  if (plan.by_unit() || plan.rows.variables.empty()) return all;
  const auto bases = plan.rows.bases();
  double sum = 0;
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    if (profiles.n_positive[p] == 0) continue;
    const auto total = rule.weight(profiles.base[p * bases], p, nullptr);
    sum += total;
    ReportProfile profile{"", profiles.n_positive[p],
                          total / static_cast<double>(profiles.n_positive[p]), total};
    for (std::size_t v = 0; v < plan.rows.variables.size(); ++v) {
      const auto name =
          plan.rows.source->category_of(plan.rows.variables[v].variable, profiles.name(p, v));
      profile.name += (v == 0 ? "" : " · ") +
                      plan.rows.source->name(plan.rows.variables[v].variable) + " " +
                      (name.empty() ? std::string(words.no_answer) : name);
    }
    all.push_back(std::move(profile));
  }
  for (auto& profile : all) profile.share = profile.share / sum;
  std::stable_sort(all.begin(), all.end(), [](const ReportProfile& a, const ReportProfile& b) {
    return a.weight > b.weight;
  });
  if (all.size() > most_extremes) all.resize(most_extremes);
  return all;
}

}  // namespace

WeightReport report_weighting(const WeightingPlan& plan, const Profiles& profiles,
                              const Weighting& weighting, const std::string& language) {
  const auto& words = weight_words_of(language);
  WeightReport report;
  report.language = language;
  report.method = method_name(plan, words);
  report.converged = weighting.converged();
  report.tolerance = plan.options.stopping.tolerance;
  for (const auto& fit : weighting.fits) report.segments.push_back(report_segment(fit));
  for (const auto& each : weighting.classes) {
    report.classes.push_back({each.name, each.n, each.eligible, each.respondents,
                              each.respondents > 0 ? each.eligible / each.respondents : 0});
  }
  report.extremes = report_extremes(plan, profiles, weighting.rules[0], words);
  report.replicates = weighting.rules.size() - 1;
  report.notes = weighting.notes;
  return report;
}

ReportWeights report_weights(const WeightDistribution& distribution, const ValueSums& ratios) {
  ReportWeights weights;
  weights.n = distribution.n();
  weights.zero = distribution.zero();
  if (weights.n == 0) return weights;
  weights.sum = distribution.sum();
  weights.mean = weights.sum / static_cast<double>(weights.n);
  weights.deff = distribution.deff();
  weights.cv = std::sqrt(std::max(0.0, weights.deff - 1));
  weights.effective_n = distribution.effective_n();
  weights.least = distribution.least();
  weights.largest = distribution.largest();
  weights.p5 = distribution.quantile(0.05);
  weights.median = distribution.quantile(0.5);
  weights.p95 = distribution.quantile(0.95);
  if (ratios.sums.n > 0) weights.ratios = ratios;
  return weights;
}

}  // namespace sondeo
