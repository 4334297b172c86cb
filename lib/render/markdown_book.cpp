// SPDX-License-Identifier: MIT
// The codebook for documents: a heading, what is said of the question, a pipe table of its answers.
#include <algorithm>

#include "base/number.h"
#include "render/book.h"
#include "render/markdown_text.h"
#include "table/book_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

class BookMarkdown {
 public:
  explicit BookMarkdown(const Book& book)
      : book_(book), words_(book_words_of(book.language)), marks_(words_of(book.language)) {}

  std::string run() {
    out_ = "# " + inert(book_.title.empty() ? book_.name : book_.title) + "\n\n";
    out_ += counted(book_.respondents, words_.respondent, words_.respondents) + " · " +
            counted(question_count(book_), words_.question, words_.questions);
    if (!book_.weight.empty()) {
      out_ += " · " + std::string(words_.weight) + " " + inert(book_.weight) + " · " +
              std::string(words_.counts_unweighted);
    }
    out_ += "\n";
    if (book_.synthetic) out_ += "\n**" + inert(marks_.synthetic) + "**\n";
    for (const auto& note : book_.notes) out_ += "\n" + inert(note) + "\n";
    std::string parent;
    for (const auto& question : book_.questions) {
      const bool item = !question.parent.empty();
      if (item && question.parent != parent) {
        heading("## ", question.parent, question.parent_text);
        append_kind(question);
        append_facts(question);
      }
      parent = question.parent;
      append(question);
    }
    return std::move(out_);
  }

 private:
  std::string count(std::uint64_t n) const { return grouped(n, marks_.thousands); }

  std::string counted(std::uint64_t n, std::string_view one, std::string_view many) const {
    return count(n) + " " + std::string(n == 1 ? one : many);
  }

  std::string number(double value) const {
    auto text = shortest(value);
    const auto point = text.find('.');
    if (point != std::string::npos) text.replace(point, 1, marks_.decimal);
    return text;
  }

  void heading(std::string_view level, const std::string& name, const std::string& text) {
    out_ += "\n" + std::string(level) + inert(name);
    if (!text.empty() && text != name) out_ += "  " + inert(text);
    out_ += "\n\n";
  }

  void append_kind(const BookQuestion& question) {
    out_ += words_.kinds[static_cast<std::size_t>(question.kind)];
  }

  void append_facts(const BookQuestion& question) {
    fact(words_.made_of, inert(question.made), " ");
    fact(words_.asked_of, inert(question.asked_text.empty() ? question.asked : question.asked_text),
         ": ");
    out_ += "\n";
  }

  void append(const BookQuestion& question) {
    const bool item = !question.parent.empty();
    std::string columns;
    for (const auto& column : question.columns)
      columns += (columns.empty() ? "" : ", ") + inert(column);
    const auto columns_word = question.columns.size() == 1 ? words_.column : words_.columns;
    // What the items of a question have in common stands above the first.
    if (item) {
      heading("### ", question.name, question.item);
      if (!columns.empty()) out_ += std::string(columns_word) + " " + columns + "\n";
    } else {
      heading("## ", question.name, question.text);
      append_kind(question);
      fact(columns_word, columns, " ");
      append_facts(question);
    }
    if (!question.answers.empty()) append_answers(question);
    if (question.counts) append_counts(question);
  }

  void fact(std::string_view name, const std::string& text, std::string_view sign) {
    if (!text.empty()) out_ += " · " + std::string(name) + std::string(sign) + text;
  }

  void append_answers(const BookQuestion& question) {
    const auto any = [&](auto holds) {
      return std::any_of(question.answers.begin(), question.answers.end(), holds);
    };
    const bool remarks =
        any([](const auto& answer) { return answer.role == BookRole::missing || !answer.listed; });
    const bool scores = any([](const auto& answer) { return answer.score.has_value(); });
    PipeTable::Cells header{std::string(words_.code), std::string(words_.answer)};
    if (remarks) header.emplace_back();
    if (scores) header.emplace_back(words_.score);
    header.emplace_back("n");
    PipeTable pipes(std::move(header));
    pipes.set_text_columns(remarks ? 2 : 1);
    for (const auto& answer : question.answers) {
      std::string indent;
      for (int i = 0; i < answer.indent; ++i) indent += "&nbsp;&nbsp;";
      PipeTable::Cells cells{answer.role == BookRole::net ? "" : inert(answer.code),
                             indent + inert(answer.label)};
      if (remarks) cells.push_back(remark(answer));
      if (scores) cells.push_back(answer.score ? number(*answer.score) : "");
      cells.push_back(question.counts ? count(answer.n) : "");
      pipes.add(std::move(cells));
    }
    out_ += '\n';
    pipes.append(out_);
  }

  std::string remark(const BookAnswer& answer) const {
    if (!answer.listed) return std::string(words_.not_listed);
    if (answer.role != BookRole::missing) return "";
    std::string text(words_.missing[static_cast<std::size_t>(answer.missing)]);
    return answer.in_base ? text + ", " + std::string(words_.in_base) : text;
  }

  void append_counts(const BookQuestion& question) {
    out_ += "\n" + std::string(words_.answered) + " " + count(question.counts->answered);
    const auto add = [&](std::string_view name, std::uint64_t n) {
      if (n > 0) out_ += " · " + std::string(name) + " " + count(n);
    };
    add(words_.none_chosen, question.counts->none_chosen);
    add(words_.no_answer, question.counts->no_answer);
    add(words_.not_asked, question.counts->not_asked);
    if (question.numbers && question.numbers->n > 0) {
      const auto& numbers = *question.numbers;
      if (numbers.least) fact(words_.least, number(*numbers.least), " ");
      fact(words_.mean, rounded(numbers.mean, 2, marks_.decimal, marks_.thousands), " ");
      if (numbers.most) fact(words_.most, number(*numbers.most), " ");
    }
    out_ += '\n';
  }

  const Book& book_;
  const BookWords& words_;
  const Words& marks_;
  std::string out_;
};

}  // namespace

std::string render_book_markdown(const Book& book) { return BookMarkdown(book).run(); }

}  // namespace sondeo
