// SPDX-License-Identifier: MIT
// One percentage less another, such as a net promoter score.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "codebook/study_question.h"
#include "infer/estimate.h"
#include "tabulate/cells.h"

namespace sondeo {

// The respondents of a column's base as values whose mean is the difference in points: 100 for an
// answer of its plus side, -100 for one of its minus side, 0 for the others. So its variance is
// that of a mean, the covariance of the two shares with it.
std::vector<ValueSums> sides_of(const StudyQuestion& question, const StudyDifference& difference,
                                const Cells& cells, std::size_t column,
                                const std::function<bool(AnswerKind)>& in_base);

}  // namespace sondeo
