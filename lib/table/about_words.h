// SPDX-License-Identifier: MIT
// The fixed words of pages that tell what tables rest on, by language.
#pragma once

#include <string_view>

namespace sondeo {

struct AboutWords {
  std::string_view about;  // names the page
  std::string_view table;
  std::string_view title;
  std::string_view study;
  std::string_view respondents;
  std::string_view bases;       // "Bases"
  std::string_view level;       // "Confidence level"
  std::string_view low_bases;   // "Small bases"
  std::string_view unweighted;  // what stands for the weight's name where there is none
  std::string_view weight_ratio;
  std::string_view notes;
  std::string_view data_file;
  std::string_view rows_read;
  std::string_view fingerprint;  // "XXH3"
  std::string_view study_file;
  std::string_view made_with;
  std::string_view command;
  std::string_view date;
  std::string_view back;  // leads from a table to the contents
};

// The words of a language; English for those that have none here.
const AboutWords& about_words_of(std::string_view language);

}  // namespace sondeo
