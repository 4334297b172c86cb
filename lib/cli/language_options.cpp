// SPDX-License-Identifier: MIT
#include "cli/language_options.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "table/words.h"

namespace sondeo {

void LanguageOptions::declare(Tool& tool) {
  tool.option("lang", lang, "CODE",
              "language of labels, fixed words and number marks: en, es ... (default: the first of "
              "the study, else en)");
}

std::string LanguageOptions::language(const std::optional<Study>& study) const {
  std::vector<std::string> known{"en", "es"};
  if (study) {
    if (lang.empty()) return study->languages.empty() ? "en" : study->languages.front();
    for (const auto& language : study->languages) {
      if (std::find(known.begin(), known.end(), language) == known.end()) known.push_back(language);
    }
  }
  if (lang.empty()) return "en";
  if (std::find(known.begin(), known.end(), lang) != known.end()) return lang;
  const auto primary = lang.substr(0, lang.find_first_of("-_"));
  if (std::find(known.begin(), known.end(), primary) != known.end()) return lang;
  std::string list;
  for (const auto& language : known) list += (list.empty() ? "" : ", ") + excerpt(language);
  throw UsageError("there is no text in the language '" + excerpt(lang) + "'",
                   "the languages are " + list);
}

}  // namespace sondeo
