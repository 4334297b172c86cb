// SPDX-License-Identifier: MIT
// Which records a count has seen, whatever their order: to know the same data when they come again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "data/block.h"

namespace sondeo {

// The sum of a 128-bit hash of every record's text (without its line end). That of two parts is the
// sum of theirs. It tells mistakes, not forgeries: it is no signature.
struct RowIdentity {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  void add(const Block& block);
  void add(const RowIdentity& other);
  bool operator==(const RowIdentity& other) const = default;

  // 32 hexadecimal digits; and back, nothing for other texts.
  std::string hex() const;
  static std::optional<RowIdentity> from_hex(std::string_view text);
};

}  // namespace sondeo
