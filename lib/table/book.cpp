// SPDX-License-Identifier: MIT
#include "table/book.h"

#include <algorithm>
#include <set>

#include "base/number.h"
#include "codebook/study_parts.h"
#include "infer/number_sums.h"
#include "table/maxdiff.h"
#include "table/row_words.h"
#include "table/stub.h"
#include "table/texts.h"

namespace sondeo {
namespace {

// How a derived question is made; one with `when` says it answer by answer.
std::string made_of(const StudyQuestion& study) {
  if (study.value) return print_expr(*study.value);
  if (study.bands) {
    std::string cuts;
    for (const auto cut : study.bands->cuts) cuts += (cuts.empty() ? "" : ", ") + shortest(cut);
    return quote_name(study.bands->of) + ": " + cuts;
  }
  std::string crossed;
  for (const auto& name : study.cross) crossed += (crossed.empty() ? "" : " > ") + quote_name(name);
  return crossed;
}

const StudyCode* code_of(const StudyQuestion& study, const StubRow& row) {
  if (row.kind == RowKind::net) return nullptr;
  const auto found = std::find_if(study.codes.begin(), study.codes.end(), [&](const auto& code) {
    return code.code == row.keys[0].path[0];
  });
  return found == study.codes.end() ? nullptr : &*found;
}

BookAnswer answer_of(const StudyQuestion& study, const StubRow& row, const Cells& cells) {
  BookAnswer answer;
  answer.code = row.id;
  answer.label = row.label;
  answer.indent = row.indent;
  answer.n = cells.columns.empty() ? 0 : sums_of(cells, 0, row.keys).n;
  if (row.kind == RowKind::net) {
    answer.role = BookRole::net;
    return answer;
  }
  const auto* code = code_of(study, row);
  if (code == nullptr) {
    answer.listed = study.codes.empty();
    return answer;
  }
  answer.code = code->code;
  answer.score = code->score;
  answer.missing = code->missing;
  answer.in_base = code->in_base;
  if (code->missing != MissingKind::none) answer.role = BookRole::missing;
  return answer;
}

BookQuestion::Counts counts_of(const Question& question, const Cells& cells) {
  BookQuestion::Counts counts;
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    const auto n = cells.at(row, 0).n;
    switch (cells.rows[row].kind) {
      case AnswerKind::answered:
        counts.answered += n;
        break;
      case AnswerKind::number:
      case AnswerKind::category:
        if (!question.several()) counts.answered += n;
        break;
      case AnswerKind::asked:
        counts.none_chosen += n;
        break;
      case AnswerKind::missing:
        counts.no_answer += n;
        break;
      case AnswerKind::not_asked:
        counts.not_asked += n;
        break;
      case AnswerKind::net:
        break;
    }
  }
  return counts;
}

BookNumbers numbers_of(const Cells& cells) {
  BookNumbers numbers;
  double sum = 0;
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    const auto n = cells.at(row, 0).n;
    if (cells.rows[row].kind == AnswerKind::number && n > 0) {
      numbers.n = n;
      numbers.mean = Centre(NumberSums::of_powers(cells.at(row, 0)), Weighing::rows, false).mean();
      return numbers;
    }
    if (cells.rows[row].kind != AnswerKind::category || n == 0) continue;
    const auto value = cells.rows[row].number;
    numbers.least = std::min(numbers.least.value_or(value), value);
    numbers.most = std::max(numbers.most.value_or(value), value);
    numbers.n += n;
    sum += value * static_cast<double>(n);
  }
  if (numbers.n > 0) numbers.mean = sum / static_cast<double>(numbers.n);
  return numbers;
}

// How often an answer of a maxdiff question was best and worst, and shown.
void add_choices(const Cells& cells, std::string_view language, BookQuestion& book) {
  const auto& words = row_words_of(language);
  const auto add = [&](const char* id, std::string_view label, MaxDiffFigure figure) {
    BookAnswer answer;
    answer.code = id;
    answer.label = label;
    answer.n = static_cast<std::uint64_t>(maxdiff_counts(cells, 0, figure, false).n);
    book.answers.push_back(std::move(answer));
  };
  add("best", words.best, MaxDiffFigure::best);
  add("worst", words.worst, MaxDiffFigure::worst);
  add("shown", words.shown, MaxDiffFigure::score);
}

}  // namespace

std::size_t question_count(const Book& book) {
  std::set<std::string_view> parents;
  std::size_t alone = 0;
  for (const auto& question : book.questions) {
    if (question.parent.empty())
      ++alone;
    else
      parents.insert(question.parent);
  }
  return alone + parents.size();
}

BookQuestion book_question(const Question& question, const Cells* cells,
                           std::string_view language) {
  const auto& study = *question.study;
  BookQuestion book;
  book.name = study.name;
  book.parent = study.parent;
  if (!study.parent.empty()) {
    const auto& label = study.parent_label.in(language);
    book.parent_text = study.text.empty() ? label : study.text.in(language);
    if (!study.text.empty() && label != book.parent_text) book.parent_label = label;
    book.item = study.label.in(language);
  }
  book.kind = study.kind;
  book.text = wording_of(study, language);
  if (!study.text.empty() && study.parent.empty()) book.label = study.label.in(language);
  book.columns = study.columns;
  if (book.columns.empty() && study.kind == StudyKind::multiple) {
    for (const auto& code : study.codes) {
      if (!code.column.empty()) book.columns.push_back(code.column);
    }
  }
  if (study.asked) book.asked = print_expr(*study.asked);
  book.asked_text = study.asked_text.in(language);
  book.made = made_of(study);
  const bool numeric = question.kind == QuestionKind::number;
  if (study.kind == StudyKind::maxdiff) {
    if (cells != nullptr && !cells->columns.empty()) add_choices(*cells, language, book);
  } else if (!numeric || !study.codes.empty()) {
    StubRules rules;
    rules.language = language;
    // Everything that is listed is shown, also what leaves the base.
    rules.in_base = [](AnswerKind) { return true; };
    const Cells nothing;
    const auto& counted = cells != nullptr ? *cells : nothing;
    for (const auto& row : stub_of(question, counted, rules)) {
      auto answer = answer_of(study, row, counted);
      if (!numeric || answer.role == BookRole::missing) book.answers.push_back(std::move(answer));
    }
  }
  if (cells != nullptr) {
    book.counts = cells->columns.empty() ? BookQuestion::Counts{} : counts_of(question, *cells);
    if (numeric && !cells->columns.empty()) book.numbers = numbers_of(*cells);
  }
  return book;
}

std::string_view kind_word(StudyKind kind) { return kind_words()[static_cast<std::size_t>(kind)]; }

std::string_view missing_word(MissingKind kind) {
  if (kind == MissingKind::none) return "";
  return missing_words()[static_cast<std::size_t>(kind) - 1];
}

}  // namespace sondeo
