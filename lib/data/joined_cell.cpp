// SPDX-License-Identifier: MIT
#include "data/joined_cell.h"

#include <algorithm>

#include "base/text.h"

namespace sondeo {

std::vector<std::string> longest_first(const std::vector<std::string>& options) {
  std::vector<std::string> result;
  for (const auto& option : options) result.emplace_back(trim_blanks(option));
  std::stable_sort(result.begin(), result.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return result;
}

std::vector<std::string_view> parts_of_joined(std::string_view text, std::string_view separator,
                                              const std::vector<std::string>& long_options) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    auto part = text.substr(0, text.find(separator));
    const auto start = static_cast<std::size_t>(trim_blanks(text).data() - text.data());
    for (const auto& option : long_options) {
      if (text.substr(start, option.size()) != option) continue;
      const auto end = start + option.size();
      const auto next = text.find(separator, end);
      if (!trim_blanks(text.substr(end, next - end)).empty()) continue;
      part = text.substr(0, next);
      break;
    }
    text.remove_prefix(std::min(text.size(), part.size() + separator.size()));
    part = trim_blanks(part);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

}  // namespace sondeo
