// SPDX-License-Identifier: MIT
#include "data/study_answers.h"

#include <algorithm>

#include "base/number.h"
#include "codebook/nets.h"
#include "codebook/study.h"

namespace sondeo {
namespace {

bool counts_as_none(const StudyCode& code) {
  return code.missing != MissingKind::none && !code.in_base;
}

Answer listed_answer(const StudyCode& code) {
  const auto kind = counts_as_none(code) ? kind_of(code.missing) : AnswerKind::category;
  return {kind, code.code, "", 0};
}

}  // namespace

AnswerKind kind_of(MissingKind kind) {
  return kind == MissingKind::not_asked ? AnswerKind::not_asked : AnswerKind::missing;
}

std::uint32_t UnlistedTexts::number(std::string_view text) {
  const auto found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  numbers_.emplace(text, number);
  return number;
}

Answer ListedAnswers::answer(std::uint32_t code) const {
  if (code < none()) return listed_answer(study_.codes[code]);
  if (code == none()) return {kind_of(study_.empty), "", "", 0};
  if (code == not_asked()) return {AnswerKind::not_asked, "", "", 0};
  return {AnswerKind::category, unlisted_.text(code - not_asked() - 1), "", 0};
}

std::optional<std::uint32_t> NumberAnswers::value(double number) {
  const auto known = values_.number(number);
  return known ? std::optional(first_value() + *known) : std::nullopt;
}

Answer NumberAnswers::answer(std::uint32_t code) const {
  if (code == any_number) return {AnswerKind::number, "", "", 0};
  if (code == none) return {kind_of(study_.empty), "", "", 0};
  if (code == not_asked) return {AnswerKind::not_asked, "", "", 0};
  if (code < first_value()) {
    const auto& listed = study_.codes[code - first_listed];
    return {kind_of(listed.missing), listed.code, "", 0};
  }
  const double number = values_.value(code - first_value());
  return {AnswerKind::category, shortest(number), "", number};
}

OptionAnswers::OptionAnswers(const StudyQuestion& study)
    : study_(study), nets_(nets_of(study)), nets_of_(study.codes.size()) {
  const auto first_net = first_option + static_cast<std::uint32_t>(study.codes.size());
  none_ = first_net + static_cast<std::uint32_t>(nets_.size());
  for (std::size_t i = 0; i < study.codes.size(); ++i) {
    if (counts_as_none(study.codes[i])) {
      missing_.push_back(i);
      listed_.push_back(none_ + static_cast<std::uint32_t>(missing_.size()));
    } else {
      listed_.push_back(first_option + static_cast<std::uint32_t>(i));
    }
  }
  first_unlisted_ = none_ + 1 + static_cast<std::uint32_t>(missing_.size());
  const auto members = net_codes(study, nets_);
  for (std::size_t net = 0; net < nets_.size(); ++net) {
    for (const auto option : members[net])
      nets_of_[option].push_back(first_net + static_cast<std::uint32_t>(net));
  }
}

Answer OptionAnswers::answer(std::uint32_t code) const {
  constexpr AnswerKind kinds[] = {AnswerKind::answered, AnswerKind::asked, AnswerKind::not_asked};
  if (code < first_option) return {kinds[code], "", "", 0};
  const auto i = code - first_option;
  if (i < study_.codes.size()) return listed_answer(study_.codes[i]);
  if (code < none_) return {AnswerKind::net, nets_[i - study_.codes.size()].name, "", 0};
  if (code == none_) return {kind_of(study_.empty), "", "", 0};
  if (code < first_unlisted_) return listed_answer(study_.codes[missing_[code - none_ - 1]]);
  return {AnswerKind::category, unlisted_.text(code - first_unlisted_), "", 0};
}

void OptionAnswers::append(const std::vector<std::uint32_t>& found, bool shown,
                           std::vector<std::uint32_t>& codes) const {
  const auto start = codes.size();
  codes.push_back(shown ? asked : none_);
  auto missing = first_unlisted_;
  for (const auto code : found) {
    if (code < none_ || code >= first_unlisted_)
      codes.push_back(code);
    else
      missing = std::min(missing, code);
  }
  const auto options = codes.size() - start - 1;
  if (options == 0) {
    if (missing != first_unlisted_) codes[start] = missing;
    return;
  }
  codes[start] = answered;
  if (nets_.empty()) return;
  for (std::size_t i = 0; i < options; ++i) {
    const auto option = codes[start + 1 + i] - first_option;
    if (option >= study_.codes.size()) continue;
    for (const auto net : nets_of_[option]) {
      const auto first = codes.begin() + static_cast<std::ptrdiff_t>(start + 1 + options);
      if (std::find(first, codes.end(), net) == codes.end()) codes.push_back(net);
    }
  }
}

}  // namespace sondeo
