// SPDX-License-Identifier: MIT
#include "layout/utf8_check.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>

#include "base/text.h"

using namespace sondeo;

namespace {

bool agrees(const std::string& bytes) {
  return is_valid_utf8(bytes) == (find_invalid_utf8(bytes) == std::string_view::npos);
}

}  // namespace

TEST_CASE("every two-byte text, and every lead with its neighbours, at every place in a block") {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string pair{static_cast<char>(a), static_cast<char>(b)};
      CHECK_MESSAGE(agrees(pair), a << " " << b);
      for (const char* tail : {"\x80", "\xbf\xbf", "x", ""}) {
        const std::string text = "0123456789012345678901234567" + pair + tail;
        if (!agrees(text)) FAIL(a << " " << b << " across a block");
      }
    }
  }
}

TEST_CASE("random bytes and mutated text agree with the scalar check") {
  std::mt19937_64 random(20261121);
  const std::string good =
      "Cádiz, 日本語 😀 — naïve, ñandú; plain ASCII text that fills a block or two …";
  for (int round = 0; round < 200000; ++round) {
    std::string text = good.substr(random() % 4, 20 + random() % 90);
    for (auto changes = random() % 3; changes > 0; --changes) {
      text[random() % text.size()] =
          static_cast<char>(random() % 4 == 0 ? random() : 0x80 + random() % 0x80);
    }
    if (!agrees(text)) FAIL("round " << round);
  }
}
