// SPDX-License-Identifier: MIT
#include "base/text_hash.h"

#define XXH_INLINE_ALL  // the header alone: no library to link
#include <xxhash.h>

namespace sondeo {

struct TextHash::State {
  XXH3_state_t hash;
};

TextHash::TextHash() : state_(std::make_unique<State>()) { XXH3_64bits_reset(&state_->hash); }
TextHash::~TextHash() = default;

void TextHash::add(std::string_view text) {
  XXH3_64bits_update(&state_->hash, text.data(), text.size());
}

std::string TextHash::hex() const {
  static constexpr char digits[] = "0123456789abcdef";
  auto value = XXH3_64bits_digest(&state_->hash);
  std::string text(16, '0');
  for (auto place = text.rbegin(); place != text.rend(); ++place, value >>= 4)
    *place = digits[value & 15];
  return text;
}

}  // namespace sondeo
