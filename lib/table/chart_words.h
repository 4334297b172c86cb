// SPDX-License-Identifier: MIT
// The fixed words of charts, by language.
#pragma once

#include <string_view>

namespace sondeo {

struct ChartWords {
  std::string_view neutral;
  std::string_view net;
  std::string_view bars;  // what a picture is, for those who do not see it
  std::string_view likert;
  std::string_view trend;
  std::string_view intervals;  // before the level of a trend's whiskers ...
  std::string_view changes;    // ... and how lines tell what changed, in a picture
  std::string_view marks;      // the same in a terminal
};

// The words of a language; English for those that have none here.
const ChartWords& chart_words_of(std::string_view language);

}  // namespace sondeo
