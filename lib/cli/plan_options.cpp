// SPDX-License-Identifier: MIT
#include "cli/plan_options.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "base/text.h"
#include "cli/banner_advice.h"
#include "cli/list_option.h"
#include "cli/provenance.h"
#include "cli/summaries.h"
#include "table/hide_empty.h"
#include "table/summary.h"
#include "table/texts.h"
#include "table/words.h"
#include "tabulate/banner.h"

namespace sondeo {
namespace {

// The settings of a plan, which are options of the command line: where each is kept.
struct SettingPlace {
  std::string_view key;
  std::string& (*member)(CountOptions&);
};
constexpr SettingPlace settings[] = {
    {"base", [](CountOptions& options) -> std::string& { return options.base; }},
    {"percent", [](CountOptions& options) -> std::string& { return options.percent; }},
    {"level", [](CountOptions& options) -> std::string& { return options.level; }},
    {"interval", [](CountOptions& options) -> std::string& { return options.interval; }},
    {"df", [](CountOptions& options) -> std::string& { return options.df; }},
    {"sort", [](CountOptions& options) -> std::string& { return options.sort; }},
    {"min_base", [](CountOptions& options) -> std::string& { return options.min_base; }},
    {"min_base_of", [](CountOptions& options) -> std::string& { return options.min_base_of; }},
    {"low_base", [](CountOptions& options) -> std::string& { return options.low_base; }},
    {"show", [](CountOptions& options) -> std::string& { return options.show; }},
    {"min_cell", [](CountOptions& options) -> std::string& { return options.min_cell; }},
    {"test", [](CountOptions& options) -> std::string& { return options.tests.test; }},
    {"levels", [](CountOptions& options) -> std::string& { return options.tests.levels; }},
    {"compare", [](CountOptions& options) -> std::string& { return options.tests.compare; }},
    {"adjust", [](CountOptions& options) -> std::string& { return options.tests.adjust; }},
    {"min_difference",
     [](CountOptions& options) -> std::string& { return options.tests.min_difference; }},
    {"chisq", [](CountOptions& options) -> std::string& { return options.tests.chisq; }},
    {"letter_at", [](CountOptions& options) -> std::string& { return options.tests.letter_at; }}};

// Those that are yes or no.
struct FlagPlace {
  std::string_view key;
  bool CountOptions::*member;
};
constexpr FlagPlace flags[] = {{"sum100", &CountOptions::sum100},
                               {"hide_empty", &CountOptions::hide_empty}};

std::vector<std::string> setting_keys() {
  std::vector<std::string> keys{"by", "weight", "where", "asked"};
  for (const auto& flag : flags) keys.emplace_back(flag.key);
  for (const auto& setting : settings) keys.emplace_back(setting.key);
  return keys;
}

// Runs what a setting or table of the plan asks for; what is wrong is told at its line.
template <typename Act>
auto at_place(const Place& place, const Act& act) {
  try {
    return act();
  } catch (const UsageError& error) {
    throw Error(place, "plan-setting", error.what(), error.hint());
  } catch (const Error& error) {
    // What has a line of its own, in the data or the study, is told there.
    if (error.place().line != 0 && !error.place().file.starts_with("--")) throw;
    throw Error(place, error.id(), error.message(), error.hint());
  }
}

// How one table of the plan is made.
struct TableJob {
  const PlanTable* table = nullptr;
  CountOptions options;                // but for the weight
  std::string banner;                  // "": toplines
  std::vector<std::string> weights;    // several stand side by side
  std::vector<std::size_t> counts;     // by weight, positions among the counts
  std::vector<std::size_t> questions;  // positions in the cells, the same for every weight
};

// Tables of one weight, filter and banner.
struct Count {
  CountJob job;
  std::optional<CellFile> cells;
};

class BookRun {
 public:
  BookRun(const TabPlan& plan, const CountOptions& given, std::string banner, StudyInput& input,
          Tool& tool)
      : plan_(plan), given_(given), banner_(std::move(banner)), input_(input), tool_(tool) {}

  // The pass over the responses.
  void count_all() {
    for (const auto& table : plan_.tables) add(table);
    std::vector<CountRequest> requests;
    std::vector<std::size_t> first;
    for (auto& count : counts_) {
      given_.calibrate(input_, count.job, tool_.issues());
      first.push_back(requests.size());
      for (auto& request : count.job.requests()) requests.push_back(std::move(request));
    }
    first.push_back(requests.size());
    auto counted = count(*input_.file, requests, tool_.issues());
    input_.progress.reset();
    tool_.tell(input_.file->name() + ": " + grouped(counted.at(0).rows) + " respondents");
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      counts_[i].job.check_totals(counted[first[i]], tool_.issues());
      const auto begin = std::make_move_iterator(counted.begin());
      counts_[i].cells = counts_[i].job.finish(
          std::vector<CountResult>(begin + static_cast<std::ptrdiff_t>(first[i]),
                                   begin + static_cast<std::ptrdiff_t>(first[i + 1])),
          tool_.issues());
    }
    for (const auto& count : counts_) warn_of_numbers(*count.cells, input_, tool_.issues());
  }

  TableSet tables(const std::string& language) {
    TableSet set;
    for (const auto& job : jobs_) add_tables(job, language, set);
    tell_apart(set.tables);
    if (!plan_.title.empty()) set.title = plan_.title.in(language);
    return set;
  }

 private:
  void add(const PlanTable& table) {
    TableJob job;
    job.table = &table;
    job.options = given_;
    job.banner = banner_;
    job.weights = {given_.weight};
    for (const auto& setting : table.settings) {
      at_place(setting.at, [&] { apply(setting, job); });
    }
    for (const auto& weight : job.weights) {
      auto options = job.options;
      options.weight = weight;
      const auto* said = table.find("weight");
      at_place(said == nullptr ? table.at : said->at,
               [&] { job.counts.push_back(count_of(options, job.banner, table)); });
    }
    at_place(table.at, [&] {
      for (const auto& name : table.questions) {
        for (const auto place : counts_[job.counts[0]].job.add(name))
          job.questions.push_back(place);
      }
      for (std::size_t i = 1; i < job.counts.size(); ++i) {
        for (const auto& name : table.questions) counts_[job.counts[i]].job.add(name);
      }
    });
    jobs_.push_back(std::move(job));
  }

  bool of_book(const PlanSetting& setting) const {
    return std::any_of(plan_.settings.begin(), plan_.settings.end(), [&](const auto& each) {
      return each.key == setting.key && each.at.line == setting.at.line &&
             each.at.column == setting.at.column;
    });
  }

  void apply(const PlanSetting& setting, TableJob& job) const {
    const auto& value = setting.value;
    const bool book = of_book(setting);
    if (setting.key == "by") {
      if (book && !banner_.empty()) return;
      job.banner = value;
      if (!value.empty()) parse_banner(value);
    } else if (setting.key == "weight") {
      if (!book || given_.weight.empty()) job.weights = name_list(value);
      if (job.weights.empty()) throw UsageError("a weight has a name; without one it is \"none\"");
    } else if (setting.key == "where") {
      job.options.where = given_.where ? "(" + *given_.where + ") and (" + value + ")" : value;
    } else if (setting.key == "asked") {
      if (!book || !given_.asked) job.options.asked = value;
    } else {
      CountOptions usual;
      for (const auto& flag : flags) {
        if (flag.key != setting.key) continue;
        if (value != "yes" && value != "no")
          throw UsageError(setting.key + " is true or false, not '" + excerpt(value) + "'");
        if (!book || !(given_.*flag.member)) job.options.*flag.member = value == "yes";
      }
      for (const auto& known : settings) {
        if (known.key != setting.key) continue;
        auto given = given_;
        auto& usual_text = known.member(usual);
        if (!book || known.member(given) == usual_text) known.member(job.options) = value;
      }
      job.options.rules();
    }
  }

  // The count of these options and banner, made if there is none yet.
  std::size_t count_of(const CountOptions& options, const std::string& banner,
                       const PlanTable& table) {
    const std::vector<std::string> key{options.weight, options.where.value_or(""),
                                       options.asked ? "asked " + *options.asked : "", banner};
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    const auto by = banner.empty() ? std::nullopt : std::optional(banner);
    const auto* where = table.find("where");
    auto job = at_place(where == nullptr ? table.at : where->at, [&] {
      options.check(input_, by);
      return options.prepare(input_, by);
    });
    counts_.push_back({std::move(job), {}});
    known_.emplace(key, counts_.size() - 1);
    return counts_.size() - 1;
  }

  // The cells of a job's questions.
  CellFile cells_of(const TableJob& job, std::size_t weight) const {
    const auto& all = *counts_[job.counts[weight]].cells;
    CellFile cells;
    cells.settings = all.settings;
    cells.banner = all.banner;
    cells.parts = all.parts;
    cells.units = all.units;
    cells.sketch = all.sketch;
    cells.margins = all.margins;
    // The other weights' cells were asked for by the same names in another order of questions.
    const auto& first = *counts_[job.counts[0]].cells;
    for (const auto place : job.questions) {
      const auto& name = first.questions.at(place).name;
      const auto found = std::find_if(all.questions.begin(), all.questions.end(),
                                      [&](const auto& each) { return each.name == name; });
      cells.questions.push_back(*found);
    }
    return cells;
  }

  void add_tables(const TableJob& job, const std::string& language, TableSet& set) {
    std::vector<TableSet> by_weight;
    for (std::size_t i = 0; i < job.weights.size(); ++i) {
      auto options = job.options;
      options.weight = job.weights[i];
      by_weight.push_back(at_place(job.table->at, [&] {
        return options.build(cells_of(job, i), input_,
                             job.banner.empty() && job.weights.size() == 1, options.rules(),
                             language);
      }));
    }
    auto& first = by_weight[0];
    std::vector<Table> tables = std::move(first.tables);
    if (by_weight.size() > 1) {
      for (std::size_t t = 0; t < tables.size(); ++t) {
        std::vector<SideTable> sides;
        for (std::size_t i = 0; i < by_weight.size(); ++i) {
          auto& own = i == 0 ? tables[t] : by_weight[i].tables[t];
          const auto name = own.weight;
          const auto label = name == "none" ? std::string(words_of(own.language).unweighted) : name;
          sides.push_back({name, label, std::move(own)});
        }
        tables[t] = beside(sides);
        tables[t].weight.clear();
        for (const auto& side : sides)
          tables[t].weight += (tables[t].weight.empty() ? "" : ", ") + side.id;
        tables[t].weight_label.clear();
      }
    }
    const auto rules = job.options.rules();
    at_place(job.table->at, [&] {
      if (job.table->summary.empty()) {
        summarize(tables, job.options.summary, job.table->questions, input_, rules, language);
      } else {
        tables = {summary_table(std::move(tables), job.table->summary, input_, rules, language)};
      }
    });
    if (rules.hide_empty) {
      for (auto& table : tables) hide_empty(table);
    }
    if (!job.table->title.empty()) {
      if (tables.size() != 1) {
        throw Error(job.table->at, "plan-title",
                    "one title for " + std::to_string(tables.size()) + " tables",
                    "give each question a table of its own, or its label in the study");
      }
      tables[0].title = job.table->title.in(language);
    }
    for (auto& table : tables) {
      table.section = job.table->section.in(language);
      set.tables.push_back(std::move(table));
    }
    if (set.tables.size() == tables.size()) {
      set.title = first.title;
      set.provenance = first.provenance;
      set.weight_ratio = first.weight_ratio;
      return;
    }
    // What is not the same in the whole book is told by its tables.
    if (set.provenance.weight != first.provenance.weight) set.provenance.weight.clear();
    if (set.provenance.filter != first.provenance.filter) set.provenance.filter.clear();
    if (first.weight_ratio)
      set.weight_ratio = std::max(set.weight_ratio.value_or(0), *first.weight_ratio);
  }

  const TabPlan& plan_;
  const CountOptions& given_;
  std::string banner_;
  StudyInput& input_;
  Tool& tool_;
  std::vector<Count> counts_;
  std::map<std::vector<std::string>, std::size_t> known_;
  std::vector<TableJob> jobs_;
};

}  // namespace

void PlanOptions::declare(Tool& tool) {
  tool.option("plan,p", plan, "FILE", "a book of tables: [book] of a TOML file, or of the study");
}

bool PlanOptions::wanted(const StudyInput& input, bool banner_given) const {
  if (!plan.empty()) return true;
  return input.study && input.questions.empty() && !banner_given &&
         has_plan(input.text, input.study->file);
}

std::vector<TableSet> PlanOptions::tables(StudyInput& input, const CountOptions& given,
                                          const std::string& banner, Tool& tool) const {
  if (!input.questions.empty()) {
    throw UsageError("the plan says which questions are tabulated",
                     "name questions, or a plan, not both");
  }
  if (!given.cells.empty())
    throw UsageError("--cells are counted already; a plan says how to count");
  if (!given.summary.empty() && given.summary != "none") {
    throw UsageError("the plan says which tables are summaries",
                     "summary = \"" + excerpt(given.summary) + "\" in a table of the plan");
  }
  const auto text = plan.empty() ? input.text : read_text(plan);
  const auto parsed = parse_plan(text, plan.empty() ? input.study->file : plan, setting_keys());
  given.rules();
  const auto languages = given.language.languages(input.study);
  open_input(input, tool);
  BookRun run(parsed, given, banner, input, tool);
  run.count_all();
  std::vector<TableSet> books;
  for (const auto& language : languages) books.push_back(run.tables(language));
  auto told = input.wants_provenance ? books.front().provenance : Provenance{};
  if (input.wants_provenance) tell_run(told, tool.command(), input, "");
  for (auto& book : books) book.provenance = told;
  return books;
}

}  // namespace sondeo
