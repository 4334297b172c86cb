// SPDX-License-Identifier: MIT
#include "cli/list_option.h"

#include <algorithm>

#include "base/text.h"
#include "cli/tool.h"

namespace sondeo {

std::vector<std::string> list_parts(std::string_view text, char sign) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] == '`') quoted = !quoted;
    if (at < text.size() && (quoted || text[at] != sign)) continue;
    parts.emplace_back(trim(text.substr(start, at - start)));
    start = at + 1;
  }
  return parts;
}

std::vector<std::string> name_list(std::string_view text, char sign) {
  if (std::count(text.begin(), text.end(), '`') % 2 != 0)
    throw UsageError("a backquote is opened and not closed in '" + excerpt(text) + "'");
  auto names = list_parts(text, sign);
  for (const auto& name : names)
    if (name.empty()) throw UsageError("a name is empty in '" + excerpt(text) + "'");
  return names;
}

}  // namespace sondeo
