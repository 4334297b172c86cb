// SPDX-License-Identifier: MIT
#include "cli/weight_record.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "base/text.h"
#include "cli/process.h"
#include "codebook/crossed.h"
#include "codebook/study_patch.h"

namespace sondeo {
namespace {

// How a weight was made, in the languages that labels are written in.
struct Words {
  std::string_view language;
  std::string_view methods[4];  // by Method
};
constexpr Words all_words[] = {
    {"en", {"raked", "post-stratified", "calibrated, linear", "calibrated, logit"}},
    {"es", {"calibrado por raking", "posestratificado", "calibrado, lineal", "calibrado, logit"}},
};

using Names = std::vector<std::string>;  // of the variables of one margin

std::vector<Names> margins_of(const WeightingPlan& plan) {
  const auto& source = *plan.rows.source;
  Names segment;
  if (plan.segment) segment = {source.name(plan.rows.variables[*plan.segment].variable)};
  std::vector<Names> margins;
  const auto add = [&](const std::vector<std::size_t>& variables) {
    auto names = segment;
    for (const auto variable : variables) names.push_back(source.name(variable));
    if (!names.empty() && std::find(margins.begin(), margins.end(), names) == margins.end())
      margins.push_back(std::move(names));
  };
  for (const auto& targets : plan.targets) {
    for (const auto& margin : targets.margins) add(margin.variables);
    for (const auto& number : targets.numbers) add({number.variable});
  }
  return margins;
}

std::string label_of(const std::vector<StudyQuestion>& variables, const std::string& name,
                     std::string_view language) {
  for (const auto& variable : variables) {
    if (variable.name == name && !variable.label.in(language).empty())
      return variable.label.in(language);
  }
  return name;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

StudyWeight describe_weight(const WeightingPlan& plan, const StudyInput& input,
                            const std::string& name, const std::string& design_weight) {
  StudyWeight weight;
  weight.name = name;
  weight.design_weight = design_weight;
  const auto method = plan.options.method;
  const bool regression = method == Method::linear || method == Method::poststratify;
  weight.calibration = regression ? "regression" : "raking";
  const auto margins = margins_of(plan);
  for (const auto& names : margins) {
    for (const auto& each : names) {
      if (std::any_of(input.variables.begin(), input.variables.end(),
                      [&](const auto& variable) { return variable.name == each; })) {
        continue;
      }
      throw Error(Place{input.study->file}, "unknown-question",
                  "'" + excerpt(each) + "' is a column of the data and no question of the study",
                  "describe it, so that --record can name it: [[question]] name = \"" +
                      excerpt(each) + "\", open_codes = true");
    }
    weight.margins.push_back(crossed(names));
  }
  for (const auto& words : all_words) {
    const auto& languages = input.study->languages;
    if (std::find(languages.begin(), languages.end(), words.language) == languages.end() &&
        !(languages.empty() && words.language == "en")) {
      continue;
    }
    std::string label(words.methods[static_cast<std::size_t>(method)]);
    for (const auto& names : margins) {
      Names labels;
      for (const auto& each : names)
        labels.push_back(label_of(input.variables, each, words.language));
      label += (&names == &margins.front() ? ": " : ", ") + crossed(labels);
    }
    weight.label.by_language.emplace_back(languages.size() < 2 ? "" : words.language, label);
  }
  return weight;
}

std::string recorded(const StudyInput& input, StudyWeight weight) {
  const auto& study = *input.study;
  if (bytes_of(study.file) != input.text) {
    throw Error(Place{study.file}, "study-patch",
                "the study is no plain file in UTF-8: nothing can be changed in its place");
  }
  for (const auto& old : study.weights) {
    if (old.name == weight.name && !old.label.empty() && old.margins == weight.margins &&
        old.calibration == weight.calibration && old.design_weight == weight.design_weight) {
      weight.label = {};
    }
  }
  return record_weight(input.text, study.file, weight);
}

void write_study(const StudyInput& input, const std::string& text) {
  const auto& path = input.study->file;
  if (text == input.text) return;
  if (bytes_of(path) != input.text) {
    throw Error(Place{path}, "changed", "the study was changed in the meantime; it stays as it is",
                "run again: the weights are written, the study does not know of them");
  }
  OutputFile file(path, true);
  file.write(text);
  file.commit();
}

}  // namespace sondeo
