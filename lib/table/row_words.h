// SPDX-License-Identifier: MIT
// The fixed words of rows that questions with items, ranks and choices have.
#pragma once

#include <string_view>

namespace sondeo {

struct RowWords {
  std::string_view best;
  std::string_view worst;
  std::string_view best_less_worst;
  std::string_view times_shown;
  std::string_view shown;
  std::string_view maxdiff_note;
  std::string_view share_of_total;
};

// English, or the language itself if it is one of words_of().
const RowWords& row_words_of(std::string_view language);

}  // namespace sondeo
