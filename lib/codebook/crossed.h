// SPDX-License-Identifier: MIT
// Names and categories that are crossed: "sex × region".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

// "sex × region" or "sex x region", with blanks around the sign, in its trimmed parts.
std::vector<std::string> crossed_parts(std::string_view text);

// The parts joined by " × ".
std::string crossed(const std::vector<std::string>& parts);

}  // namespace sondeo
