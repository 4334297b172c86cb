// SPDX-License-Identifier: MIT
#include "data/question_coders.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "codebook/study_question.h"
#include "data/derived_coder.h"

namespace sondeo {

std::vector<std::string> names_used(const StudyQuestion& question) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  const auto add_all = [&](const std::optional<Expr>& expr) {
    if (!expr) return;
    for (const auto& name : names_of(*expr)) {
      if (name.kind == ExprKind::name) add(name.text);
    }
  };
  add_all(question.asked);
  add_all(question.value);
  for (const auto& code : question.codes) add_all(code.when);
  if (question.bands) add(question.bands->of);
  for (const auto& name : question.cross) add(name);
  return names;
}

// One question's coding: its coder, and who was asked it.
struct QuestionCoders::Step {
  AnswerCoder* coder = nullptr;
  StudyCoder* routed = nullptr;
  bool derived = false;
  std::optional<Filter> asked;
  std::vector<Truth> truths;
};

QuestionCoders::QuestionCoders(const std::vector<Question>& questions,
                               const std::vector<std::size_t>& needed, const Header& header,
                               const CodingContext& context)
    : questions_(questions), header_(header), context_(context), coders_(questions.size()) {
  named_.reserve(questions.size());
  step_of_.assign(questions.size(), static_cast<std::size_t>(-1));
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (is_named(questions[i])) places_.emplace(questions[i].name, i);
  }
  std::vector<int> state(questions.size());
  for (const auto question : needed) add(question, state);
}

QuestionCoders::~QuestionCoders() = default;

// States: 0 not seen, 1 waiting for what it depends on, 2 done.
void QuestionCoders::add(std::size_t first, std::vector<int>& state) {
  std::vector<std::size_t> open{first};
  while (!open.empty()) {
    const auto at = open.back();
    if (state[at] == 2) {
      open.pop_back();
      continue;
    }
    const auto& question = questions_[at];
    const auto* study = question.study;
    const auto before = open.size();
    if (study != nullptr) {
      for (const auto& name : names_used(*study)) {
        const auto found = places_.find(name);
        if (found == places_.end()) continue;
        const auto other = found->second;
        if (state[other] == 1 || other == at) {
          throw Error(study->at, "study-reference",
                      "'" + excerpt(question.name) + "' depends on itself, through '" +
                          excerpt(name) + "'");
        }
        if (state[other] == 0) open.push_back(other);
      }
    }
    state[at] = 1;
    if (open.size() > before) continue;
    open.pop_back();
    state[at] = 2;
    if (question.study == nullptr || is_countable(*question.study)) {
      Step step;
      if (study == nullptr) {
        coders_[at] = make_coder(question, context_);
      } else {
        auto coder = study->derived() ? make_derived_coder(question, header_, named_, context_)
                                      : make_study_coder(question, context_);
        if (study->asked) {
          step.routed = coder.get();
          step.asked.emplace(*study->asked, header_, named_, context_);
        }
        coders_[at] = std::move(coder);
      }
      step.coder = coders_[at].get();
      step.derived = study != nullptr && study->derived();
      step_of_[at] = steps_.size();
      steps_.push_back(std::move(step));
    }
    if (is_named(question)) named_.push_back({&question, coders_[at].get()});
  }
}

void QuestionCoders::code(const Block& block) {
  std::optional<Error> first;
  for (auto& step : steps_) {
    // After an error nothing that needs other codes is right; other columns may err earlier.
    if (first && step.derived) continue;
    try {
      step.coder->code(block);
      if (!step.asked || first) continue;
      step.asked->evaluate(block, step.truths);
      step.routed->route(block, step.truths);
    } catch (const Error& error) {
      const auto& place = error.place();
      if (!first || place.line < first->place().line ||
          (place.line == first->place().line && place.column < first->place().column)) {
        first = error;
      }
    }
  }
  if (first) throw *first;
}

StudyCoder::LeftOut QuestionCoders::left_out(std::size_t question) const {
  const auto step = step_of_[question];
  if (step >= steps_.size() || steps_[step].routed == nullptr) return {};
  return steps_[step].routed->left_out();
}

}  // namespace sondeo
