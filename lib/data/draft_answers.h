// SPDX-License-Identifier: MIT
// What the texts of a column's answers tell about it: known scales, no answers, ticks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/study_question.h"
#include "data/profile.h"

namespace sondeo {

// The kind of no answer that a text is in surveys, in English or Spanish: "Don't know", "NS/NC",
// "Prefer not to say", "N/A"; none for other texts.
MissingKind usual_missing(std::string_view text);

// The texts in the order of a scale that is in common use (agreement, satisfaction, frequency,
// likelihood, quality; English and Spanish), lowest first; nothing if they are not all on one.
std::optional<std::vector<std::string>> usual_scale(const std::vector<std::string>& texts);

// Whether the column's cells tick something: beside blanks and what means not chosen (0, no, "Not
// selected") they hold one text at most; and that text.
bool ticks(const ColumnProfile& profile);
std::string ticked_text(const ColumnProfile& profile);

// The sign that joins several answers in the cells and those answers, in natural order; nothing if
// the cells are no such lists.
struct JoinedAnswers {
  std::string separator;
  std::vector<std::string> answers;
};
std::optional<JoinedAnswers> joined_answers(const ColumnProfile& profile);

}  // namespace sondeo
