// SPDX-License-Identifier: MIT
#include "data/derived_coder.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "codebook/study_question.h"
#include "data/study_answers.h"

namespace sondeo {
namespace {

// Conditions of codes, evaluated for the rows of a block.
class Conditions {
 public:
  Conditions(const StudyQuestion& study, const Header& header,
             const std::vector<FilterQuestion>& named, const CodingContext& context) {
    for (const auto& code : study.codes) {
      filters_.emplace_back();
      if (code.when) filters_.back().emplace(*code.when, header, named, context);
    }
    truths_.resize(filters_.size());
  }

  void evaluate(const Block& block) {
    for (std::size_t i = 0; i < filters_.size(); ++i) {
      if (filters_[i])
        filters_[i]->evaluate(block, truths_[i]);
      else
        truths_[i].assign(block.rows, Truth::no);
    }
  }

  std::size_t size() const { return truths_.size(); }
  Truth at(std::size_t code, std::size_t row) const { return truths_[code][row]; }

 private:
  std::vector<std::optional<Filter>> filters_;
  std::vector<std::vector<Truth>> truths_;  // by code, then by row
};

class DerivedSingleCoder : public StudyCoder {
 public:
  DerivedSingleCoder(const Question& question, const Header& header,
                     const std::vector<FilterQuestion>& named, const CodingContext& context)
      : StudyCoder(false, ListedAnswers(*question.study).not_asked()),
        conditions_(*question.study, header, named, context),
        answers_(*question.study) {}

  void code(const Block& block) override {
    conditions_.evaluate(block);
    codes_.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) {
      std::size_t code = 0;
      while (code < conditions_.size() && conditions_.at(code, row) != Truth::yes) ++code;
      codes_[row] = code < conditions_.size() ? static_cast<std::uint32_t>(code) : answers_.none();
    }
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }

 private:
  Conditions conditions_;
  ListedAnswers answers_;
};

class DerivedMultipleCoder : public StudyCoder {
 public:
  DerivedMultipleCoder(const Question& question, const Header& header,
                       const std::vector<FilterQuestion>& named, const CodingContext& context)
      : StudyCoder(true, OptionAnswers::not_asked),
        conditions_(*question.study, header, named, context),
        answers_(*question.study) {}

  void code(const Block& block) override {
    conditions_.evaluate(block);
    codes_.clear();
    offsets_.resize(block.rows + 1);
    for (std::size_t row = 0; row < block.rows; ++row) {
      offsets_[row] = static_cast<std::uint32_t>(codes_.size());
      found_.clear();
      bool known = false;
      for (std::size_t code = 0; code < conditions_.size(); ++code) {
        const auto truth = conditions_.at(code, row);
        known |= truth != Truth::unknown;
        if (truth == Truth::yes) found_.push_back(answers_.listed(code));
      }
      answers_.append(found_, known, codes_);
    }
    offsets_[block.rows] = static_cast<std::uint32_t>(codes_.size());
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }

 private:
  Conditions conditions_;
  OptionAnswers answers_;
  std::vector<std::uint32_t> found_;
};

class DerivedNumberCoder : public StudyCoder {
 public:
  DerivedNumberCoder(const Question& question, const Header& header,
                     const std::vector<FilterQuestion>& named, const CodingContext& context)
      : StudyCoder(false, NumberAnswers::not_asked),
        question_(question),
        context_(context),
        value_(*question.study->value, header, named, context),
        answers_(*question.study) {}

  void code(const Block& block) override {
    value_.evaluate_number(block, numbers_);
    codes_.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row)
      codes_[row] = std::isfinite(numbers_[row]) ? code_of(numbers_[row]) : NumberAnswers::none;
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }
  std::uint32_t first_value() const override { return answers_.first_value(); }

 private:
  std::uint32_t code_of(double value) {
    if (is_uncoded()) return any_number;
    if (const auto code = answers_.value(value)) return *code;
    leave_uncoded(question_, context_.file);
    return any_number;
  }

  const Question& question_;
  const CodingContext& context_;
  Filter value_;
  NumberAnswers answers_;
};

// A number cut into bands: code i is [cuts[i], cuts[i + 1]).
class BandCoder : public StudyCoder {
 public:
  BandCoder(const Question& question, const FilterQuestion& of)
      : StudyCoder(false, ListedAnswers(*question.study).not_asked()),
        cuts_(question.study->bands->cuts),
        of_(of),
        answers_(*question.study) {}

  void code(const Block& block) override {
    const auto& numbers = of_.coder->codes();
    const bool values = of_.coder->first_value() > 0;
    codes_.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) {
      if (values && numbers[row] == any_number) {
        codes_[row] = band_of({AnswerKind::category, "", "", of_.coder->numbers()[row]});
        continue;
      }
      while (bands_.size() <= numbers[row])
        bands_.push_back(band_of(of_.coder->answer(static_cast<std::uint32_t>(bands_.size()))));
      codes_[row] = bands_[numbers[row]];
    }
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }

 private:
  std::uint32_t band_of(const Answer& answer) const {
    if (answer.kind == AnswerKind::not_asked) return answers_.not_asked();
    if (answer.kind != AnswerKind::category) return answers_.none();
    const bool number = of_.question->kind == QuestionKind::number;
    const auto value = number ? std::optional(answer.number) : parse_number(answer.text);
    if (!value) return answers_.none();
    const auto above = std::upper_bound(cuts_.begin(), cuts_.end(), *value) - cuts_.begin();
    return above == 0 ? answers_.none() : static_cast<std::uint32_t>(above - 1);
  }

  const std::vector<double>& cuts_;
  FilterQuestion of_;
  ListedAnswers answers_;
  std::vector<std::uint32_t> bands_;  // by code of the number
};

// The rows of a code list, in order: those that are part of a base.
std::vector<std::size_t> rows_of_list(const StudyQuestion& study) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < study.codes.size(); ++i) {
    if (study.codes[i].missing == MissingKind::none || study.codes[i].in_base) rows.push_back(i);
  }
  return rows;
}

// Combinations of questions with one answer each: codes in the order of the first one's answers,
// then of the second's ...
class CrossCoder : public StudyCoder {
 public:
  CrossCoder(const Question& question, const std::vector<FilterQuestion>& parts)
      : StudyCoder(false, ListedAnswers(*question.study).not_asked()),
        parts_(parts),
        answers_(*question.study),
        places_(parts.size()) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& codes = parts[i].question->study->codes;
      places_[i].assign(codes.size(), none);
      const auto rows = rows_of_list(*parts[i].question->study);
      for (std::size_t place = 0; place < rows.size(); ++place)
        places_[i][rows[place]] = static_cast<std::uint32_t>(place);
      sizes_.push_back(static_cast<std::uint32_t>(rows.size()));
    }
  }

  void code(const Block& block) override {
    codes_.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) {
      std::uint32_t combination = 0;
      bool known = true;
      bool asked = true;
      for (std::size_t i = 0; i < parts_.size(); ++i) {
        const auto code = parts_[i].coder->codes()[row];
        const auto place = code < places_[i].size() ? places_[i][code] : none;
        if (place == none) {
          known = false;
          asked &= parts_[i].coder->answer(code).kind != AnswerKind::not_asked;
        } else {
          combination = combination * sizes_[i] + place;
        }
      }
      codes_[row] = known ? combination : asked ? answers_.none() : answers_.not_asked();
    }
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }

 private:
  static constexpr std::uint32_t none = 0xffffffff;

  std::vector<FilterQuestion> parts_;
  ListedAnswers answers_;
  std::vector<std::vector<std::uint32_t>> places_;  // by part, then by code: its place in the list
  std::vector<std::uint32_t> sizes_;
};

const FilterQuestion* find_single(const std::vector<FilterQuestion>& named,
                                  const std::string& name) {
  const auto found = std::find_if(named.begin(), named.end(),
                                  [&](const auto& each) { return each.question->name == name; });
  const bool coded = found != named.end() && found->coder != nullptr && !found->coder->several();
  return coded ? &*found : nullptr;
}

}  // namespace

std::unique_ptr<StudyCoder> make_derived_coder(const Question& question, const Header& header,
                                               const std::vector<FilterQuestion>& named,
                                               const CodingContext& context) {
  const auto& study = *question.study;
  if (study.value) return std::make_unique<DerivedNumberCoder>(question, header, named, context);
  if (study.bands && study.codes.size() == study.bands->cuts.size()) {
    const auto* of = find_single(named, study.bands->of);
    if (of == nullptr) {
      throw Error(study.at, "study-reference",
                  "'" + excerpt(question.name) + "' is cut from '" + excerpt(study.bands->of) +
                      "', which has no number for each respondent");
    }
    return std::make_unique<BandCoder>(question, *of);
  }
  if (!study.cross.empty()) {
    std::vector<FilterQuestion> parts;
    for (const auto& name : study.cross) {
      const auto* part = find_single(named, name);
      if (part == nullptr || part->question->study == nullptr) {
        throw Error(study.at, "study-reference",
                    "'" + excerpt(question.name) + "' crosses '" + excerpt(name) +
                        "', which has no single answer of a list");
      }
      parts.push_back(*part);
    }
    std::size_t combinations = 1;
    for (const auto& part : parts) combinations *= rows_of_list(*part.question->study).size();
    if (combinations == study.codes.size()) return std::make_unique<CrossCoder>(question, parts);
  }
  if (question.several())
    return std::make_unique<DerivedMultipleCoder>(question, header, named, context);
  return std::make_unique<DerivedSingleCoder>(question, header, named, context);
}

}  // namespace sondeo
