// SPDX-License-Identifier: MIT
#include "table/base_rule.h"

#include <utility>

#include "codebook/study_question.h"
#include "table/texts.h"
#include "table/words.h"

namespace sondeo {
namespace {

// The base that the study wants, or nothing.
Base study_base(const Question& question) {
  if (question.study == nullptr) return Base::automatic;
  const auto& base = question.study->base;
  return base == "asked"      ? Base::asked
         : base == "answered" ? Base::answered
         : base == "all"      ? Base::all
                              : Base::automatic;
}

bool any_of(const Cells& total, AnswerKind kind) {
  for (std::size_t row = 0; row < total.rows.size(); ++row) {
    if (total.rows[row].kind == kind && total.at(row, 0).n > 0) return true;
  }
  return false;
}

}  // namespace

BaseRule::BaseRule(const Question& question, Base base, std::string asked)
    : question_(question),
      asked_(std::move(asked)),
      base_(base == Base::automatic ? study_base(question) : base) {
  if (base_ == Base::automatic) {
    base_ = question.several() ? Base::asked : Base::answered;
    missing_leave_ = question.study != nullptr;
  }
  // A mean has no share for those who gave no number.
  if (question.kind == QuestionKind::number) base_ = Base::answered;
}

bool BaseRule::holds(AnswerKind kind) const {
  if (base_ == Base::all) return true;
  if (base_ == Base::asked) {
    if (question_.study != nullptr) {
      return kind != AnswerKind::not_asked && !(missing_leave_ && kind == AnswerKind::missing);
    }
    // Nothing but --asked says who was asked a question with a single column.
    return question_.several() && asked_.empty() ? kind != AnswerKind::not_asked : true;
  }
  return kind == AnswerKind::answered || kind == AnswerKind::number ||
         (!question_.several() && kind == AnswerKind::category);
}

bool BaseRule::counts_respondents(AnswerKind kind) const {
  return !question_.several() || (kind != AnswerKind::category && kind != AnswerKind::net);
}

std::string BaseRule::text(const Cells& total, std::string_view language) const {
  const auto& words = words_of(language);
  const auto asked = !asked_.empty()              ? asked_
                     : question_.study != nullptr ? asked_of(*question_.study, language)
                                                  : "";
  const auto silent = [&] {
    const bool told = missing_leave_ && any_of(total, AnswerKind::missing);
    return std::string(told ? words.not_skipped : "");
  };
  switch (base_) {
    case Base::asked:
      if (!asked.empty()) return std::string(words.asked) + asked + silent();
      if (!question_.several() &&
          (question_.study == nullptr || !any_of(total, AnswerKind::not_asked))) {
        return std::string(words.all_respondents);
      }
      return std::string(words.all_asked) + silent();
    case Base::all:
      return std::string(words.all_respondents);
    default:
      return asked.empty() ? std::string(words.all_answered)
                           : std::string(words.all_answered_of) + asked + ")";
  }
}

}  // namespace sondeo
