// SPDX-License-Identifier: MIT
#include "data/answers.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "data/dictionary.h"

namespace sondeo {
namespace {

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const auto& each) { return trim_blanks(each) == text; });
}

// Raw cell texts of one column with what they mean.
template <class Meaning>
class Column {
 public:
  // Calls each(row, code) for all rows. `make(trimmed, text, row)` gives the meaning of a
  // new cell text.
  template <class Make, class Each>
  void read(const Block& block, std::size_t column, const Make& make, const Each& each) {
    const auto* end = block.ends + column;
    for (std::size_t row = 0; row < block.rows; ++row, end += block.columns) {
      const std::size_t start = column == 0 ? block.starts[row] : end[-1] + std::size_t{1};
      const std::size_t size = *end - start;
      auto code = dictionary_.find(block.bytes + start, size);
      if (code == Dictionary::unknown) {
        const auto text = cell_text(block.cell(row, column));
        const auto trimmed = trim_blanks(text);
        meanings_.push_back(make(trimmed, text, row));
        blanks_.push_back(trimmed.size() < text.size() && !trimmed.empty());
        any_blanks_ |= blanks_.back();
        code = dictionary_.add(block.bytes + start, size);
      }
      if (any_blanks_) trimmed_ += blanks_[code];
      each(row, code);
    }
  }

  std::size_t size() const { return meanings_.size(); }
  const Meaning& meaning(std::uint32_t code) const { return meanings_[code]; }
  const std::vector<Meaning>& meanings() const { return meanings_; }
  std::uint64_t trimmed() const { return trimmed_; }

 private:
  Dictionary dictionary_;
  std::vector<Meaning> meanings_;
  std::vector<std::uint8_t> blanks_;
  bool any_blanks_ = false;
  std::uint64_t trimmed_ = 0;
};

// single and number
class SingleCoder : public AnswerCoder {
 public:
  SingleCoder(const Question& question, const CodingContext& context)
      : AnswerCoder(false), question_(question), context_(context) {}

  void code(const Block& block) override {
    const bool number = question_.kind == QuestionKind::number;
    codes_.resize(block.rows);
    auto* codes = codes_.data();
    column_.read(
        block, question_.columns[0],
        [&](std::string_view text, const std::string& whole, std::size_t row) {
          check_answers(question_, column_.size() + 1, context_.file);
          Answer answer{AnswerKind::category, std::string(text), text.empty() ? "" : whole, 0};
          if (is_missing(text, context_.rules)) {
            answer.kind = AnswerKind::missing;
          } else if (number) {
            const auto value = parse_number(text, context_.numbers);
            if (!value) {
              const auto hint = number_hint(text, context_.numbers);
              throw Error(Place{context_.file, block.line_of(row)}, "not-a-number",
                          question_.name + " is '" + excerpt(text) + "'; expected a number",
                          hint.empty() ? "declare texts that are no answer: --missing '" +
                                             excerpt(text) + "'"
                                       : hint);
            }
            answer.number = *value;
          }
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
  Column<Answer> column_;
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
            return Option{tick_of(text), std::string(text)};
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
    return {AnswerKind::category, name, label_of(columns_[i].meanings(), name), 0};
  }

 private:
  enum class Tick : std::uint8_t { missing, no, yes };
  struct Option {
    Tick tick;
    std::string text;
  };

  Tick tick_of(std::string_view text) const {
    const auto& rules = context_.rules;
    if (text.empty() && !rules.keep_empty) {
      return contains(rules.unticked, "") ? Tick::no : Tick::missing;
    }
    if (contains(rules.ticked, text)) return Tick::yes;
    if (contains(rules.unticked, text)) return Tick::no;
    if (contains(rules.missing, text)) return Tick::missing;
    if (!rules.ticked.empty()) return Tick::no;
    if (!rules.unticked.empty()) return Tick::yes;
    const auto number = parse_number(text, context_.numbers);
    const bool zero = number && *number == 0;  // 0.0 where a program wrote a column with gaps
    return text.empty() || zero || contains(usual_unticked(), ascii_lower(text)) ? Tick::no
                                                                                 : Tick::yes;
  }

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
  std::vector<Column<Option>> columns_;
  std::vector<Tick> cells_;
};

// joined and spread: cells give any number of options out of one growing list.
class ListCoder : public AnswerCoder {
 public:
  ListCoder(const Question& question, const CodingContext& context)
      : AnswerCoder(true),
        question_(question),
        context_(context),
        columns_(question.columns.size()) {
    // The longest answer that fits wins, so that one may be the beginning of another.
    for (const auto& option : question.long_options)
      long_options_.emplace_back(trim_blanks(option));
    std::stable_sort(long_options_.begin(), long_options_.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
  }

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
    const std::string_view separator = question_.separator;
    while (!text.empty()) {
      auto part = text.substr(0, text.find(separator));
      const auto start = static_cast<std::size_t>(trim_blanks(text).data() - text.data());
      for (const auto& option : long_options_) {
        if (text.substr(start, option.size()) != option) continue;
        // It must reach to a separator, blanks aside.
        const auto end = start + option.size();
        const auto next = text.find(separator, end);
        if (!trim_blanks(text.substr(end, next - end)).empty()) continue;
        part = text.substr(0, next);
        break;
      }
      text.remove_prefix(std::min(text.size(), part.size() + separator.size()));
      part = trim_blanks(part);
      if (!part.empty() && !contains(context_.rules.missing, part))
        result.options.push_back(option_code(part));
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
  std::vector<Column<Options>> columns_;
  std::vector<std::uint32_t> cells_;
  std::uint64_t forgotten_ = 0;  // trimmed cells of columns that were forgotten
  std::vector<std::string> options_;
  std::map<std::string, std::uint32_t> codes_of_;
};

}  // namespace

void check_answers(const Question& question, std::size_t count, const std::string& file) {
  const bool number = question.kind == QuestionKind::number;
  const auto most = number ? most_numbers : most_categories;
  if (count <= most) return;
  throw Error(
      Place{file}, "too-many-answers",
      "'" + excerpt(question.name) + "' has more than " + grouped(most) + " different answers",
      number ? "" : "it is not a category; numbers: --mean");
}

bool names_option(std::string_view ticked) {
  static const std::vector<std::string> plain{"yes", "true",     "x",      "si",
                                              "sí",  "selected", "checked"};
  return !contains(plain, ascii_lower(ticked)) && !parse_number(ticked);
}

bool is_missing(std::string_view text, const AnswerRules& rules) {
  return (text.empty() && !rules.keep_empty) || contains(rules.missing, text);
}

std::unique_ptr<AnswerCoder> make_coder(const Question& question, const CodingContext& context) {
  switch (question.kind) {
    case QuestionKind::single:
    case QuestionKind::number:
      return std::make_unique<SingleCoder>(question, context);
    case QuestionKind::flags:
      return std::make_unique<FlagsCoder>(question, context);
    case QuestionKind::joined:
    case QuestionKind::spread:
      break;
  }
  return std::make_unique<ListCoder>(question, context);
}

}  // namespace sondeo
