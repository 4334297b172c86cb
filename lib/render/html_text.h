// SPDX-License-Identifier: MIT
// Text inside HTML: nothing in it is mark-up, and no control character gets through.
#pragma once

#include <string>
#include <string_view>

namespace sondeo {

// A text of our own, or one that is visible() already.
std::string html_escaped(std::string_view text);

// A text that people wrote, in one line: for attributes and the title.
std::string html_line(std::string_view label);

// The same as content: its line ends stay, and its direction of writing is its own.
std::string html_content(std::string_view label);

}  // namespace sondeo
