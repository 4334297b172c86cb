// SPDX-License-Identifier: MIT
// Codes of maxdiff questions: how often an answer was shown, best and worst.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "data/study_coder.h"

namespace sondeo {

// How often a respondent was shown the answer, in tasks that he answered, and chose it.
struct MaxDiffCount {
  std::uint32_t best = 0;
  std::uint32_t worst = 0;
  std::uint32_t shown = 0;
};

// As the text of an answer, "1/0/3": best, worst, shown; and back, nothing for another text.
std::string maxdiff_text(const MaxDiffCount& count);
std::optional<MaxDiffCount> parse_maxdiff(std::string_view text);

// The coder of one answer (StudyQuestion::item) of a maxdiff question. A task without a best and a
// worst answer is none; who answered no task has no answer, and whom no task showed the answer was
// not asked about it. code() throws Error [code-range] for what is not listed, [maxdiff-shown] if
// what was chosen was not shown, [maxdiff-same] if it is best and worst, all with line and column.
std::unique_ptr<StudyCoder> make_maxdiff_coder(const Question& question,
                                               const CodingContext& context);

}  // namespace sondeo
