// SPDX-License-Identifier: MIT
#include "base/text_buffer.h"

#include <doctest/doctest.h>

#include <cstring>
#include <string>

namespace sondeo {
namespace {

TEST_CASE("text buffer: pieces one after the other, whatever their size") {
  TextBuffer buffer;
  std::string text;
  CHECK(buffer.view().empty());
  for (std::size_t i = 0; i < 2000; ++i) {
    const std::string piece(i % 301, static_cast<char>('a' + i % 26));
    if (i % 3 == 0) {
      buffer += piece;
    } else {
      auto* at = buffer.room(piece.size() + 16);
      if (!piece.empty()) std::memcpy(at, piece.data(), piece.size());
      buffer.grow_to(at + piece.size());
    }
    buffer += '.';
    text += piece + '.';
  }
  CHECK(buffer.view() == text);
  buffer.cut(5);
  CHECK(buffer.view() == text.substr(0, 5));
}

TEST_CASE("text buffer: what was moved from is empty and can be used again") {
  TextBuffer first;
  first += "one";
  TextBuffer second = std::move(first);
  first += "two";
  CHECK(second.view() == "one");
  CHECK(first.view() == "two");
  second = std::move(first);
  CHECK(second.view() == "two");
  CHECK(first.empty());
}

}  // namespace
}  // namespace sondeo
