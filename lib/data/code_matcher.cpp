// SPDX-License-Identifier: MIT
#include "data/code_matcher.h"

#include "base/text.h"

namespace sondeo {

CodeMatcher::CodeMatcher(const StudyQuestion& question, const NumberFormat& numbers)
    : numbers_(numbers) {
  for (std::size_t i = 0; i < question.codes.size(); ++i) {
    const auto& code = question.codes[i];
    const auto add = [&](const std::string& text, const NumberFormat& format) {
      texts_.try_emplace(std::string(trim_blanks(text)), i);
      if (const auto number = parse_number(text, format)) values_.try_emplace(*number, i);
    };
    for (const auto& text : code.values) add(text, numbers);
    if (code.values.empty()) add(code.code, {});
  }
}

std::optional<std::size_t> CodeMatcher::find(std::string_view text) const {
  const auto exact = texts_.find(std::string(text));
  if (exact != texts_.end()) return exact->second;
  const auto number = parse_number(text, numbers_);
  if (!number) return std::nullopt;
  const auto same = values_.find(*number);
  return same == values_.end() ? std::nullopt : std::optional(same->second);
}

std::string allowed_texts(const StudyQuestion& question) {
  constexpr std::size_t most = 12;
  std::string list;
  std::size_t count = 0;
  for (const auto& code : question.codes) {
    const std::vector<std::string> only{code.code};
    for (const auto& text : code.values.empty() ? only : code.values) {
      if (++count > most) return list + ", …";
      list += (list.empty() ? "" : ", ") + excerpt(text, 24);
    }
  }
  return list;
}

}  // namespace sondeo
