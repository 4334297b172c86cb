// SPDX-License-Identifier: MIT
#include "data/answers.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "data/column.h"
#include "data/joined_cell.h"
#include "data/number_texts.h"
#include "data/study_coder.h"

namespace sondeo {
namespace {

class SingleCoder : public AnswerCoder {
 public:
  SingleCoder(const Question& question, const CodingContext& context)
      : AnswerCoder(false), question_(question), context_(context) {}

  void code(const Block& block) override {
    codes_.resize(block.rows);
    auto* codes = codes_.data();
    column_.read(
        block, question_.columns[0],
        [&](std::string_view text, const std::string& whole, std::size_t) {
          check_answers(question_, column_.size() + 1, context_.file);
          Answer answer{AnswerKind::category, std::string(text), text.empty() ? "" : whole, 0};
          if (is_missing(text, context_.rules)) answer.kind = AnswerKind::missing;
          return answer;
        },
        [codes](std::size_t row, std::uint32_t code) { codes[row] = code; });
    trimmed_ = column_.trimmed();
  }

  std::size_t size() const override { return column_.size(); }
  Answer answer(std::uint32_t code) const override { return column_.meaning(code); }

 private:
  const Question& question_;
  const CodingContext& context_;
  CodedColumn<Answer> column_;
};

// Numbers that no study describes: any_number, the empty cell, the texts that are no answer, then
// the values.
class NumberCoder : public AnswerCoder {
 public:
  NumberCoder(const Question& question, const CodingContext& context)
      : AnswerCoder(false),
        question_(question),
        context_(context),
        texts_(context.rules.missing, context.numbers) {}

  void code(const Block& block) override {
    texts_.read(
        block, question_.columns[0], is_uncoded(),
        [&](std::string_view text, std::size_t row) { return judge(text, block, row); }, codes_,
        numbers_);
    trimmed_ = texts_.trimmed();
  }

  std::size_t size() const override { return first_value() + values_.size(); }
  std::uint32_t first_value() const override {
    return first_missing + static_cast<std::uint32_t>(context_.rules.missing.size());
  }
  Answer answer(std::uint32_t code) const override {
    if (code == any_number) return {AnswerKind::number, "", "", 0};
    if (code == empty) return {AnswerKind::missing, "", "", 0};
    if (code < first_value()) {
      const auto& text = context_.rules.missing[code - first_missing];
      return {AnswerKind::missing, std::string(trim_blanks(text)), "", 0};
    }
    const double value = values_.value(code - first_value());
    return {AnswerKind::category, shortest(value), "", value};
  }

 private:
  static constexpr std::uint32_t empty = 1;
  static constexpr std::uint32_t first_missing = 2;

  CodedNumber judge(std::string_view text, const Block& block, std::size_t row) {
    const auto& missing = context_.rules.missing;
    const auto listed = std::find_if(missing.begin(), missing.end(),
                                     [&](const auto& each) { return trim_blanks(each) == text; });
    if (listed != missing.end())
      return {first_missing + static_cast<std::uint32_t>(listed - missing.begin()), 0};
    if (is_missing(text, context_.rules)) return {empty, 0};
    const auto value = parse_number(text, context_.numbers);
    if (!value) {
      const auto hint = number_hint(text, context_.numbers);
      throw Error(Place{context_.file, block.line_of(row)}, "not-a-number",
                  question_.name + " is '" + excerpt(text) + "'; expected a number",
                  hint.empty()
                      ? "declare texts that are no answer: --missing '" + excerpt(text) + "'"
                      : hint);
    }
    if (!is_uncoded()) {
      if (const auto number = values_.number(*value)) return {first_value() + *number, *value};
      leave_uncoded(question_, context_.file);
    }
    return {any_number, *value};
  }

  const Question& question_;
  const CodingContext& context_;
  NumberTexts texts_;
  NumberValues values_;
};

// Codes 0, 1, 2 of every select-all question; options follow.
enum Status : std::uint32_t { answered, asked, not_asked };

Answer status_answer(std::uint32_t code) {
  constexpr AnswerKind kinds[] = {AnswerKind::answered, AnswerKind::asked, AnswerKind::not_asked};
  return {kinds[code], "", "", 0};
}

class FlagsCoder : public AnswerCoder {
 public:
  FlagsCoder(const Question& question, const CodingContext& context)
      : AnswerCoder(true),
        question_(question),
        context_(context),
        columns_(question.columns.size()) {}

  void code(const Block& block) override {
    const auto width = columns_.size();
    cells_.assign(block.rows * width, Tick::missing);
    trimmed_ = 0;
    for (std::size_t i = 0; i < width; ++i) {
      auto& column = columns_[i];
      column.read(
          block, question_.columns[i],
          [&](std::string_view text, const std::string&, std::size_t) {
            check_answers(question_, column.size() + 1, context_.file);
            return Option{tick_of(text, context_.rules, context_.numbers), std::string(text)};
          },
          [&](std::size_t row, std::uint32_t code) {
            cells_[row * width + i] = column.meaning(code).tick;
          });
      trimmed_ += column.trimmed();
    }
    codes_.clear();
    offsets_.resize(block.rows + 1);
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto start = codes_.size();
      offsets_[row] = static_cast<std::uint32_t>(start);
      codes_.push_back(not_asked);
      for (std::size_t i = 0; i < width; ++i) {
        const auto tick = cells_[row * width + i];
        if (tick == Tick::missing) continue;
        if (tick == Tick::yes) codes_.push_back(first_option + static_cast<std::uint32_t>(i));
        codes_[start] = asked;
      }
      if (codes_.size() > start + 1) codes_[start] = answered;
    }
    offsets_[block.rows] = static_cast<std::uint32_t>(codes_.size());
  }

  std::size_t size() const override { return first_option + columns_.size(); }

  Answer answer(std::uint32_t code) const override {
    if (code < first_option) return status_answer(code);
    const auto i = code - first_option;
    const auto& name = question_.option_names[i];
    const bool told = i < question_.option_labels.size() && !question_.option_labels[i].empty();
    return {AnswerKind::category, name,
            told ? question_.option_labels[i] : label_of(columns_[i].meanings(), name), 0};
  }

 private:
  struct Option {
    Tick tick;
    std::string text;
  };

  void collect(FlagTexts& texts) const override {
    texts.chosen.resize(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      for (const auto& option : columns_[i].meanings()) {
        texts.all.insert(option.text);
        if (option.tick == Tick::yes) texts.chosen[i].insert(option.text);
      }
    }
  }

  // Survey platforms write the option's text into its column: then that is its label. Else it is
  // the name, so that other parts of the file, where there is but one text, cannot know better.
  static std::string label_of(const std::vector<Option>& options, const std::string& name) {
    std::string label;
    for (const auto& option : options) {
      if (option.tick != Tick::yes || option.text == label) continue;
      if (!label.empty() || !names_option(option.text)) return name;
      label = option.text;
    }
    return label;
  }

  const Question& question_;
  const CodingContext& context_;
  std::vector<CodedColumn<Option>> columns_;
  std::vector<Tick> cells_;
};

// joined and spread: cells give any number of options out of one growing list.
class ListCoder : public AnswerCoder {
 public:
  ListCoder(const Question& question, const CodingContext& context)
      : AnswerCoder(true),
        question_(question),
        context_(context),
        long_options_(longest_first(question.long_options)),
        columns_(question.columns.size()) {}

  void code(const Block& block) override {
    const auto width = columns_.size();
    cells_.resize(block.rows * width);
    trimmed_ = 0;
    for (std::size_t i = 0; i < width; ++i) {
      auto& column = columns_[i];
      // Combinations may be many; only the options are bounded. Forgetting them all bounds memory.
      if (column.size() > 4 * most_categories) {
        forgotten_ += column.trimmed();
        column = {};
      }
      column.read(
          block, question_.columns[i],
          [&](std::string_view text, const std::string&, std::size_t) { return options_in(text); },
          [&](std::size_t row, std::uint32_t code) { cells_[row * width + i] = code; });
      trimmed_ += column.trimmed();
    }
    trimmed_ += forgotten_;
    codes_.clear();
    offsets_.resize(block.rows + 1);
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto start = codes_.size();
      offsets_[row] = static_cast<std::uint32_t>(start);
      codes_.push_back(not_asked);
      for (std::size_t i = 0; i < width; ++i) {
        const auto& cell = columns_[i].meaning(cells_[row * width + i]);
        if (!cell.missing) codes_[start] = asked;
        for (const auto option : cell.options) {
          const auto chosen = codes_.begin() + static_cast<std::ptrdiff_t>(start) + 1;
          if (std::find(chosen, codes_.end(), option) == codes_.end()) codes_.push_back(option);
        }
      }
      if (codes_.size() > start + 1) codes_[start] = answered;
    }
    offsets_[block.rows] = static_cast<std::uint32_t>(codes_.size());
  }

  std::size_t size() const override { return first_option + options_.size(); }

  Answer answer(std::uint32_t code) const override {
    if (code < first_option) return status_answer(code);
    return {AnswerKind::category, options_[code - first_option], "", 0};
  }

 private:
  struct Options {
    bool missing = false;
    std::vector<std::uint32_t> options;
  };

  Options options_in(std::string_view text) {
    Options result;
    if (is_missing(text, context_.rules)) {
      result.missing = true;
      return result;
    }
    if (question_.kind == QuestionKind::spread) {
      result.options.push_back(option_code(text));
      return result;
    }
    for (const auto part : parts_of_joined(text, question_.separator, long_options_)) {
      if (!contains_text(context_.rules.missing, part)) result.options.push_back(option_code(part));
    }
    return result;
  }

  std::uint32_t option_code(std::string_view text) {
    const auto found = codes_of_.find(std::string(text));
    if (found != codes_of_.end()) return found->second;
    check_answers(question_, options_.size() + 1, context_.file);
    const auto code = first_option + static_cast<std::uint32_t>(options_.size());
    options_.emplace_back(text);
    codes_of_.emplace(text, code);
    return code;
  }

  const Question& question_;
  const CodingContext& context_;
  std::vector<std::string> long_options_;
  std::vector<CodedColumn<Options>> columns_;
  std::vector<std::uint32_t> cells_;
  std::uint64_t forgotten_ = 0;  // trimmed cells of columns that were forgotten
  std::vector<std::string> options_;
  std::map<std::string, std::uint32_t> codes_of_;
};

}  // namespace

void AnswerCoder::leave_uncoded(const Question& question, const std::string& file) {
  if (!allows_uncoded_) check_answers(question, most_numbers + 1, file);
  stop_coding();
}

void check_answers(const Question& question, std::size_t count, const std::string& file) {
  const bool number = question.kind == QuestionKind::number;
  const auto most = number ? most_numbers : most_categories;
  if (count <= most) return;
  throw Error(
      Place{file}, "too-many-answers",
      "'" + excerpt(question.name) + "' has more than " + grouped(most) + " different answers",
      number ? "a number that heads columns must be one of few: cut it into bands"
             : "it is not a category; numbers: --mean");
}

std::unique_ptr<AnswerCoder> make_coder(const Question& question, const CodingContext& context) {
  if (question.study != nullptr) return make_study_coder(question, context);
  switch (question.kind) {
    case QuestionKind::single:
      return std::make_unique<SingleCoder>(question, context);
    case QuestionKind::number:
      return std::make_unique<NumberCoder>(question, context);
    case QuestionKind::flags:
      return std::make_unique<FlagsCoder>(question, context);
    case QuestionKind::joined:
    case QuestionKind::spread:
      break;
  }
  return std::make_unique<ListCoder>(question, context);
}

}  // namespace sondeo
