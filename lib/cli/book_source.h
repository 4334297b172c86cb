// SPDX-License-Identifier: MIT
// From the input of a tool to its codebook: of a study, or of what a bare file seems to hold.
#pragma once

#include <string>

#include "cli/study_input.h"
#include "cli/tool.h"
#include "data/draft.h"
#include "table/book.h"

namespace sondeo {

// Reads all of a bare file (the input, not opened yet) and drafts its study. The input stays
// without one.
Draft draft_input(StudyInput& input, Tool& tool);

// The codebook of the questions that the arguments name (names, grids, patterns; none: all), in the
// order of the study, with counts. A bare file is described by its draft; it is read twice, so that
// standard input is kept in a temporary file. Questions without a column in the data are shown
// without counts, and told. Throws Error [unknown-question], and as the count does.
Book read_book(StudyInput& input, const std::string& language, Tool& tool);

}  // namespace sondeo
