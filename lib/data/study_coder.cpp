// SPDX-License-Identifier: MIT
#include "data/study_coder.h"

#include <algorithm>

#include "base/text.h"
#include "codebook/study.h"
#include "data/code_matcher.h"
#include "data/column.h"
#include "data/filter.h"
#include "data/joined_cell.h"
#include "data/maxdiff_coder.h"
#include "data/study_answers.h"

namespace sondeo {
namespace {

Place place_of(const Block& block, std::size_t row, std::size_t column,
               const CodingContext& context) {
  const auto spot = block.spot_of(row, column);
  return {context.file, spot.line, spot.column};
}

[[noreturn]] void refuse_unlisted(const StudyQuestion& study, std::string_view text, Place place) {
  const bool plain = parse_number(text).has_value();
  const auto shown = plain ? excerpt(text) : "'" + excerpt(text) + "'";
  const auto where =
      study.at.line == 0 ? "" : " (" + study.at.file + ":" + std::to_string(study.at.line) + ")";
  throw Error(std::move(place), "code-range",
              study.name + " is " + shown + "; " + study.name + " allows " + allowed_texts(study),
              "add it to the codes of " + study.name + where +
                  ", list it under missing, or open_codes = true");
}

// An answer that nobody listed must not be called like a listed one or like a net: they would be
// counted as one.
void check_unlisted(const StudyQuestion& study, std::string_view text, const Block& block,
                    std::size_t row, std::size_t column, const CodingContext& context) {
  const auto refuse = [&](const std::string& what, const std::string& hint, const Place& at) {
    const auto where = at.line == 0 ? "" : " (" + at.file + ":" + std::to_string(at.line) + ")";
    throw Error(place_of(block, row, column, context), "code-range",
                study.name + " is '" + excerpt(text) + "', which is not listed but " + what,
                hint + where);
  };
  for (const auto& code : study.codes) {
    if (code.code != text) continue;
    refuse("is the code of an answer that stands in other texts",
           "add it to the values of that code", code.at);
  }
  for (const auto& net : nets_of(study)) {
    if (net.name == text) refuse("is the name of a net", "give the net another name", net.at);
  }
}

class SingleCoder : public StudyCoder {
 public:
  SingleCoder(const Question& question, const CodingContext& context)
      : StudyCoder(false, ListedAnswers(*question.study).not_asked()),
        question_(question),
        context_(context),
        matcher_(*question.study, context.numbers),
        answers_(*question.study) {}

  void code(const Block& block) override {
    codes_.resize(block.rows);
    auto* codes = codes_.data();
    const auto column = question_.columns[0];
    column_.read(
        block, column,
        [&](std::string_view text, const std::string&, std::size_t row) {
          if (const auto listed = matcher_.find(text)) return static_cast<std::uint32_t>(*listed);
          if (is_missing(text, context_.rules)) return answers_.none();
          if (!question_.study->open_codes)
            refuse_unlisted(*question_.study, text, place_of(block, row, column, context_));
          check_unlisted(*question_.study, text, block, row, column, context_);
          check_answers(question_, answers_.size() + 1, context_.file);
          return answers_.unlisted(text);
        },
        [&](std::size_t row, std::uint32_t text) { codes[row] = column_.meaning(text); });
    trimmed_ = column_.trimmed();
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }

 private:
  const Question& question_;
  const CodingContext& context_;
  CodeMatcher matcher_;
  ListedAnswers answers_;
  CodedColumn<std::uint32_t> column_;
};

class NumberCoder : public StudyCoder {
 public:
  NumberCoder(const Question& question, const CodingContext& context)
      : StudyCoder(false, NumberAnswers::not_asked),
        question_(question),
        context_(context),
        matcher_(*question.study, context.numbers),
        answers_(*question.study),
        texts_(listed_texts(*question.study, context.rules), context.numbers) {}

  void code(const Block& block) override {
    texts_.read(
        block, question_.columns[0], is_uncoded(),
        [&](std::string_view text, std::size_t row) { return judge(text, block, row); }, codes_,
        numbers_);
    trimmed_ = texts_.trimmed();
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }

  std::uint32_t first_value() const override { return answers_.first_value(); }

 private:
  // Those that the study or the command line has something to say of.
  static std::vector<std::string> listed_texts(const StudyQuestion& study,
                                               const AnswerRules& rules) {
    auto texts = rules.missing;
    for (const auto& code : study.codes) {
      texts.push_back(code.code);
      texts.insert(texts.end(), code.values.begin(), code.values.end());
    }
    return texts;
  }

  CodedNumber judge(std::string_view text, const Block& block, std::size_t row) {
    const auto listed = matcher_.find(text);
    if (listed && question_.study->codes[*listed].missing != MissingKind::none)
      return {answers_.listed(*listed), 0};
    if (is_missing(text, context_.rules)) return {NumberAnswers::none, 0};
    const auto value = parse_number(text, context_.numbers);
    if (!value) {
      const auto hint = number_hint(text, context_.numbers);
      throw Error(
          place_of(block, row, question_.columns[0], context_), "not-a-number",
          question_.name + " is '" + excerpt(text) + "'; expected a number",
          hint.empty() ? "list it among the codes of " + question_.name + " with missing" : hint);
    }
    if (!is_uncoded()) {
      if (const auto code = answers_.value(*value)) return {*code, *value};
      leave_uncoded(question_, context_.file);
    }
    return {any_number, *value};
  }

  const Question& question_;
  const CodingContext& context_;
  CodeMatcher matcher_;
  NumberAnswers answers_;
  NumberTexts texts_;
};

// The three forms of a select-all question.
class MultipleCoder : public StudyCoder {
 public:
  MultipleCoder(const Question& question, const CodingContext& context)
      : StudyCoder(true, OptionAnswers::not_asked),
        question_(question),
        context_(context),
        matcher_(*question.study, context.numbers),
        answers_(*question.study),
        ticks_(tick_rules(question, context.rules)),
        columns_(question.columns.size()) {
    if (question.kind != QuestionKind::joined) return;
    std::vector<std::string> options;
    for (const auto& code : question.study->codes) {
      for (const auto& text : code.values.empty() ? std::vector{code.code} : code.values) {
        if (text.find(question.separator) != std::string::npos) options.push_back(text);
      }
    }
    long_options_ = longest_first(options);
  }

  void code(const Block& block) override {
    const auto width = columns_.size();
    cells_.resize(block.rows * width);
    trimmed_ = forgotten_;
    for (std::size_t i = 0; i < width; ++i) {
      auto& column = columns_[i];
      // Combinations in joined cells may be many; only the options are bounded.
      if (column.size() > 4 * most_categories) {
        forgotten_ += column.trimmed();
        trimmed_ = forgotten_;
        column = {};
      }
      column.read(
          block, question_.columns[i],
          [&](std::string_view text, const std::string&, std::size_t row) {
            return judge(text, i, block, row);
          },
          [&](std::size_t row, std::uint32_t text) { cells_[row * width + i] = text; });
      trimmed_ += column.trimmed();
    }
    codes_.clear();
    offsets_.resize(block.rows + 1);
    for (std::size_t row = 0; row < block.rows; ++row) {
      offsets_[row] = static_cast<std::uint32_t>(codes_.size());
      found_.clear();
      bool shown = false;
      for (std::size_t i = 0; i < width; ++i) {
        const auto& cell = columns_[i].meaning(cells_[row * width + i]);
        shown |= cell.shown;
        for (const auto option : cell.options) {
          if (std::find(found_.begin(), found_.end(), option) == found_.end())
            found_.push_back(option);
        }
      }
      answers_.append(found_, shown, codes_);
    }
    offsets_[block.rows] = static_cast<std::uint32_t>(codes_.size());
  }

  std::size_t size() const override { return answers_.size(); }
  Answer answer(std::uint32_t code) const override { return answers_.answer(code); }

 private:
  struct Cell {
    bool shown = false;
    std::vector<std::uint32_t> options;
  };

  static AnswerRules tick_rules(const Question& question, const AnswerRules& given) {
    auto rules = given;
    const auto& study = *question.study;
    // What the study says of this question stands, unless the command line says something.
    if (given.ticked.empty() && given.unticked.empty()) {
      rules.ticked = study.ticked;
      rules.unticked = study.unticked;
    }
    return rules;
  }

  Cell judge(std::string_view text, std::size_t column, const Block& block, std::size_t row) {
    Cell cell;
    if (question_.kind == QuestionKind::flags) {
      const auto tick = tick_of(text, ticks_, context_.numbers);
      cell.shown = tick != Tick::missing;
      if (tick == Tick::yes) cell.options.push_back(answers_.listed(column));
      return cell;
    }
    const auto option = [&](std::string_view part) {
      if (const auto listed = matcher_.find(part)) return answers_.listed(*listed);
      if (!question_.study->open_codes) {
        refuse_unlisted(*question_.study, part,
                        place_of(block, row, question_.columns[column], context_));
      }
      check_unlisted(*question_.study, part, block, row, question_.columns[column], context_);
      check_answers(question_, answers_.unlisted_options() + 1, context_.file);
      return answers_.unlisted(part);
    };
    // A whole cell may be listed though it has the separator in it, or counts as empty.
    if (is_missing(text, context_.rules) && !matcher_.find(text)) return cell;
    cell.shown = true;
    if (question_.kind == QuestionKind::spread) {
      cell.options.push_back(option(text));
      return cell;
    }
    for (const auto part : parts_of_joined(text, question_.separator, long_options_)) {
      if (contains_text(context_.rules.missing, part) && !matcher_.find(part)) continue;
      const auto code = option(part);
      if (std::find(cell.options.begin(), cell.options.end(), code) == cell.options.end())
        cell.options.push_back(code);
    }
    return cell;
  }

  const Question& question_;
  const CodingContext& context_;
  CodeMatcher matcher_;
  OptionAnswers answers_;
  AnswerRules ticks_;
  std::vector<std::string> long_options_;
  std::vector<CodedColumn<Cell>> columns_;
  std::vector<std::uint32_t> cells_;
  std::vector<std::uint32_t> found_;
  std::uint64_t forgotten_ = 0;
};

}  // namespace

bool StudyCoder::is_answer(std::uint32_t code) {
  for (auto known = answers_.size(); known <= code; ++known) {
    const auto kind = answer(static_cast<std::uint32_t>(known)).kind;
    answers_.push_back(kind == AnswerKind::category || kind == AnswerKind::answered ||
                       kind == AnswerKind::number);
  }
  return answers_[code] != 0;
}

void StudyCoder::route(const Block& block, const std::vector<Truth>& asked) {
  const auto leave_out = [&](std::uint32_t code, std::size_t row) {
    if (!is_answer(code)) return;
    if (left_out_.answers++ == 0) left_out_.first_line = block.line_of(row);
  };
  if (!several_) {
    for (std::size_t row = 0; row < block.rows; ++row) {
      if (asked[row] == Truth::yes) continue;
      leave_out(codes_[row], row);
      codes_[row] = not_asked_code_;
    }
    return;
  }
  // Lists only become shorter, so they move within the same vector.
  std::uint32_t to = 0;
  for (std::size_t row = 0; row < block.rows; ++row) {
    const auto from = offsets_[row];
    const auto end = offsets_[row + 1];
    offsets_[row] = to;
    if (asked[row] == Truth::yes) {
      for (auto i = from; i < end; ++i) codes_[to++] = codes_[i];
    } else {
      leave_out(codes_[from], row);
      codes_[to++] = not_asked_code_;
    }
  }
  offsets_[block.rows] = to;
  codes_.resize(to);
}

std::unique_ptr<StudyCoder> make_study_coder(const Question& question,
                                             const CodingContext& context) {
  if (question.study->kind == StudyKind::maxdiff) return make_maxdiff_coder(question, context);
  if (question.several()) return std::make_unique<MultipleCoder>(question, context);
  if (question.kind == QuestionKind::number)
    return std::make_unique<NumberCoder>(question, context);
  return std::make_unique<SingleCoder>(question, context);
}

}  // namespace sondeo
