// SPDX-License-Identifier: MIT
// What the trimmed text of a cell says: an answer or none, an option ticked or not.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "codebook/question.h"

namespace sondeo {

// The distinct trimmed texts of the columns of a flags question.
struct FlagTexts {
  std::vector<std::set<std::string>> chosen;  // by column: those that count as chosen
  std::set<std::string> all;
};

// Whether the trimmed text of a ticked cell names its option, and does not just tick it ("1",
// "yes").
bool names_option(std::string_view ticked);

// What a trimmed text of a flag column says about its option.
enum class Tick : std::uint8_t { missing, no, yes };
Tick tick_of(std::string_view text, const AnswerRules& rules, const NumberFormat& numbers);

// Whether a trimmed text is one of these, trimmed.
bool contains_text(const std::vector<std::string>& texts, std::string_view text);

// Whether a trimmed text is no answer by these rules.
bool is_missing(std::string_view text, const AnswerRules& rules);

}  // namespace sondeo
