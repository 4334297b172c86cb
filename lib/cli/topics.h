// SPDX-License-Identifier: MIT
// What `sondeo help TOPIC` tells: what several tools have in common, on one screen each.
#pragma once

#include <span>
#include <string_view>

namespace sondeo {

struct Topic {
  std::string_view name;
  std::string_view purpose;  // for the list of topics
  std::string_view text;     // 80 columns wide, with its final line end
};

// weights, bases, formats, expressions.
std::span<const Topic> topics();

}  // namespace sondeo
