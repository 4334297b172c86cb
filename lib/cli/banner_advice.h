// SPDX-License-Identifier: MIT
// Banners that are probably not what was meant.
#pragma once

#include "cli/study_input.h"
#include "tabulate/cell_file.h"

namespace sondeo {

// Warns [banner-number], once, of each variable of the banner whose answers are numbers, more of
// them than people read side by side; the hint names what the study has made of that number, or how
// to make groups.
void warn_of_numbers(const CellFile& counted, const StudyInput& input, Issues& issues);

}  // namespace sondeo
