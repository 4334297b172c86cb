// SPDX-License-Identifier: MIT
// How the answers of a study's questions are numbered: what coders put into their codes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/study_question.h"
#include "data/answers.h"
#include "data/number_texts.h"

namespace sondeo {

// What an answer that is listed as missing, or an empty cell, makes of a respondent.
AnswerKind kind_of(MissingKind kind);

// Texts that no list has, numbered as they come.
class UnlistedTexts {
 public:
  std::uint32_t number(std::string_view text);
  std::size_t size() const { return texts_.size(); }
  const std::string& text(std::uint32_t number) const { return texts_[number]; }

 private:
  std::vector<std::string> texts_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

// Questions with one answer of a list: the listed ones, no answer, not asked, then unlisted ones.
class ListedAnswers {
 public:
  explicit ListedAnswers(const StudyQuestion& study) : study_(study) {}

  std::uint32_t none() const { return static_cast<std::uint32_t>(study_.codes.size()); }
  std::uint32_t not_asked() const { return none() + 1; }
  std::uint32_t unlisted(std::string_view text) { return none() + 2 + unlisted_.number(text); }
  std::size_t size() const { return none() + 2 + unlisted_.size(); }
  Answer answer(std::uint32_t code) const;

 private:
  const StudyQuestion& study_;
  UnlistedTexts unlisted_;
};

// Numbers: any_number, no answer, not asked, the listed codes (which count as none), then the
// values.
class NumberAnswers {
 public:
  explicit NumberAnswers(const StudyQuestion& study) : study_(study) {}

  static constexpr std::uint32_t none = 1;
  static constexpr std::uint32_t not_asked = 2;
  static constexpr std::uint32_t first_listed = 3;
  std::uint32_t listed(std::size_t code) const {
    return first_listed + static_cast<std::uint32_t>(code);
  }
  // Nothing if there are too many values.
  std::optional<std::uint32_t> value(double number);
  std::uint32_t first_value() const { return listed(study_.codes.size()); }
  std::size_t size() const { return first_value() + values_.size(); }
  Answer answer(std::uint32_t code) const;

 private:
  const StudyQuestion& study_;
  NumberValues values_;
};

// Select-all questions: the kinds of respondents (answered, asked, not_asked), the listed options,
// the nets, no answer, the listed options that count as none, then unlisted ones.
class OptionAnswers {
 public:
  explicit OptionAnswers(const StudyQuestion& study);

  static constexpr std::uint32_t answered = 0;
  static constexpr std::uint32_t asked = 1;
  static constexpr std::uint32_t not_asked = 2;
  // The code of an option chosen; for one that counts as none, of that kind of respondent.
  std::uint32_t listed(std::size_t option) const { return listed_[option]; }
  std::uint32_t unlisted(std::string_view text) { return first_unlisted_ + unlisted_.number(text); }
  std::size_t unlisted_options() const { return unlisted_.size(); }
  std::size_t size() const { return first_unlisted_ + unlisted_.size(); }
  Answer answer(std::uint32_t code) const;

  // Appends the codes of one respondent, from what listed() and unlisted() gave, each once.
  // `shown`: the respondent saw the options, even if none was chosen.
  void append(const std::vector<std::uint32_t>& found, bool shown,
              std::vector<std::uint32_t>& codes) const;

 private:
  const StudyQuestion& study_;
  std::vector<StudyNet> nets_;
  std::vector<std::vector<std::uint32_t>> nets_of_;  // by listed option: codes of nets
  std::vector<std::uint32_t> listed_;
  std::vector<std::size_t> missing_;  // those of the listed that count as none
  std::uint32_t none_ = 0;
  std::uint32_t first_unlisted_ = 0;
  UnlistedTexts unlisted_;
};

}  // namespace sondeo
