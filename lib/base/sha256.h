// SPDX-License-Identifier: MIT
// SHA-256, for the places where a format asks for it by name (a Content-Security-Policy).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sondeo {

// The 32 bytes of the digest (FIPS 180-4, section 6.2).
std::array<std::uint8_t, 32> sha256(std::string_view bytes);

// The digest in base64 with padding, 44 characters: what 'sha256-...' of a policy takes.
std::string sha256_base64(std::string_view bytes);

}  // namespace sondeo
