// SPDX-License-Identifier: MIT
// The fixed words of tables over waves, by language.
#pragma once

#include <string_view>

namespace sondeo {

struct TrendWords {
  std::string_view wave;             // heads the columns
  std::string_view change_since;     // heads the changes of the last wave
  std::string_view change_up_to;     // where the last wave has no figures: before the one that has,
  std::string_view since;            // ... and after it
  std::string_view unrounded;        // how changes are reckoned
  std::string_view not_in_wave;      // before the waves that did not ask the question
  std::string_view answers_missing;  // before a wave and ": " and its answers that were not offered
  std::string_view by_wave;          // of a weight that is another one in each wave
  std::string_view overlap;          // before how many respondents stand in several waves
  std::string_view overlap_of;       // ... and how many there are
  std::string_view overlap_end;
};

// The words of a language; English for those that have none here.
const TrendWords& trend_words_of(std::string_view language);

}  // namespace sondeo
