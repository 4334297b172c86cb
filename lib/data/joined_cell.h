// SPDX-License-Identifier: MIT
// The answers of a cell that holds several, joined by a separator.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

// Answers that may contain the separator themselves, trimmed, the longest first: the longest that
// fits wins, so that one may be the beginning of another.
std::vector<std::string> longest_first(const std::vector<std::string>& options);

// The answers in a trimmed text, trimmed, without empty ones. One of `long_options` (from
// longest_first) is found where it reaches to a separator, blanks aside. Views into `text`.
std::vector<std::string_view> parts_of_joined(std::string_view text, std::string_view separator,
                                              const std::vector<std::string>& long_options);

}  // namespace sondeo
