// SPDX-License-Identifier: MIT
#include "codebook/crossed.h"

#include <algorithm>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr std::string_view sign = " × ";
constexpr std::string_view letter = " x ";

}  // namespace

std::vector<std::string> crossed_parts(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const auto by_sign = text.find(sign);
    const auto at = std::min(by_sign, text.find(letter));
    parts.emplace_back(trim(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + (at == by_sign ? sign.size() : letter.size()));
  }
}

std::string crossed(const std::vector<std::string>& parts) {
  std::string joined;
  for (const auto& part : parts) {
    if (&part != &parts.front()) joined += sign;
    joined += part;
  }
  return joined;
}

}  // namespace sondeo
