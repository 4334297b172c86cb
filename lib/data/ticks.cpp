// SPDX-License-Identifier: MIT
#include "data/ticks.h"

#include <algorithm>

#include "base/text.h"

namespace sondeo {

bool contains_text(const std::vector<std::string>& texts, std::string_view text) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const auto& each) { return trim_blanks(each) == text; });
}

Tick tick_of(std::string_view text, const AnswerRules& rules, const NumberFormat& numbers) {
  if (text.empty() && !rules.keep_empty) {
    return contains_text(rules.unticked, "") ? Tick::no : Tick::missing;
  }
  if (contains_text(rules.ticked, text)) return Tick::yes;
  if (contains_text(rules.unticked, text)) return Tick::no;
  if (contains_text(rules.missing, text)) return Tick::missing;
  if (!rules.ticked.empty()) return Tick::no;
  if (!rules.unticked.empty()) return Tick::yes;
  const auto number = parse_number(text, numbers);
  const bool zero = number && *number == 0;  // 0.0 where a program wrote a column with gaps
  return text.empty() || zero || contains_text(usual_unticked(), ascii_lower(text)) ? Tick::no
                                                                                    : Tick::yes;
}

bool names_option(std::string_view ticked) {
  static const std::vector<std::string> plain{"yes", "true",     "x",      "si",
                                              "sí",  "selected", "checked"};
  return !contains_text(plain, ascii_lower(ticked)) && !parse_number(ticked);
}

bool is_missing(std::string_view text, const AnswerRules& rules) {
  return (text.empty() && !rules.keep_empty) || contains_text(rules.missing, text);
}

}  // namespace sondeo
