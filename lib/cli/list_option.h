// SPDX-License-Identifier: MIT
// Lists that are typed as one text: "a, b" or "a + b".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

// The parts of a list, trimmed; signs within backquotes are part of a name. None of an empty text.
std::vector<std::string> list_parts(std::string_view text, char sign = ',');

// The same for names: throws UsageError for an empty one, and for a backquote left open.
std::vector<std::string> name_list(std::string_view text, char sign = ',');

}  // namespace sondeo
