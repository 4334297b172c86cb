// SPDX-License-Identifier: MIT
// The codebook for people: a block a question, answers with code, label and n.
#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "render/book.h"
#include "render/text_layout.h"
#include "table/book_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr int widest = 100;      // of a block in a wide terminal
constexpr int widest_code = 16;  // of the column of codes
constexpr int narrowest_label = 12;

class BookText {
 public:
  BookText(const Book& book, const RenderOptions& options)
      : book_(book),
        options_(options),
        words_(book_words_of(book.language)),
        marks_(words_of(book.language)),
        width_(options.width > 0 ? std::min(options.width, widest) : widest) {}

  std::string run() {
    head();
    std::string parent;
    for (const auto& question : book_.questions) {
      if (!question.parent.empty() && question.parent != parent) parent_block(question);
      parent = question.parent;
      out_ += '\n';
      block(question);
    }
    return std::move(out_);
  }

 private:
  std::string count(std::uint64_t n) const { return grouped(n, marks_.thousands); }

  std::string counted(std::uint64_t n, std::string_view one, std::string_view many) const {
    return count(n) + " " + std::string(n == 1 ? one : many);
  }

  std::string number(double value) const {
    const bool whole = value == static_cast<double>(static_cast<long long>(value));
    return rounded(value, whole ? 0 : 2, marks_.decimal, marks_.thousands);
  }

  void paragraph(std::string_view text) {
    for (const auto& line_text : wrap(visible(trim(text)), width_)) {
      TextLine line(options_);
      line.text(line_text);
      line.end(out_);
    }
  }

  std::string separator() const { return options_.ascii ? ", " : " · "; }

  void parts(const std::vector<std::string>& parts, int indent) {
    append_parts(out_, parts, separator(), std::string(static_cast<std::size_t>(indent), ' '),
                 width_, options_);
  }

  void head() {
    append_title(out_, book_.name, book_.title, width_, options_);
    std::vector<std::string> facts{
        counted(book_.respondents, words_.respondent, words_.respondents),
        counted(question_count(book_), words_.question, words_.questions)};
    if (!book_.weight.empty()) {
      facts.push_back(std::string(words_.weight) + " " + visible(book_.weight));
      facts.emplace_back(words_.counts_unweighted);
    }
    parts(facts, 0);
    if (book_.synthetic) paragraph(marks_.synthetic);
    for (const auto& note : book_.notes) paragraph(note);
  }

  // What the items of a question have in common is told once, above the first.
  void parent_block(const BookQuestion& item) {
    out_ += '\n';
    append_title(out_, item.parent, item.parent_text, width_, options_);
    parts(facts_of(item, item.parent_label, false), 4);
  }

  void block(const BookQuestion& question) {
    if (question.parent.empty()) {
      append_title(out_, question.name, question.text, width_, options_);
      parts(facts_of(question, question.label, true), 4);
    } else {
      append_title(out_, question.name, question.item, width_, options_);
      if (!question.columns.empty()) parts({columns_text(question)}, 4);
    }
    answers(question);
    totals(question);
  }

  std::vector<std::string> facts_of(const BookQuestion& question, const std::string& label,
                                    bool with_columns) const {
    std::vector<std::string> facts{
        std::string(words_.kinds[static_cast<std::size_t>(question.kind)])};
    if (!label.empty()) facts.push_back(label_text(label, options_));
    if (with_columns && !question.columns.empty()) facts.push_back(columns_text(question));
    if (!question.made.empty())
      facts.push_back(std::string(words_.made_of) + " " + visible(question.made));
    const auto& asked = question.asked_text.empty() ? question.asked : question.asked_text;
    if (!asked.empty()) facts.push_back(std::string(words_.asked_of) + ": " + visible(asked));
    return facts;
  }

  std::string columns_text(const BookQuestion& question) const {
    const auto& columns = question.columns;
    std::string text(columns.size() == 1 ? words_.column : words_.columns);
    text += " " + excerpt(columns.front(), 60);
    if (columns.size() > 2) text += options_.ascii ? " ..." : " …";
    if (columns.size() > 1) text += " " + excerpt(columns.back(), 60);
    return text;
  }

  // What stands behind a label: why it is no answer, its score.
  std::string remark(const BookAnswer& answer) const {
    std::string text;
    const auto add = [&](std::string_view part) {
      text += text.empty() ? "" : ", ";
      text += part;
    };
    if (answer.role == BookRole::missing) {
      add(words_.missing[static_cast<std::size_t>(answer.missing)]);
      if (answer.in_base) add(words_.in_base);
    }
    if (!answer.listed) add(words_.not_listed);
    // A scale whose scores are its codes says so by itself.
    const auto code = parse_number(answer.code);
    if (answer.score && (!code || *code != *answer.score))
      add(std::string(words_.score) + " " + number(*answer.score));
    return text.empty() ? text : "[" + text + "]";
  }

  void answers(const BookQuestion& question) {
    int code_width = 0;
    int figure_width = 1;
    const bool coded = has_labels(question);
    for (const auto& answer : question.answers) {
      if (coded && answer.role != BookRole::net)
        code_width = std::max(code_width, display_width(code_text(answer)));
      figure_width = std::max(figure_width, display_width(count(answer.n)));
    }
    const int label_at = 4 + (code_width > 0 ? code_width + 2 : 0);
    const int figure_edge = figures_at(question, label_at, figure_width);
    for (const auto& answer : question.answers) {
      const int room = std::max(figure_edge - figure_width - 2 - label_at, narrowest_label);
      auto label = label_text(answer.label, options_);
      const auto note = remark(answer);
      if (!note.empty()) label += (label.empty() ? "" : " ") + note;
      const auto stub = fit_stub(label, answer.indent, room, options_);
      for (std::size_t i = 0; i < std::max<std::size_t>(stub.lines.size(), 1); ++i) {
        TextLine line(options_);
        if (i == 0 && coded && answer.role != BookRole::net)
          line.text_right(code_text(answer), label_at - 2);
        if (i < stub.lines.size()) {
          line.pad_to(label_at + stub.indent + (i == 0 ? 0 : stub.hanging));
          line.text(stub.lines[i]);
        }
        if (i == 0 && question.counts) line.text_right(count(answer.n), figure_edge);
        line.end(out_);
      }
    }
  }

  // Codes that are their own labels need no column.
  static bool has_labels(const BookQuestion& question) {
    return std::any_of(question.answers.begin(), question.answers.end(), [](const auto& answer) {
      return answer.role != BookRole::net && answer.label != answer.code;
    });
  }

  std::string code_text(const BookAnswer& answer) const {
    return clip(visible(answer.code), widest_code, options_.ascii);
  }

  // Where the figures end: just behind the longest label, or at the edge.
  int figures_at(const BookQuestion& question, int label_at, int figure_width) const {
    int widest_label = narrowest_label;
    for (const auto& answer : question.answers) {
      auto label = answer.label;
      const auto note = remark(answer);
      if (!note.empty()) label += " " + note;
      widest_label = std::max(widest_label, stub_width(label, answer.indent, options_));
    }
    return std::min(label_at + widest_label + 2 + figure_width, width_);
  }

  void totals(const BookQuestion& question) {
    if (!question.counts) return;
    std::vector<std::string> facts{std::string(words_.answered) + " " +
                                   count(question.counts->answered)};
    if (question.counts->none_chosen > 0)
      facts.push_back(std::string(words_.none_chosen) + " " + count(question.counts->none_chosen));
    if (question.counts->no_answer > 0)
      facts.push_back(std::string(words_.no_answer) + " " + count(question.counts->no_answer));
    if (question.counts->not_asked > 0)
      facts.push_back(std::string(words_.not_asked) + " " + count(question.counts->not_asked));
    if (question.numbers && question.numbers->n > 0) {
      const auto& numbers = *question.numbers;
      if (numbers.least) facts.push_back(std::string(words_.least) + " " + number(*numbers.least));
      facts.push_back(std::string(words_.mean) + " " +
                      rounded(numbers.mean, 2, marks_.decimal, marks_.thousands));
      if (numbers.most) facts.push_back(std::string(words_.most) + " " + number(*numbers.most));
    }
    parts(facts, 4);
  }

  const Book& book_;
  const RenderOptions& options_;
  const BookWords& words_;
  const Words& marks_;
  int width_;
  std::string out_;
};

}  // namespace

std::string render_book_text(const Book& book, const RenderOptions& options) {
  return BookText(book, options).run();
}

}  // namespace sondeo
