// SPDX-License-Identifier: MIT
// What is said of an answer of a maxdiff question: counts, not a model.
#pragma once

#include <cstddef>
#include <vector>

#include "infer/estimate.h"
#include "tabulate/cells.h"

namespace sondeo {

enum class MaxDiffFigure {
  score,  // times best less times worst, in per cent of the times shown: -100..100
  best,   // times best, in per cent of the times shown
  worst,
  shown  // times shown, by respondent
};

// The respondents of a column (whose answers are maxdiff_text()) as values whose mean is the
// figure. A percentage is a ratio R = 100 sum w d / sum w s, of times chosen and times shown; the
// values R + (100 d - R s) W / sum w s have R for their mean, and for its variance that of the
// linearised ratio (Särndal, Swensson & Wretman 1992, 5.6): a respondent's tasks belong together.
// Replicate weights vary the linearised ratio.
std::vector<ValueSums> maxdiff_values(const Cells& cells, std::size_t column, MaxDiffFigure figure,
                                      bool weighted);

// Times chosen (score, shown: times shown), unweighted and weighted; and the figure itself.
struct MaxDiffTimes {
  double n = 0;
  double weighted = 0;
  double figure = 0;
};
MaxDiffTimes maxdiff_counts(const Cells& cells, std::size_t column, MaxDiffFigure figure,
                            bool weighted);

}  // namespace sondeo
