// SPDX-License-Identifier: MIT
#include "tabulate/banner.h"

#include "base/error.h"
#include "base/text.h"

namespace sondeo {

Banner parse_banner(std::string_view text) {
  Banner banner;
  std::vector<std::string> part{""};
  bool quoted = false;
  const auto end_name = [&](std::size_t at) {
    auto& name = part.back();
    name = std::string(trim(name));
    if (name.empty()) {
      throw Error(Place{"--by", 1, at + 1}, "banner", "expected a variable's name",
                  "for example 'total + region + age > sex'");
    }
  };
  const auto end_part = [&](std::size_t at) {
    end_name(at);
    if (part.size() == 1 && ascii_lower(part[0]) == "total") {
      banner.total = true;
    } else {
      banner.parts.push_back(part);
    }
    part = {""};
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    quoted ^= c == '`';
    if (!quoted && c == '+') {
      end_part(at);
    } else if (!quoted && c == '>') {
      end_name(at);
      part.emplace_back();
    } else {
      part.back() += c;
    }
  }
  if (quoted)
    throw Error(Place{"--by", 1, text.size()}, "banner", "a backquote is opened and not closed");
  end_part(text.size());
  return banner;
}

}  // namespace sondeo
