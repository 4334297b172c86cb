// SPDX-License-Identifier: MIT
// What spreadsheets do with text cells.
#pragma once

#include <string_view>

namespace sondeo {

// Whether a spreadsheet might run the text as a formula: it starts with = + - @ (also full-width),
// tab, CR or LF, and is not a plain number. Such a cell is written with an apostrophe before it.
bool needs_guard(std::string_view text);

}  // namespace sondeo
