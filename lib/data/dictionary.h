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
    for (auto i = slot_of(key, size);; i = (i + 1) & (slots_.size() - 1)) {
      const auto& slot = slots_[i];
      if (slot.code == unknown) return unknown;
      if (slot.key == key && slot.size == size &&
          (size <= 8 || std::memcmp(texts_[slot.code].data(), text, size) == 0)) {
        return slot.code;
      }
    }
  }

  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t size = 0;
    std::uint32_t code = unknown;
  };

  static std::uint64_t load(const char* text, std::size_t size) {
    std::uint64_t word;
    std::memcpy(&word, text, 8);
    return size >= 8 ? word : word & ((std::uint64_t{1} << (8 * size)) - 1);
  }
  static std::uint64_t mix(std::uint64_t x) {
    x *= 0x9e3779b97f4a7c15ULL;
    return x ^ (x >> 32);
  }
  // Texts of up to eight bytes are their own key; longer ones are hashed and compared.
  static std::uint64_t key_of(const char* text, std::size_t size) {
    if (size <= 8) return load(text, size);
    std::uint64_t hash = size;
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8) hash = mix(hash ^ load(text + at, 8)) + 0x2545f4914f6cdd1dULL;
    return mix(hash ^ load(text + size - 8, 8));
  }
  std::size_t slot_of(std::uint64_t key, std::size_t size) const {
    return mix(key + size) & (slots_.size() - 1);
  }
  void place(const Slot& slot);

  std::array<std::uint32_t, 257> short_;  // by the only byte; 256: the empty text
  std::vector<Slot> slots_;
  std::deque<std::string> texts_;
};

inline void Dictionary::place(const Slot& slot) {
  auto i = slot_of(slot.key, slot.size);
  while (slots_[i].code != unknown) i = (i + 1) & (slots_.size() - 1);
  slots_[i] = slot;
}

inline std::uint32_t Dictionary::add(const char* text, std::size_t size) {
  const auto code = static_cast<std::uint32_t>(texts_.size());
  const auto key = size <= 1 ? 0 : key_of(text, size);
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
  place({key, static_cast<std::uint32_t>(size), code});
  return code;
}

}  // namespace sondeo
