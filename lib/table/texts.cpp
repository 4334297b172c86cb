// SPDX-License-Identifier: MIT
#include "table/texts.h"

#include <algorithm>
#include <optional>

#include "table/words.h"

namespace sondeo {
namespace {

std::string with_item(const std::string& title, const StudyQuestion& question,
                      std::string_view language) {
  const auto& item = question.label.in(language);
  if (question.parent.empty() || item.empty() || item == title) return title;
  return title.empty() ? item : title + " · " + item;
}

}  // namespace

std::string wording_of(const StudyQuestion& question, std::string_view language) {
  const auto& text = question.text.in(language);
  if (!text.empty()) return with_item(text, question, language);
  const auto& label = question.label.in(language);
  return label.empty() ? question.name : label;
}

std::string short_title_of(const StudyQuestion& question, std::string_view language) {
  const bool item = !question.parent.empty();
  const auto& label = (item ? question.parent_label : question.label).in(language);
  return label.empty() ? wording_of(question, language) : with_item(label, question, language);
}

std::string label_of(const StudyQuestion& question, std::string_view language) {
  const auto& label = question.label.in(language);
  return label.empty() ? wording_of(question, language) : label;
}

std::string label_of(const StudyCode& code, std::string_view language) {
  const auto& label = code.label.in(language);
  return label.empty() ? code.code : label;
}

std::string label_of(const StudyNet& net, const StudyQuestion& question,
                     std::string_view language) {
  const auto& label = net.label.in(language);
  const auto text = label.empty() ? net.name : label;
  const auto& boxes = question.boxes;
  const bool box = std::find(boxes.begin(), boxes.end(), net.name) != boxes.end();
  const auto mark = words_of(language).net;
  return box || text.ends_with(mark) ? text : text + " " + std::string(mark);
}

std::string mean_label(const StudyQuestion& question, std::string_view language) {
  const auto& words = words_of(language);
  std::string text(words.mean);
  if (question.kind == StudyKind::number) {
    const auto& unit = question.unit.in(language);
    return unit.empty() ? text : text + " (" + unit + ")";
  }
  std::optional<double> low;
  std::optional<double> high;
  std::string without;
  for (const auto& code : question.codes) {
    if (code.score && (code.missing == MissingKind::none || code.in_base)) {
      low = std::min(low.value_or(*code.score), *code.score);
      high = std::max(high.value_or(*code.score), *code.score);
    } else if (code.missing == MissingKind::none || code.in_base) {
      without += ", " + std::string(without.empty() ? words.excluding : "") +
                 (without.empty() ? " " : "") + label_of(code, language);
    }
  }
  if (!low) return text;
  const auto to = *low < 0 ? " … " : "-";
  return text + " (" + number_text(*low, words) + to + number_text(*high, words) + without + ")";
}

std::string asked_of(const StudyQuestion& question, std::string_view language) {
  const auto& text = question.asked_text.in(language);
  if (!text.empty()) return text;
  return question.asked ? print_expr(*question.asked) : "";
}

}  // namespace sondeo
