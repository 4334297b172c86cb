// SPDX-License-Identifier: MIT
// The distinct texts of a column, numbered as they come.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "data/text_key.h"

namespace sondeo {

class Dictionary {
 public:
  static constexpr std::uint32_t unknown = 0xffffffff;

  Dictionary() : slots_(64) { short_.fill(unknown); }

  // The number of the text, or `unknown`. Sixteen bytes after its start must be readable: lengths
  // vary from row to row, so up to there nothing branches on them.
  [[gnu::always_inline]] std::uint32_t find(const char* text, std::size_t size) const {
    if (size <= 1) [[likely]]
      return short_[short_index(text, size)];
    return size <= 16 ? find_key(TextKey::whole(text, size)) : find_longer(text, size);
  }

  // Numbers a text that find() does not know.
  std::uint32_t add(const char* text, std::size_t size);

  std::size_t size() const { return texts_.size(); }
  const std::string& text(std::uint32_t code) const { return texts_[code]; }

 private:
  struct Slot {
    TextKey key;
    std::uint32_t code = unknown;
  };

  static std::size_t short_index(const char* text, std::size_t size) {
    return static_cast<unsigned char>(*text) | ((size - 1) & 256);
  }
  std::size_t slot_of(const TextKey& key) const { return key.hash() & (slots_.size() - 1); }
  std::uint32_t find_key(const TextKey& key) const {
    const auto* slots = slots_.data();
    const auto last = slots_.size() - 1;
    for (auto i = slot_of(key);; i = (i + 1) & last) {
      if (slots[i].key == key || slots[i].code == unknown) return slots[i].code;
    }
  }
  std::uint32_t find_longer(const char* text, std::size_t size) const {
    const auto key = TextKey::hashed(text, size);
    for (auto i = slot_of(key);; i = (i + 1) & (slots_.size() - 1)) {
      const auto& slot = slots_[i];
      if (slot.code == unknown) return unknown;
      if (slot.key == key && std::memcmp(texts_[slot.code].data(), text, size) == 0)
        return slot.code;
    }
  }
  void place(const Slot& slot);

  // By the only byte; from 256, the empty text, by whatever stands behind it.
  std::array<std::uint32_t, 512> short_;
  std::vector<Slot> slots_;
  std::deque<std::string> texts_;
};

inline void Dictionary::place(const Slot& slot) {
  auto i = slot_of(slot.key);
  while (slots_[i].code != unknown) i = (i + 1) & (slots_.size() - 1);
  slots_[i] = slot;
}

inline std::uint32_t Dictionary::add(const char* text, std::size_t size) {
  const auto code = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text, size);
  if (size == 0) std::fill(short_.begin() + 256, short_.end(), code);
  if (size == 1) short_[short_index(text, size)] = code;
  if (size <= 1) return code;
  // Sparse, so that most texts stand where they are looked for.
  if (4 * texts_.size() > slots_.size()) {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const auto& slot : old) {
      if (slot.code != unknown) place(slot);
    }
  }
  place({size <= 16 ? TextKey::whole(text, size) : TextKey::hashed(text, size), code});
  return code;
}

}  // namespace sondeo
