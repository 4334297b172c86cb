// SPDX-License-Identifier: MIT
#include "data/draft.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "data/answers.h"
#include "data/draft_answers.h"
#include "expr/expr.h"

namespace sondeo {
namespace {

// Answers of a question with one answer: a few, or each given three times, or many, each given five
// times.
constexpr std::size_t few_answers = 12;
constexpr std::size_t most_answers = 40;
constexpr std::size_t most_grid_answers = 12;
constexpr std::size_t most_number_codes = 12;  // whole numbers that may be codes

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return grouped(count) + " " + (count == 1 ? one : many);
}

// What a column's name has in common with its neighbours of the same question.
std::string stem_of(const std::string& name) {
  const auto bracket = name.find('[');
  if (bracket != std::string::npos && bracket > 0) return name.substr(0, bracket);
  const auto mark = name.find_last_of("_./:");
  if (mark != std::string::npos && mark > 0 && mark + 1 < name.size()) return name.substr(0, mark);
  auto end = name.size();
  while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9') --end;
  return end < name.size() ? name.substr(0, end) : "";
}

bool names_a_weight(const std::string& name) {
  static constexpr std::array<std::string_view, 9> words{
      "weight", "weights", "wt", "wgt", "peso", "ponderacion", "ponderación", "factor", "w"};
  const auto lower = ascii_lower(name);
  return std::find(words.begin(), words.end(), lower) != words.end() ||
         lower.starts_with("weight") || lower.ends_with("weight") || lower.starts_with("peso_");
}

class Drafter {
 public:
  Drafter(const Header& header, const std::vector<ColumnProfile>& profiles)
      : header_(header), column_names_(column_names(header)), profiles_(profiles) {}

  Draft run() {
    std::size_t i = 0;
    while (i < profiles_.size()) {
      const auto end = run_of(i, [&](std::size_t c) { return ticks(profiles_[c]); });
      if (end >= i + 2) {
        add_flags(i, end);
        i = end;
        continue;
      }
      const auto grid = grid_from(i);
      if (grid >= i + 2) {
        add_grid(i, grid);
        i = grid;
        continue;
      }
      add_column(i++);
    }
    return std::move(draft_);
  }

 private:
  // One past the last column from `i` on that has the same stem and `fits`.
  template <class Fits>
  std::size_t run_of(std::size_t i, Fits fits) const {
    const auto stem = stem_of(header_.names[i]);
    auto end = i;
    while (!stem.empty() && end < profiles_.size() && stem_of(header_.names[end]) == stem &&
           fits(end)) {
      ++end;
    }
    return end;
  }

  bool is_list(std::size_t column) const {
    const auto& profile = profiles_[column];
    return !profile.many && profile.texts.size() >= 2 &&
           profile.texts.size() <= most_grid_answers && profile.whole == profile.numbers &&
           profile.repeats;
  }

  std::size_t grid_from(std::size_t i) const {
    std::set<std::string> all;
    std::size_t largest = 0;
    return run_of(i, [&](std::size_t column) {
      if (!is_list(column) || ticks(profiles_[column])) return false;
      auto united = all;
      for (const auto& text : profiles_[column].texts) united.insert(text.text);
      const auto size = std::max(largest, profiles_[column].texts.size());
      // One list: hardly more answers in all than in the column that has most.
      if (united.size() > most_grid_answers || (column > i && united.size() > size + 2))
        return false;
      all = std::move(united);
      largest = size;
      return true;
    });
  }

  // A name for expressions and arguments; `wanted` if it is a word that is still free.
  std::string name_for(const std::string& wanted, std::size_t column) {
    auto name = wanted;
    const bool word = !name.empty() && name.size() <= 40 && quote_name(name) == name;
    if (!word || names_.contains(name)) name = "q" + std::to_string(column + 1);
    while (!names_.insert(name).second) name += "_";
    return name;
  }

  StudyQuestion question_of(const std::string& wanted, std::size_t column) {
    StudyQuestion question;
    question.name = name_for(wanted, column);
    if (question.name != wanted && !wanted.empty()) question.text = plain(wanted);
    return question;
  }

  // A question in one column, which it names unless it is called like it.
  StudyQuestion of_column(std::size_t column) {
    auto question = question_of(header_.names[column], column);
    const auto name = column_names_[column];
    if (name != question.name) question.columns = {name};
    return question;
  }

  static Texts plain(const std::string& text) { return {{{"", text}}}; }

  void add(StudyQuestion question, std::string reason) {
    draft_.reasons[question.name] = std::move(reason);
    draft_.study.questions.push_back(std::move(question));
  }

  static StudyCode code_of(const std::string& text) {
    StudyCode code;
    code.code = text;
    code.missing = usual_missing(text);
    code.in_base = code.missing != MissingKind::none;
    return code;
  }

  // Known scales in their order with scores, all else in natural order; no answers last.
  static bool fill_codes(StudyQuestion& question, std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end(),
              [](const auto& a, const auto& b) { return natural_compare(a, b) < 0; });
    const auto middle = std::stable_partition(texts.begin(), texts.end(), [](const auto& text) {
      return usual_missing(text) == MissingKind::none;
    });
    const auto scale = usual_scale({texts.begin(), middle});
    if (scale) std::copy(scale->begin(), scale->end(), texts.begin());
    for (const auto& text : texts) {
      question.codes.push_back(code_of(text));
      if (scale && question.codes.back().missing == MissingKind::none)
        question.codes.back().score = static_cast<double>(question.codes.size());
    }
    return scale.has_value();
  }

  void add_flags(std::size_t begin, std::size_t end) {
    const auto stem = stem_of(header_.names[begin]);
    auto question = question_of(std::string(trim(stem)), begin);
    question.kind = StudyKind::multiple;
    question.form = MultipleForm::flags;
    std::set<std::string> codes;
    for (auto column = begin; column < end; ++column) {
      StudyCode code;
      const auto& name = header_.names[column];
      code.code = name.substr(std::min(name.size(), stem.size()));
      code.code.erase(0, code.code.find_first_not_of("_./:[ "));
      if (code.code.ends_with(']')) code.code.pop_back();
      if (code.code.empty() || !codes.insert(code.code).second) {
        code.code = column_names_[column];
        codes.insert(code.code);
      }
      code.column = column_names_[column];
      const auto text = ticked_text(profiles_[column]);
      if (names_option(text) && text != code.code) code.label = plain(text);
      question.codes.push_back(std::move(code));
    }
    add(std::move(question),
        "multiple: " + grouped(end - begin) +
            " neighbouring columns of one beginning whose cells only tick something");
  }

  void add_grid(std::size_t begin, std::size_t end) {
    const auto stem = stem_of(header_.names[begin]);
    auto question = question_of(std::string(trim(stem)), begin);
    question.kind = StudyKind::grid;
    std::set<std::string> texts;
    for (auto column = begin; column < end; ++column) {
      for (const auto& text : profiles_[column].texts) texts.insert(text.text);
      StudyItem item;
      item.name = name_for(header_.names[column], column);
      const auto name = column_names_[column];
      if (name != item.name) {
        item.column = name;
        item.label = plain(header_.names[column]);
      }
      question.items.push_back(std::move(item));
    }
    const bool scale = fill_codes(question, {texts.begin(), texts.end()});
    add(std::move(question),
        "grid: " + grouped(end - begin) + " neighbouring columns of one beginning that share " +
            counted(texts.size(), "answer", "answers") + (scale ? ", a known scale" : ""));
  }

  void add_column(std::size_t column) {
    const auto& profile = profiles_[column];
    auto question = of_column(column);
    const auto answered = profile.answered;
    const bool all_numbers = profile.numbers == answered;
    const bool all_comma = profile.comma_numbers == answered && !all_numbers;
    if (answered == 0) {
      question.kind = StudyKind::text;
      return add(std::move(question), "text: every cell is empty");
    }
    if ((all_numbers || all_comma) && profile.least >= 0 && names_a_weight(header_.names[column]))
      return add_weight(std::move(question), profile, all_comma);
    if (const auto format = date_format(profile)) {
      question.kind = StudyKind::date;
      question.format = usual_date_formats()[*format];
      return add(std::move(question), date_reason(profile, *format));
    }
    const auto distinct = profile.texts.size();
    const bool codes = profile.whole == answered && distinct <= most_number_codes;
    if ((all_numbers && !codes && profile.repeats) || all_comma) {
      question.kind = StudyKind::number;
      if (all_comma) draft_.study.format.decimal = ",";
      return add(std::move(question), all_comma ? "number: every answer is one with a decimal comma"
                                                : "number: every answer is one, from " +
                                                      shortest(profile.least) + " to " +
                                                      shortest(profile.most));
    }
    if (!profile.repeats && answered > 1 && answered == profile.rows && !profile.blanks) {
      question.kind = StudyKind::id;
      return add(std::move(question), "id: every respondent has another text");
    }
    // Answers joined in cells are tried first: their combinations may be few.
    if (const auto joined = joined_answers(profile)) {
      question.kind = StudyKind::multiple;
      question.form = MultipleForm::joined;
      question.separator = joined->separator;
      for (const auto& answer : joined->answers) question.codes.push_back(code_of(answer));
      for (auto& code : question.codes) code.missing = MissingKind::none, code.in_base = false;
      return add(std::move(question), "multiple: cells hold several of " +
                                          counted(joined->answers.size(), "answer", "answers") +
                                          " joined by '" + joined->separator + "'");
    }
    const bool list =
        distinct <= few_answers || distinct * (distinct <= most_answers ? 3 : 5) <= answered;
    // Sentences are what people wrote themselves, however often they come.
    const bool sentences = profile.letters > 40 * answered;
    if (!profile.many && list && !sentences) {
      std::vector<std::string> texts;
      for (const auto& text : profile.texts) texts.push_back(text.text);
      const bool scale = fill_codes(question, std::move(texts));
      question.kind = scale ? StudyKind::scale : StudyKind::single;
      return add(std::move(question),
                 (scale ? "scale: a known one, " : "single: ") +
                     counted(distinct, "different answer", "different answers") + " in " +
                     counted(answered, "cell", "cells"));
    }
    question.kind = StudyKind::text;
    add(std::move(question),
        "text: " + (profile.many ? "more than " + grouped(most_profiled) : grouped(distinct)) +
            " different texts in " + counted(answered, "cell", "cells"));
  }

  void add_weight(StudyQuestion question, const ColumnProfile& profile, bool comma) {
    StudyWeight weight;
    weight.name = question.name;
    if (!question.columns.empty()) weight.column = question.columns[0];
    if (comma) draft_.study.format.decimal = ",";
    if (draft_.study.weight.empty() && profile.answered == profile.rows)
      draft_.study.weight = weight.name;
    draft_.study.weights.push_back(std::move(weight));
    question.kind = StudyKind::weight;
    add(std::move(question), "weight: called like one, and every cell is a number of at least 0");
  }

  static std::optional<std::size_t> date_format(const ColumnProfile& profile) {
    for (std::size_t i = 0; i < profile.dates.size(); ++i) {
      if (profile.dates[i] == profile.answered) return i;
    }
    return std::nullopt;
  }

  static std::string date_reason(const ColumnProfile& profile, std::size_t format) {
    std::string reason = "date: every answer is one";
    for (auto other = format + 1; other < profile.dates.size(); ++other) {
      if (profile.dates[other] == profile.answered)
        return reason + "; the format may as well be " + usual_date_formats()[other];
    }
    return reason;
  }

  const Header& header_;
  const std::vector<std::string> column_names_;
  const std::vector<ColumnProfile>& profiles_;
  Draft draft_;
  std::set<std::string> names_;
};

}  // namespace

Draft draft_study(const Header& header, const std::vector<ColumnProfile>& profiles) {
  return Drafter(header, profiles).run();
}

}  // namespace sondeo
