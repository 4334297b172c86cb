// SPDX-License-Identifier: MIT
#include "cli/language_options.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "table/words.h"

namespace sondeo {
namespace {

bool has(const std::vector<std::string>& languages, const std::string& language) {
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

}  // namespace

void LanguageOptions::declare(Tool& tool, const std::string& more) {
  tool.option(
      "lang", lang, "CODE",
      std::string(
          "language of labels, fixed words and number marks: en, es ... (default: the first of "
          "the study, else en)") +
          more);
}

std::vector<std::string> LanguageOptions::languages(const std::optional<Study>& study) const {
  std::vector<std::string> own;
  if (study) own = study->languages;
  if (lang.empty()) return {own.empty() ? "en" : own.front()};
  if (lang == "all") return own.empty() ? std::vector<std::string>{"en"} : own;
  std::vector<std::string> known{"en", "es"};
  for (const auto& language : own) {
    if (!has(known, language)) known.push_back(language);
  }
  std::vector<std::string> result;
  for (std::size_t begin = 0; begin <= lang.size();) {
    const auto end = std::min(lang.find(',', begin), lang.size());
    const std::string each(trim(std::string_view(lang).substr(begin, end - begin)));
    begin = end + 1;
    if (!has(known, each) && !has(known, each.substr(0, each.find_first_of("-_")))) {
      std::string list;
      for (const auto& language : known) list += (list.empty() ? "" : ", ") + excerpt(language);
      throw UsageError("there is no text in the language '" + excerpt(each) + "'",
                       "the languages are " + list);
    }
    if (!has(result, each)) result.push_back(each);
  }
  return result;
}

std::string LanguageOptions::language(const std::optional<Study>& study) const {
  const auto all = languages(study);
  if (all.size() > 1) {
    throw UsageError("--lang takes one language here",
                     "html tables of sondeo-freq and sondeo-tab hold several");
  }
  return all.front();
}

}  // namespace sondeo
