// SPDX-License-Identifier: MIT
// Tables from cells, which were counted just now or come from a file.
#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "cli/count_options.h"
#include "cli/design_cells.h"
#include "cli/process.h"
#include "cli/summaries.h"
#include "table/hide_empty.h"
#include "table/words.h"

namespace sondeo {
namespace {

// What a study says of a counted question or variable. Throws Error if that study is not there.
const StudyQuestion* described(const StudyInput& input, const std::string& name, bool by_study) {
  if (!by_study) return nullptr;
  const auto* variable = find_variable(input, name);
  if (variable != nullptr) return variable;
  if (!input.study) {
    throw Error("study-missing", "'" + excerpt(name) + "' was counted with a study",
                "name it first: STUDY.toml --cells FILE");
  }
  throw Error(Place{input.study->file}, "unknown-question",
              "there is no question '" + excerpt(name) + "', which was counted");
}

// What the standard errors rest on, for the reader.
std::string design_note(const SampleDesign& design, const std::string& calibrated,
                        const std::string& language) {
  const auto& words = words_of(language);
  const auto number = [&](std::uint64_t count) { return grouped(count, words.thousands); };
  if (design.replicates)
    return std::string(words.errors_of_replicates) + number(design.replicates->size) + ".";
  const auto& units = *design.units;
  const auto& first = units.stages[0];
  const bool rows = units.rows_are_units && units.stages.size() == 1;
  auto note = std::string(words.errors_of_units) +
              std::string(rows ? words.respondents : words.primary_units) +
              number(rows ? units.rows : first.units.size());
  if (first.strata.size() > 1)
    note += ", " + std::string(words.strata) + number(first.strata.size());
  if (!calibrated.empty()) note += ", " + std::string(words.calibrated_to) + calibrated;
  return note + ".";
}

}  // namespace

StudyInput CountOptions::find(const InputOptions& options) const {
  if (cells.empty()) return find_input(options);
  if (!options.data.empty())
    throw UsageError("--data and --cells: the tables are made from one of them");
  auto input = find_study(options);
  input.path = cells;
  return input;
}

void CountOptions::refuse_counting() const {
  const auto of_design = design.given();
  const std::pair<bool, const char*> given[] = {{!missing.empty(), "--missing"},
                                                {keep_empty, "--keep-empty"},
                                                {!multi.empty(), "--multi"},
                                                {!ticked.empty(), "--ticked"},
                                                {!unticked.empty(), "--unticked"},
                                                {!joined.empty(), "--joined"},
                                                {!spread.empty(), "--spread"},
                                                {!long_options.empty(), "--option"},
                                                {mean, "--mean"},
                                                {!weight.empty(), "--weight"},
                                                {!weight_file.empty(), "--weight-file"},
                                                {!id.empty(), "--id"},
                                                {where.has_value(), "--where"},
                                                {asked.has_value(), "--asked"},
                                                {!of_design.empty(), of_design.c_str()}};
  for (const auto& [is_given, name] : given) {
    if (is_given) {
      throw UsageError(std::string(name) + " says how to count; --cells are counted already",
                       "give it to sondeo-cells write");
    }
  }
}

CellFile CountOptions::read_cells(const StudyInput& input, const std::optional<std::string>& banner,
                                  Tool& tool) const {
  refuse_counting();
  if (banner && !banner->empty()) {
    throw UsageError("--by says how to count; --cells are counted already",
                     "give it to sondeo-cells write");
  }
  if (cells == "-" && input_is_terminal()) tool.note("reading the cells from standard input");
  const InputFile file{cells, ""};
  const auto source = open_input(file, tool.issues());
  const Place place{input_name(file)};
  auto counted = sondeo::read_cells(*source, place.file);
  source->check_unchanged();
  check_complete(counted, place);
  if (banner && counted.setting("banner") == "none") {
    throw Error(place, "no-banner", "these cells were counted without a banner",
                "sondeo-freq makes toplines of them");
  }
  if (input.questions.empty()) return counted;
  std::vector<CountedQuestion> asked_for;
  for (const auto& name : input.questions) {
    bool found = false;
    for (const auto& question : counted.questions) {
      const auto* variable = question.described ? find_variable(input, question.name) : nullptr;
      const bool item = variable != nullptr && variable->parent == name;
      if (question.name != name && !item && !glob_match(name, question.name)) continue;
      found = true;
      const bool twice = std::any_of(asked_for.begin(), asked_for.end(),
                                     [&](const auto& each) { return each.name == question.name; });
      if (!twice) asked_for.push_back(question);
    }
    if (found) continue;
    std::vector<std::string> names;
    for (const auto& question : counted.questions) names.push_back(question.name);
    const auto close = nearest(name, names);
    throw Error(place, "unknown-question", "'" + excerpt(name) + "' was not counted",
                close.empty() ? "" : "did you mean '" + excerpt(close) + "'?");
  }
  counted.questions = std::move(asked_for);
  return counted;
}

void CountOptions::arrange(TableSet& set, const StudyInput& input, const TableRules& rules,
                           const std::string& reader) const {
  summarize(set.tables, summary, input.questions, input, rules, reader);
  if (!rules.hide_empty) return;
  for (auto& table : set.tables) sondeo::hide_empty(table);
}

TableSet CountOptions::build(CellFile counted, const StudyInput& input, bool topline,
                             const TableRules& given, const std::string& reader) const {
  auto rules = given;
  rules.usual_ticks = counted.setting("ticks") == "usual";
  rules.asked = counted.setting("asked");
  if (!rules.asked.empty() && rules.base == Base::automatic) rules.base = Base::asked;
  if (!rules.asked.empty() && rules.base != Base::asked)
    throw UsageError("--asked goes with --base asked");

  const auto sample = design_of(counted, design.lonely);
  if (sample) rules.inference.design = &*sample;

  TableContext context;
  context.weight = counted.setting("weight");
  context.weighted = context.weight != "none";
  context.filter = counted.setting("where");
  context.language = reader;
  Provenance provenance;
  provenance.version = version();
  provenance.weight = context.weight;
  provenance.filter = context.filter;
  CountResult::Kept kept;
  for (const auto& part : counted.parts) {
    kept.meet_weight(part.kept.least_weight);
    kept.meet_weight(part.kept.largest_weight);
    provenance.input_bytes += part.bytes;
    provenance.input_rows += part.rows;
  }
  context.units = provenance.input_rows;
  if (input.study) {
    for (const auto& known : input.study->weights) {
      if (known.name == context.weight) context.weight_label = known.label.in(context.language);
    }
    context.synthetic = input.study->synthetic;
    const auto& note = input.study->note.in(context.language);
    if (!note.empty()) context.notes.push_back(note);
  }
  if (sample)
    context.notes.insert(context.notes.begin(),
                         design_note(*sample, counted.setting("calibrated"), context.language));
  std::vector<BannerPart> parts(topline ? 0 : counted.banner.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const auto& variable : counted.banner[i]) {
      parts[i].variables.push_back(variable.name);
      parts[i].studies.push_back(described(input, variable.name, variable.described));
    }
  }
  const bool show_total = topline || counted.setting("banner") == "with total";
  TableSet set;
  if (input.study) set.title = input.study->title.in(context.language);
  for (auto& each : counted.questions) {
    Question question;
    question.name = each.name;
    question.kind = each.kind;
    question.option_names = each.option_names;
    question.study = described(input, each.name, each.described);
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i].cells = std::move(each.tables[i + 1]);
    set.tables.push_back(build_table(question, each.tables[0], parts,
                                     topline ? TableShape::topline : TableShape::banner, show_total,
                                     context, rules));
  }
  set.provenance = std::move(provenance);
  if (kept.least_weight > 0) set.weight_ratio = kept.largest_weight / kept.least_weight;
  return set;
}

}  // namespace sondeo
