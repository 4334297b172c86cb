// SPDX-License-Identifier: MIT
#include "codebook/study_names.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "codebook/dependencies.h"

namespace sondeo {
namespace {

void collect_names(const Expr& expr, std::vector<std::string>& names) {
  for (const auto& name : names_of(expr))
    if (name.kind == ExprKind::name) names.push_back(name.text);
}

}  // namespace

StudyNames::StudyNames(const Study& study) {
  for (const auto& question : study.questions) {
    add(question.name, {&question, StudyName::no_item}, question.at);
    for (std::size_t i = 0; i < question.items.size(); ++i)
      add(question.items[i].name, {&question, i}, question.items[i].at);
  }
}

void StudyNames::add(const std::string& name, StudyName meaning, const Place& at) {
  const auto [entry, is_new] = found_.try_emplace(name, meaning);
  if (!is_new) {
    const auto& first = entry->second;
    const auto line =
        first.is_item() ? first.question->items[first.item].at.line : first.question->at.line;
    throw Error(at, "study-duplicate", "two questions are called '" + excerpt(name) + "'",
                line == 0 ? "" : "the first stands in line " + std::to_string(line));
  }
  if (meaning.is_variable()) variables_.push_back(name);
}

const StudyName* StudyNames::find(std::string_view name) const {
  const auto found = found_.find(std::string(name));
  return found == found_.end() ? nullptr : &found->second;
}

std::vector<std::string> names_needed(const StudyQuestion& question) {
  std::vector<std::string> names = question.cross;
  if (question.bands) names.push_back(question.bands->of);
  if (question.asked) collect_names(*question.asked, names);
  if (question.value) collect_names(*question.value, names);
  for (const auto& code : question.codes)
    if (code.when) collect_names(*code.when, names);
  std::unordered_set<std::string> seen;
  names.erase(std::remove_if(names.begin(), names.end(),
                             [&](const auto& name) { return !seen.insert(name).second; }),
              names.end());
  return names;
}

void count_codes(const StudyQuestion& question, std::size_t more, std::size_t& codes) {
  codes += more;
  if (codes <= most_codes) return;
  throw Error(question.at, "study-code",
              "the questions have more than " + std::to_string(most_codes) + " codes together");
}

std::vector<const StudyQuestion*> in_order(const Study& study, const StudyNames& names) {
  std::vector<std::vector<std::size_t>> needs;
  for (const auto& question : study.questions) {
    needs.emplace_back();
    for (const auto& name : names_needed(question)) {
      if (const auto* found = names.find(name))
        needs.back().push_back(static_cast<std::size_t>(found->question - study.questions.data()));
    }
  }
  const auto dependencies = dependencies_of(needs);
  if (!dependencies.cycle.empty()) {
    const auto& first = study.questions[dependencies.cycle[0]];
    std::string chain = excerpt(first.name);
    for (std::size_t i = 1; i < dependencies.cycle.size() && i < 8; ++i)
      chain += " needs " + excerpt(study.questions[dependencies.cycle[i]].name) + ", which";
    if (dependencies.cycle.size() > 8) chain += " … which";
    throw Error(
        first.at, "study-reference",
        chain + " needs " + (dependencies.cycle.size() == 1 ? "itself" : excerpt(first.name)));
  }
  std::vector<const StudyQuestion*> order;
  for (const auto at : dependencies.order) {
    const auto& question = study.questions[at];
    if (dependencies.depth[at] > most_levels) {
      throw Error(question.at, "study-reference",
                  "question " + excerpt(question.name) + " is made from others over more than " +
                      std::to_string(most_levels) + " steps");
    }
    order.push_back(&question);
  }
  return order;
}

}  // namespace sondeo
