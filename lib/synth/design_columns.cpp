// SPDX-License-Identifier: MIT
#include "synth/design_columns.h"

#include <algorithm>
#include <string>
#include <vector>

#include "synth/columns.h"
#include "synth/random.h"

namespace sondeo {
namespace {

constexpr std::uint64_t strata_of_a_stage = 4;
constexpr std::uint64_t clusters_of_a_stratum = 10;

// The column that a name of the design means: of a question by its name, else so called.
const SampleColumn* column_of(const Study& study, const std::string& name, const Sample& sample) {
  auto column = name;
  for (const auto& question : study.questions) {
    if (question.name == name && !question.columns.empty()) column = question.columns[0];
  }
  const auto found = std::find_if(sample.columns.begin(), sample.columns.end(),
                                  [&](const SampleColumn& each) { return each.name == column; });
  return found == sample.columns.end() ? nullptr : &*found;
}

bool is_derived(const Study& study, const std::string& name) {
  return std::any_of(
      study.questions.begin(), study.questions.end(),
      [&](const StudyQuestion& question) { return question.name == name && question.derived(); });
}

}  // namespace

void add_design_columns(const Study& study, Sample& sample) {
  const auto& design = study.design;
  if (design.replicates) {
    throw Error({study.file}, "synth-design", "replicate weights cannot be made up",
                "they come from the design of a sample that was drawn");
  }
  // What stands for a respondent's place in the design so far: units are drawn inside it.
  std::vector<std::string> place(sample.size());
  const auto stage = [&](const std::string& name, std::uint64_t units) {
    if (is_derived(study, name)) return;
    const auto* column = column_of(study, name, sample);
    if (column == nullptr) {
      ColumnWriter writer(name, sample.size());
      const Draws draws(sample.seed, name);
      for (std::size_t i = 0; i < sample.size(); ++i) {
        // Labels say where a unit lies, so that they do not repeat from stratum to stratum.
        const auto unit = std::to_string(1 + draws.below(i, units));
        writer.set(i, place[i].empty() ? unit : place[i] + "-" + unit);
      }
      sample.columns.push_back(writer.take());
      column = &sample.columns.back();
      for (std::size_t i = 0; i < sample.size(); ++i) place[i] = column->texts[column->cells[i]];
      return;
    }
    for (std::size_t i = 0; i < sample.size(); ++i) {
      place[i] += (place[i].empty() ? "" : "-") + column->texts[column->cells[i]];
    }
  };
  for (const auto& name : design.strata) stage(name, strata_of_a_stage);
  for (const auto& name : design.clusters) stage(name, clusters_of_a_stratum);
  for (const auto& name : design.fpc) {
    if (column_of(study, name, sample) != nullptr) continue;
    ColumnWriter writer(name, sample.size());
    const auto population = writer.text("1000");
    for (std::size_t i = 0; i < sample.size(); ++i) writer.set(i, population);
    sample.columns.push_back(writer.take());
  }
}

}  // namespace sondeo
