// SPDX-License-Identifier: MIT
// Banners that are probably not what was meant.
#pragma once

#include <string>
#include <vector>

#include "cli/study_input.h"
#include "tabulate/cells.h"

namespace sondeo {

// Warns [banner-number] of each of the `variables` that a banner nests whose answers are numbers,
// more of them in the columns of `cells` than people read side by side; the hint names what the
// study has made of that number, or how to make groups. What was warned of is appended to `told`.
void warn_of_numbers(const std::vector<std::string>& variables, const Cells& cells,
                     const StudyInput& input, std::vector<std::string>& told, Issues& issues);

}  // namespace sondeo
