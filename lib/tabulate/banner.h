// SPDX-License-Identifier: MIT
// The words of a banner: 'total + region + age > sex'.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

struct Banner {
  bool total = false;
  // Each part's variables, the outermost first; names as they were typed (backquotes kept).
  std::vector<std::vector<std::string>> parts;
};

// Parts are joined by +, nested variables by >; signs in backquotes do not count. `total` (any
// case) is everybody, unless it is in backquotes. Throws Error [banner] with the column of what is
// wrong.
Banner parse_banner(std::string_view text);

}  // namespace sondeo
