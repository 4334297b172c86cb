// SPDX-License-Identifier: MIT
// The distinct texts of a column, numbered as they come.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

class Dictionary {
 public:
  static constexpr std::uint32_t unknown = 0xffffffff;

  Dictionary() : slots_(64) { short_.fill(unknown); }

  // The number of the text, or `unknown`. Eight bytes after its start must be readable.
  [[gnu::always_inline]] std::uint32_t find(const char* text, std::size_t size) const {
    if (size <= 1) return short_[size == 0 ? 256 : static_cast<unsigned char>(*text)];
    return find_longer(text, size);
  }

  // Numbers a text that find() does not know.
  std::uint32_t add(const char* text, std::size_t size);

  std::size_t size() const { return texts_.size(); }
  const std::string& text(std::uint32_t code) const { return texts_[code]; }

 private:
  std::uint32_t find_longer(const char* text, std::size_t size) const {
    const auto key = key_of(text, size);
    const auto* slots = slots_.data();
    const auto last = slots_.size() - 1;
    for (auto i = slot_of(key);; i = (i + 1) & last) {
      const auto& slot = slots[i];
      if (slot.key == key &&
          (size <= 16 || std::memcmp(texts_[slot.code].data(), text, size) == 0)) {
        return slot.code;
      }
      if (slot.code == unknown) return unknown;
    }
  }

  // Texts of up to sixteen bytes are their own key: their first and last eight, which may overlap.
  // Of longer ones `first` is a hash, and the text is compared.
  struct Key {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t size = 0;  // 0: no text
    bool operator==(const Key& other) const {
      return ((first ^ other.first) | (last ^ other.last) | (size ^ other.size)) == 0;
    }
  };
  struct Slot {
    Key key;
    std::uint32_t code = unknown;
  };

  static std::uint64_t load(const char* text) {
    std::uint64_t word;
    std::memcpy(&word, text, 8);
    return word;
  }
  static std::uint64_t mix(std::uint64_t x) {
    x *= 0x9e3779b97f4a7c15ULL;
    return x ^ (x >> 32);
  }
  static Key key_of(const char* text, std::size_t size) {
    if (size <= 8) return {load(text) & (~std::uint64_t{0} >> (8 * (8 - size))), 0, size};
    if (size <= 16) return {load(text), load(text + size - 8), size};
    std::uint64_t hash = size;
    for (std::size_t at = 0; at + 8 <= size; at += 8) {
      hash = mix(hash ^ load(text + at)) + 0x2545f4914f6cdd1dULL;
    }
    return {mix(hash ^ load(text + size - 8)), 0, size};
  }
  std::size_t slot_of(const Key& key) const {
    return mix(key.first + key.last * 0x2545f4914f6cdd1dULL + key.size) & (slots_.size() - 1);
  }
  void place(const Slot& slot);

  std::array<std::uint32_t, 257> short_;  // by the only byte; 256: the empty text
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
  if (size <= 1) {
    short_[size == 0 ? 256 : static_cast<unsigned char>(*text)] = code;
    return code;
  }
  if (2 * texts_.size() > slots_.size()) {
    std::vector<Slot> old(2 * slots_.size());
    old.swap(slots_);
    for (const auto& slot : old) {
      if (slot.code != unknown) place(slot);
    }
  }
  place({key_of(text, size), code});
  return code;
}

}  // namespace sondeo
