// SPDX-License-Identifier: MIT
// The fixed words of listings of answers.
#pragma once

#include <string_view>

namespace sondeo {

struct VerbatimWords {
  std::string_view question;
  std::string_view group;
  std::string_view line;
  std::string_view answer;
  std::string_view one_answer;  // after 1
  std::string_view answers;     // after other counts
  std::string_view of;          // between how many are listed and how many there are
  std::string_view none;        // no answer at all
  std::string_view first_note;  // before how many of each group are listed
  std::string_view drawn_note;  // the same, drawn at random, before the seed
  std::string_view by_seed;
};

// English, or the language itself if it is one of words_of().
const VerbatimWords& verbatim_words_of(std::string_view language);

}  // namespace sondeo
