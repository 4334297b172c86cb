// SPDX-License-Identifier: MIT
// How a text is written as a cell of delimited text.
#pragma once

#include <string>
#include <string_view>

namespace sondeo {

// Appends the text as RFC 4180 writes it: in quotes, with its own quotes doubled, if it holds the
// delimiter, a quote or a line end, or if `quoted`. `guard` puts an apostrophe before it, against
// spreadsheets that would run it as a formula.
void append_csv_cell(std::string& out, std::string_view text, char delimiter, bool guard = false,
                     bool quoted = false);

}  // namespace sondeo
