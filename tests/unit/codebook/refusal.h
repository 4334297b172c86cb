// SPDX-License-Identifier: MIT
// What a refusal says, on one line, for comparing.
#pragma once

#include <string>

#include "base/error.h"

namespace sondeo {

// "LINE:COL [id] message | hint" of the Error that `act` throws, "accepted" if it throws none.
template <typename Act>
std::string refusal_of(const Act& act) {
  try {
    act();
  } catch (const Error& error) {
    return std::to_string(error.place().line) + ":" + std::to_string(error.place().column) + " [" +
           error.id() + "] " + error.message() + (error.hint().empty() ? "" : " | ") + error.hint();
  }
  return "accepted";
}

}  // namespace sondeo
