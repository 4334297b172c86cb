// SPDX-License-Identifier: MIT
#include "weight/margins.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "codebook/crossed.h"

namespace sondeo {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) {
    if (list.size() > 160) return list + ", …";
    list += (list.empty() ? "" : ", ") + excerpt(name, 30);
  }
  return list;
}

// The name that was probably meant: the nearest, or the only one that begins as the word does.
std::string probably(std::string_view word, const std::vector<std::string>& names) {
  // One letter is not like another.
  const auto close = word.size() > 1 ? nearest(word, names) : "";
  if (!close.empty()) return close;
  for (auto size = word.size(); size > 1; --size) {
    const auto start = word.substr(0, size);
    std::vector<std::string> fitting;
    for (const auto& name : names) {
      if (name.starts_with(start)) fitting.push_back(name);
    }
    if (fitting.size() == 1) return fitting[0];
    if (fitting.size() > 1) return "";
  }
  return "";
}

std::string hint_for(std::string_view word, const std::string& variable,
                     const std::vector<std::string>& names) {
  const auto meant = probably(word, names);
  const auto list = excerpt(variable) + ": " + listed(names);
  return meant.empty() ? list : "did you mean \"" + excerpt(meant) + "\"? (" + list + ")";
}

// Categories as people know them.
std::string shown(const WeightingPlan& plan, const std::vector<std::size_t>& variables,
                  const std::vector<std::string>& answers) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < answers.size(); ++i)
    names.push_back(plan.rows.source->category_of(variables[i], answers[i]));
  return crossed(names);
}

std::vector<std::string> shown_each(const WeightingPlan& plan, std::size_t variable,
                                    const std::vector<std::string>& answers) {
  std::vector<std::string> names;
  for (const auto& answer : answers) names.push_back(shown(plan, {variable}, {answer}));
  return names;
}

// The answers of a variable that respondents with a weight gave.
std::vector<std::string> answers_given(const Profiles& profiles, std::size_t variable) {
  std::set<std::uint32_t> given;
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    if (profiles.n_positive[p] > 0) given.insert(profiles.category(p, variable));
  }
  std::vector<std::string> names;
  for (const auto category : given) {
    if (category != 0) names.push_back(profiles.names[variable][category]);
  }
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return natural_compare(a, b) < 0; });
  return names;
}

// The cells of a margin by the categories of its variables.
class CellFinder {
 public:
  CellFinder(const WeightingPlan& plan, const Profiles& profiles, const Margin& margin)
      : profiles_(profiles) {
    for (const auto variable : margin.variables) positions_.push_back(plan.position_of[variable]);
    for (std::size_t i = 0; i < margin.cells.size(); ++i)
      cells_.emplace(margin.cells[i].categories, static_cast<std::int32_t>(i));
  }

  bool missing(std::size_t profile) const {
    return std::any_of(positions_.begin(), positions_.end(),
                       [&](std::size_t v) { return profiles_.category(profile, v) == 0; });
  }
  std::vector<std::string> names(std::size_t profile) const {
    std::vector<std::string> names;
    for (const auto v : positions_) names.push_back(profiles_.name(profile, v));
    return names;
  }
  // -1: none
  std::int32_t cell(std::size_t profile) const {
    const auto found = cells_.find(names(profile));
    return found == cells_.end() ? -1 : found->second;
  }
  const std::vector<std::size_t>& positions() const { return positions_; }

 private:
  const Profiles& profiles_;
  std::vector<std::size_t> positions_;
  std::map<std::vector<std::string>, std::int32_t> cells_;
};

const Targets* targets_of(const WeightingPlan& plan, const Profiles& profiles, std::size_t p) {
  if (!plan.segment) return &plan.targets[0];
  const auto& segment = profiles.name(p, *plan.segment);
  if (profiles.category(p, *plan.segment) == 0) return nullptr;
  const auto found = std::find_if(plan.targets.begin(), plan.targets.end(),
                                  [&](const Targets& each) { return each.segment == segment; });
  return found == plan.targets.end() ? nullptr : &*found;
}

std::string quoted(const std::string& name) { return "\"" + excerpt(name, 60) + "\""; }

std::optional<Misfit> misfit_of(const WeightingPlan& plan, const Profiles& profiles, std::size_t p,
                                std::map<const Margin*, CellFinder>& finders) {
  const auto missing = [&](const std::string& name, bool anyway) {
    return Misfit{"margin-missing",
                  excerpt(name) + " is empty; whoever has a weight needs an answer there",
                  anyway ? "leave respondents out with --where"
                         : "--missing own-category or --missing ignore-margin, or leave them out "
                           "with --where",
                  0, 0};
  };
  for (const auto v : plan.classes) {
    if (profiles.category(p, v) == 0 && plan.options.missing == MissingPolicy::error)
      return missing(plan.rows.source->name(plan.rows.variables[v].variable), false);
  }
  if (!plan.has_targets()) return std::nullopt;
  if (plan.segment && profiles.category(p, *plan.segment) == 0)
    return missing(plan.options.within, true);
  const auto* targets = targets_of(plan, profiles, p);
  if (targets == nullptr) {
    std::vector<std::string> names;
    for (const auto& each : plan.targets) names.push_back(each.segment);
    const auto& name = profiles.name(p, *plan.segment);
    return Misfit{
        "category-without-target",
        excerpt(plan.options.within) + " is \"" + excerpt(name) + "\", which has no targets",
        hint_for(name, plan.options.within, names), 0, 0};
  }
  for (const auto& margin : targets->margins) {
    const auto [at, fresh] = finders.try_emplace(&margin, plan, profiles, margin);
    const auto& finder = at->second;
    if (finder.missing(p)) {
      if (plan.options.missing != MissingPolicy::error) continue;
      return missing(margin.name, false);
    }
    if (finder.cell(p) >= 0) continue;
    const auto name = shown(plan, margin.variables, finder.names(p));
    std::vector<std::string> known;
    for (const auto& cell : margin.cells)
      known.push_back(shown(plan, margin.variables, cell.categories));
    return Misfit{"category-without-target",
                  excerpt(margin.name) + " is " + quoted(name) + ", which has no target" +
                      (targets->segment.empty() ? "" : " in " + excerpt(targets->segment)),
                  hint_for(name, margin.name, known) +
                      "; add it to the targets, or --missing TEXT if it is no answer",
                  0, 0};
  }
  return std::nullopt;
}

// Refuses a target that nobody answers, or 0 for those who do.
void check_cells(const WeightingPlan& plan, const Targets& targets, const Margin& margin,
                 const std::vector<double>& sums, const std::vector<double>& cell_targets,
                 std::size_t base) {
  const auto in_segment = targets.segment.empty() ? "" : " in " + excerpt(targets.segment);
  for (std::size_t c = 0; c < margin.cells.size(); ++c) {
    const auto& cell = margin.cells[c];
    if (cell_targets[c] == 0 && sums[c] > 0) {
      throw Error(cell.place, "target-zero",
                  "the target of " + excerpt(margin.name) + " " +
                      quoted(shown(plan, margin.variables, cell.categories)) + in_segment +
                      " is 0, and there are respondents",
                  "leave them out with --where, or give them a target");
    }
    if (cell_targets[c] == 0 || sums[c] > 0) continue;
    if (base > 0) {
      throw Error("replicate-empty",
                  "replicate " + plan.rows.replicates->name(base - 1) + " leaves nobody in " +
                      excerpt(margin.name) + " " +
                      quoted(shown(plan, margin.variables, cell.categories)) + in_segment,
                  "collapse categories, or use replicates that drop nobody (fay, bootstrap)");
    }
    throw Error(cell.place, "target-label",
                "nobody with a weight is " +
                    quoted(shown(plan, margin.variables, cell.categories)) + in_segment + " (" +
                    excerpt(margin.name) + ")",
                "collapse it with another category");
  }
}

}  // namespace

void check_labels(const WeightingPlan& plan, const Profiles& profiles) {
  std::vector<std::optional<std::vector<std::string>>> given(plan.rows.variables.size());
  for (const auto& targets : plan.targets) {
    for (const auto& margin : targets.margins) {
      for (const auto& cell : margin.cells) {
        for (std::size_t i = 0; i < cell.categories.size() && cell.target > 0; ++i) {
          const auto v = plan.position_of[margin.variables[i]];
          if (!given[v]) given[v] = answers_given(profiles, v);
          if (std::find(given[v]->begin(), given[v]->end(), cell.categories[i]) != given[v]->end())
            continue;
          const auto& name = plan.rows.source->name(margin.variables[i]);
          throw Error(
              cell.place, "target-label",
              excerpt(name) + " has no category \"" + excerpt(cell.categories[i]) + "\"",
              hint_for(cell.categories[i], name, shown_each(plan, margin.variables[i], *given[v])));
        }
      }
    }
  }
}

std::optional<Misfit> find_misfit(const WeightingPlan& plan, const Profiles& profiles) {
  std::map<const Margin*, CellFinder> finders;
  std::optional<Misfit> first;
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    if (profiles.n_positive[p] == 0) continue;
    auto misfit = misfit_of(plan, profiles, p, finders);
    if (!misfit) continue;
    misfit->row = profiles.first_row[p];
    misfit->n = profiles.n_positive[p];
    const bool same = first && first->message == misfit->message;
    if (same) misfit->n += first->n;
    if (same) misfit->row = std::min(misfit->row, first->row);
    if (!first || same || misfit->row < first->row) first = std::move(misfit);
  }
  return first;
}

std::vector<SegmentMargins> lay_out_margins(const WeightingPlan& plan, const Profiles& profiles,
                                            const std::vector<double>& weights, std::size_t base,
                                            std::vector<std::string>& notes) {
  std::vector<SegmentMargins> segments;
  for (const auto& asked : plan.targets) {
    SegmentMargins segment;
    segment.name = asked.segment;
    double base_total = 0;
    for (std::size_t p = 0; p < profiles.size(); ++p) {
      if (weights[p] == 0 || targets_of(plan, profiles, p) != &asked) continue;
      segment.profiles.push_back(p);
      base_total += weights[p];
    }
    if (segment.profiles.empty() && base > 0) {
      throw Error("replicate-empty",
                  "replicate " + plan.rows.replicates->name(base - 1) + " leaves nobody in " +
                      excerpt(plan.options.within) + " \"" + excerpt(asked.segment) + "\"",
                  "collapse categories, or use replicates that drop nobody (fay, bootstrap)");
    }
    if (segment.profiles.empty()) {
      throw Error(
          asked.margins.empty() ? Place{} : asked.margins[0].cells[0].place, "target-label",
          excerpt(plan.options.within) + " has no category \"" + excerpt(asked.segment) +
              "\" with a weight",
          hint_for(asked.segment, plan.options.within, answers_given(profiles, *plan.segment)));
    }
    auto targets = asked;
    settle_totals(targets, base_total, *plan.options.targets, notes);
    segment.total = targets.total;
    for (const auto& margin : targets.margins) {
      const CellFinder finder(plan, profiles, margin);
      MarginCells cells;
      std::vector<std::string> categories;
      for (const auto& cell : margin.cells) {
        cells.target.push_back(cell.target);
        categories.push_back(shown(plan, margin.variables, cell.categories));
      }
      double missing = 0;
      const auto own = static_cast<std::int32_t>(cells.target.size());
      for (const auto p : segment.profiles) {
        const bool none = finder.missing(p);
        if (none) missing += weights[p];
        cells.cell.push_back(!none                                                 ? finder.cell(p)
                             : plan.options.missing == MissingPolicy::own_category ? own
                                                                                   : -1);
      }
      std::vector<double> sums_by_profile;
      for (const auto p : segment.profiles) sums_by_profile.push_back(weights[p]);
      if (missing > 0 && plan.options.missing == MissingPolicy::own_category) {
        // People without an answer keep their share; the others' targets hold in the rest.
        for (auto& target : cells.target) target *= 1 - missing / base_total;
        cells.target.push_back(targets.total * (missing / base_total));
        categories.emplace_back();
      }
      check_cells(plan, targets, margin, cell_sums(sums_by_profile, cells), cells.target, base);
      segment.margins.push_back(std::move(cells));
      segment.names.push_back(margin.name);
      segment.categories.push_back(std::move(categories));
    }
    for (const auto& number : targets.numbers) {
      const auto& numbers = plan.rows.numbers;
      segment.numbers.push_back(static_cast<std::size_t>(
          std::find(numbers.begin(), numbers.end(), number.variable) - numbers.begin()));
      segment.totals.push_back(number.total);
    }
    segments.push_back(std::move(segment));
  }
  return segments;
}

}  // namespace sondeo
