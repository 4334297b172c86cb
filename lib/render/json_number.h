// SPDX-License-Identifier: MIT
// How numbers of tables stand in JSON; for the JSON renderers alone.
#pragma once

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

namespace sondeo {

// null for what is absent or not finite. Below 2^53 every whole double is that whole number, so it
// is written as one: 1504, not 1504.0.
inline nlohmann::ordered_json number_json(const std::optional<double>& number) {
  constexpr double largest_whole = 9007199254740992.0;
  if (!number || !std::isfinite(*number)) return nullptr;
  if (std::fabs(*number) < largest_whole && *number == std::trunc(*number))
    return static_cast<std::int64_t>(*number);
  return *number;
}

}  // namespace sondeo
