// SPDX-License-Identifier: MIT
// --ttest and --ranktest.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "cli/test_calls.h"
#include "infer/group_test.h"
#include "infer/rank_estimator.h"
#include "table/domain_table.h"
#include "table/test_words.h"

namespace sondeo {
namespace {

void add_compared(Cell& cell, const ComparedMeans& compared) {
  const auto& reason = compared.test.reason;
  add_number(cell, "difference", "", compared.difference, Unit::value, "zero_base");
  add_number(cell, "se", "difference", compared.se, Unit::value, reason);
  add_number(cell, "ci_low", "difference", compared.low, Unit::value, reason);
  add_number(cell, "ci_high", "difference", compared.high, Unit::value, reason);
  add_test(cell, "difference", compared.test);
}

// What the domains of one part of --by have: a difference of means, and whose it is.
struct Differences {
  struct Each {
    double difference = std::nan("");
    double variance = std::nan("");
    double df = 0;
    DomainSums sums;  // counts and weights alone
  };
  std::vector<Key> domains;
  std::vector<Each> each;
};

void add_counts(DomainSums& all, const DomainSums& sums) {
  all.rows += sums.rows;
  all.positive_rows += sums.positive_rows;
  all.totals.resize(1);
  all.totals[0] += sums.totals[0];
  all.weight_squares += sums.weight_squares;
}

// Two means of one number: their domains differ in the group alone, which is the last of the path.
Differences between_groups(const LinearEstimator& estimator, const std::string& name) {
  std::vector<std::string> groups;
  for (const auto& key : estimator.domains()) {
    const auto& group = key.path.back();
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
  }
  if (groups.size() > 2) {
    throw Error("t-test-groups",
                fmt::format("a t test compares two groups; {} has {}", name, groups.size()),
                "choose two with --where, or compare all by --ranktest or --regress");
  }
  Differences result;
  std::vector<std::vector<std::size_t>> members;
  const auto& all = estimator.domains();
  for (std::size_t d = 0; d < all.size(); ++d) {
    auto key = all[d];
    key.path.pop_back();
    key.label.clear();
    auto found = std::find(result.domains.begin(), result.domains.end(), key);
    if (found == result.domains.end()) {
      result.domains.push_back(key);
      members.emplace_back();
      found = result.domains.end() - 1;
    }
    members[static_cast<std::size_t>(found - result.domains.begin())].push_back(d);
  }
  for (auto& two : members) {
    auto& each = result.each.emplace_back();
    for (const auto d : two) add_counts(each.sums, estimator.sums(d));
    each.df = estimator.df(two);
    if (two.size() < 2) continue;
    if (all[two[0]].path.back() != groups[0]) std::swap(two[0], two[1]);
    each.difference = estimator.value(two[1], 0) - estimator.value(two[0], 0);
    if (std::isnan(each.difference)) continue;
    const auto spread = estimator.covariance({{two[0], 0}, {two[1], 0}});
    each.variance = spread.at(0, 0) + spread.at(1, 1) - 2 * spread.at(0, 1);
  }
  return result;
}

// The mean of one number less `null`, or less the mean of the second.
Differences within(const LinearEstimator& estimator, bool paired, double null) {
  Differences result;
  result.domains = estimator.domains();
  for (std::size_t d = 0; d < result.domains.size(); ++d) {
    auto& each = result.each.emplace_back();
    add_counts(each.sums, estimator.sums(d));
    each.df = estimator.df({d});
    each.difference = estimator.value(d, 0) - (paired ? estimator.value(d, 1) : null);
    if (std::isnan(each.difference)) continue;
    if (!paired) {
      each.variance = estimator.covariance({{d, 0}}).at(0, 0);
      continue;
    }
    const auto spread = estimator.covariance({{d, 0}, {d, 1}});
    each.variance = spread.at(0, 0) + spread.at(1, 1) - 2 * spread.at(0, 1);
  }
  return result;
}

class TTestCall : public PartedCall<LinearEstimator> {
 public:
  TTestCall(const std::string& text, EstimateSetup& setup) : PartedCall(setup), text_(text) {
    LinearRequest request;
    std::optional<std::size_t> group;
    if (contains_sign(text, '=')) {
      const auto [name, number] = halves("ttest", text, '=');
      null_ = parse_number(number);
      if (!null_) throw UsageError("--ttest wants a number behind =, not '" + number + "'");
      request.numbers = {setup.number(name)};
    } else if (contains_sign(text, '-')) {
      const auto [first, second] = halves("ttest", text, '-');
      request.numbers = {setup.number(first), setup.number(second)};
      paired_ = true;
    } else {
      const auto [name, by] = number_by_group("ttest", text);
      request.numbers = {setup.number(name)};
      group = single_category("ttest", by, setup);
      group_ = setup.question_of_axis(*group);
    }
    const auto parts = setup.parts();
    for (const auto& part : parts) {
      request.by = group ? setup.nested(part, *group) : part.axis;
      parts_.push_back(part.questions);
      estimators_.push_back(std::make_unique<LinearEstimator>(plan_, request, setup.rules()));
    }
  }

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    std::vector<Differences> found;
    for (const auto& each : estimators_) {
      found.push_back(group_ ? between_groups(*each, question(*group_).name)
                             : within(*each, paired_, null_.value_or(0)));
    }
    std::vector<DomainPart> parts;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const auto& part = found[p];
      parts.push_back({&part.domains, variables(parts_[p]),
                       [&part](std::size_t d) -> const DomainSums& { return part.each[d].sums; },
                       [&part](std::size_t d) { return part.each[d].df; }});
    }
    DomainTable table(text_, nullptr, parts, {"difference", "se", "ci_low", "ci_high", "test", "p"},
                      context);
    table.add("_difference", std::string(test_words_of(context.language).difference),
              [&](Cell& cell, std::size_t part, std::size_t domain) {
                const auto& each = found[part].each[domain];
                const double df = freedom_of(each.df, context) - (settings_.t_minus_one ? 1 : 0);
                add_compared(cell,
                             compare_means(each.difference, each.variance, df, context.level));
              });
    return {std::move(table.table)};
  }

 private:
  static bool contains_sign(const std::string& text, char sign) {
    bool quoted = false;
    return std::any_of(text.begin(), text.end(), [&](char c) {
      quoted ^= c == '`';
      return !quoted && c == sign;
    });
  }

  std::string text_;
  bool paired_ = false;
  std::optional<double> null_;
  std::optional<std::size_t> group_;  // the question
};

class RankTestCall : public PartedCall<RankEstimator> {
 public:
  bool takes_calibration() const override { return false; }

  RankTestCall(const std::string& text, EstimateSetup& setup) : PartedCall(setup), text_(text) {
    const auto [name, by] = number_by_group("ranktest", text);
    RankRequest request;
    request.test = settings_.rank_test;
    request.rows.numbers = {setup.number(name)};
    request.rows.categories = {single_category("ranktest", by, setup)};
    group_ = setup.question_of_axis(request.rows.categories[0]);
    for (const auto& part : setup.parts()) {
      request.rows.by = part.axis;
      parts_.push_back(part.questions);
      estimators_.push_back(std::make_unique<RankEstimator>(plan_, request, setup.rules()));
    }
  }

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    std::vector<DomainPart> parts;
    std::vector<std::vector<RankResult>> results;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const auto* each = estimators_[p].get();
      parts.push_back({&each->domains(), variables(parts_[p]),
                       [each](std::size_t d) -> const DomainSums& { return each->sums(d); },
                       [each](std::size_t d) { return each->df(d); }});
      auto& part = results.emplace_back();
      for (std::size_t d = 0; d < each->domains().size(); ++d)
        part.push_back(each->result(d, context.level, freedom_of(each->df(d), context)));
    }
    DomainTable table(text_, nullptr, parts, {"test", "df", "denominator_df", "p"}, context);
    const auto& words = test_words_of(context.language);
    table.add("_rank_test", std::string(words.rank_test),
              [&](Cell& cell, std::size_t part, std::size_t domain) {
                const auto& found = results[part][domain];
                if (found.difference) {
                  add_compared(cell, *found.difference);
                } else {
                  add_test(cell, "", found.test);
                }
              });
    const auto& question_of_group = question(group_);
    const auto& groups = estimators_[0]->groups();
    for (const auto& group : groups) {
      table.add(
          "mean_score:" + group.path[0],
          fmt::format("{}: {}", words.mean_score, answer_label(question_of_group, group, context)),
          [&](Cell& cell, std::size_t part, std::size_t domain) {
            const auto& own = estimators_[part]->groups();
            const auto at = std::find(own.begin(), own.end(), group) - own.begin();
            const auto& means = results[part][domain].means;
            add_number(cell, "mean_score", "",
                       at < static_cast<std::ptrdiff_t>(means.size())
                           ? std::optional(means[static_cast<std::size_t>(at)])
                           : std::nullopt,
                       Unit::none, "zero_base");
          });
    }
    return {std::move(table.table)};
  }

 private:
  std::string text_;
  std::size_t group_ = 0;
};

}  // namespace

std::pair<std::string, std::string> number_by_group(const std::string& option,
                                                    const std::string& text) {
  bool quoted = false;
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    quoted ^= text[at] == '`';
    if (quoted || text.compare(at, 4, " by ") != 0) continue;
    const std::string left(trim(std::string_view(text).substr(0, at)));
    const std::string right(trim(std::string_view(text).substr(at + 4)));
    if (!left.empty() && !right.empty()) return {left, right};
  }
  throw UsageError("--" + option + " takes a number and groups such as 'income by sex', not '" +
                   excerpt(text) + "'");
}

std::size_t single_category(const std::string& option, const std::string& name,
                            EstimateSetup& setup) {
  const auto axis = setup.category(name);
  if (setup.question(setup.question_of_axis(axis)).several()) {
    throw UsageError("--" + option + " takes questions of one answer; " + name +
                     " is select-all: take one of its answers");
  }
  return axis;
}

std::unique_ptr<EstimateCall> t_test_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<TTestCall>(text, setup);
}

std::unique_ptr<EstimateCall> rank_test_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<RankTestCall>(text, setup);
}

}  // namespace sondeo
