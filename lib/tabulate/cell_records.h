// SPDX-License-Identifier: MIT
// The words of a cell file, for its writer and its reader.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tabulate/exact_sum.h"
#include "tabulate/power_sum.h"

namespace sondeo {

constexpr std::string_view cell_format = "sondeo cells 1";

// By QuestionKind and by AnswerKind.
constexpr std::array<const char*, 5> question_kind_names{"single", "number", "flags", "joined",
                                                         "spread"};
constexpr std::array<const char*, 7> answer_kind_names{"category",  "missing", "answered", "asked",
                                                       "not_asked", "net",     "number"};

// Several texts in one, with tabs between them; tabs, line ends and backslashes of the texts are
// escaped. No texts are one empty text: the reader knows how many there must be.
std::string pack_texts(const std::vector<std::string>& texts);
std::vector<std::string> unpack_texts(std::string_view packed);

// Sums in one text: PLACE:SUM for those that are not 0, with blanks between them. The sums of such
// a text are put into `sums`; false if it is none, or has a place beyond.
std::string pack_sums(const ExactSum* sums, std::size_t count);
bool unpack_sums(std::string_view packed, std::vector<ExactSum>& sums);
std::string pack_powers(const std::vector<PowerSum>& sums);
bool unpack_powers(std::string_view packed, std::vector<PowerSum>& sums);

}  // namespace sondeo
