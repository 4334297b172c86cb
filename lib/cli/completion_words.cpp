// SPDX-License-Identifier: MIT
#include "cli/completion_words.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "cli/study_input.h"
#include "codebook/question.h"
#include "expr/expr.h"
#include "expr/tail.h"
#include "table/texts.h"

namespace sondeo {
namespace {

// A value as it was typed so far: its text, and the sign that quotes a text inside it without
// closing the quote of the shell.
struct Typed {
  std::string text;
  char inner_quote = '\'';
};

Typed typed_text(const std::string& typed) {
  Typed result;
  const char quote = typed.empty() ? ' ' : typed.front();
  if (quote == '\'') return {typed.substr(1), '"'};
  for (std::size_t i = quote == '"' ? 1 : 0; i < typed.size(); ++i) {
    if (typed[i] == '\\' && i + 1 < typed.size()) ++i;
    result.text += typed[i];
  }
  return result;
}

class Words {
 public:
  Words(const InputOptions& options, const std::string& typed)
      : input_(find_input(options)), typed_(typed_text(typed)) {
    if (input_.study) {
      language_ = input_.study->languages.empty() ? "en" : input_.study->languages.front();
      return;
    }
    Issues none;
    const CsvFile file(input_.csv, none);
    columns_ = column_names(file.header());
  }

  std::vector<std::string> weights() {
    offer(0, "none", "");
    if (input_.study) {
      for (const auto& weight : input_.study->weights)
        offer(0, weight.name, weight.label.in(language_));
    }
    for (const auto& column : columns_) offer(0, column, "");
    return std::move(lines_);
  }

  std::vector<std::string> expression(bool named) {
    const std::size_t start = named ? typed_.text.find('=') : std::string::npos;
    if (named && start == std::string::npos) return {};
    const std::size_t begin = named ? start + 1 : 0;
    const ExprTail tail = expr_tail(std::string_view(typed_.text).substr(begin));
    if (tail.expects == ExprTail::Expects::name) names(begin + tail.begin, false);
    if (tail.expects == ExprTail::Expects::answer) answers(begin + tail.begin, tail.question);
    return std::move(lines_);
  }

  std::vector<std::string> banner() {
    std::size_t begin = 0;
    bool first = true;
    bool quoted = false;
    for (std::size_t i = 0; i < typed_.text.size(); ++i) {
      const char c = typed_.text[i];
      if (c == '`') quoted = !quoted;
      if (quoted || (c != '+' && c != '>')) continue;
      begin = i + 1;
      first = false;
    }
    begin = std::min(typed_.text.find_first_not_of(' ', begin), typed_.text.size());
    if (first) offer(begin, "total", "");
    names(begin, true);
    return std::move(lines_);
  }

 private:
  // The typed text up to `begin` and the word, if it goes on as what was typed.
  void offer(std::size_t begin, const std::string& word, const std::string& what) {
    if (!word.starts_with(std::string_view(typed_.text).substr(begin))) return;
    const std::string value = typed_.text.substr(0, begin) + word;
    if (visible(value) == value) lines_.push_back(value + "\t" + excerpt(what, 60));
  }

  void names(std::size_t begin, bool countable) {
    for (const auto& variable : input_.variables) {
      if (!countable || is_countable(variable))
        offer(begin, quote_name(variable.name), label_of(variable, language_));
    }
    for (const auto& column : columns_) offer(begin, quote_name(column), "");
  }

  // Codes; texts as well, once a quote has been typed.
  void answers(std::size_t begin, const std::string& name) {
    const auto* question = find_variable(input_, name);
    if (question == nullptr) return;
    const bool quoted =
        begin < typed_.text.size() && (typed_.text[begin] == '\'' || typed_.text[begin] == '"');
    const char quote = quoted ? typed_.text[begin] : typed_.inner_quote;
    for (const auto& code : question->codes) {
      const std::string label = label_of(code, language_);
      const bool number = parse_number(code.code).has_value();
      if (number && quoted) {
        offer(begin, literal(label, quote), code.code);
      } else {
        offer(begin, number ? code.code : literal(code.code, quote), label);
        if (quoted && label != code.code) offer(begin, literal(label, quote), code.code);
      }
    }
  }

  static std::string literal(const std::string& text, char quote) {
    std::string out(1, quote);
    for (const char c : text) out += c == quote ? std::string(2, c) : std::string(1, c);
    return out + quote;
  }

  StudyInput input_;
  Typed typed_;
  std::string language_ = "en";
  std::vector<std::string> columns_;  // of a bare file
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> value_completions(const InputOptions& options, const std::string& kind,
                                           const std::string& typed) {
  Words words(options, typed);
  if (kind == "by") return words.banner();
  if (kind == "weight") return words.weights();
  return words.expression(kind == "named");
}

void offer_completions(Tool& tool, const InputOptions& input) {
  tool.lists_questions([&] { return question_names(input); });
  tool.completes_values([&](const std::string& kind, const std::string& typed) {
    return value_completions(input, kind, typed);
  });
}

}  // namespace sondeo
