// SPDX-License-Identifier: MIT
// Which text was read: XXH3, 64 bits, of text that comes in pieces. It tells mistakes, not
// forgeries: it is no signature.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace sondeo {

// The same for the same text, however it is cut. `xxhsum -H3` prints it of a plain file.
class TextHash {
 public:
  TextHash();
  ~TextHash();
  void add(std::string_view text);
  // Of all that was added so far: 16 hexadecimal digits.
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sondeo
