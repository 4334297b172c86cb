// SPDX-License-Identifier: MIT
// The scan itself, written once over an instruction set `Isa` that supplies
//   Masks masks(const char*, char delimiter)       bit i: byte i is that sign
//   Leads leads(const char*)                        bit i: byte i starts such a character
//   uint64_t prefix_xor(uint64_t)                   bit i: parity of bits 0..i
//   uint32_t* emit(uint32_t* out, uint32_t base, uint64_t mask)
// Included by one .cpp per instruction set after its target pragma; uses no library code, so that
// nothing compiled for a newer processor can be linked into the common path.
#pragma once

#include <cstddef>
#include <cstdint>

#include "layout/separators.h"

namespace sondeo {

struct Masks {
  std::uint64_t delimiter;
  std::uint64_t lf;
  std::uint64_t cr;
  std::uint64_t quote;
  std::uint64_t high;  // >= 0x80
  bool nul;
};

struct Leads {
  std::uint64_t two_or_more;    // >= 0xC0
  std::uint64_t three_or_more;  // >= 0xE0
  std::uint64_t rare;           // C0, C1, E0, ED, >= F0: what may follow depends on the byte
};

// Whether each lead is followed by its continuations, and each continuation follows one.
template <class Isa>
inline void check_characters(const char* bytes, std::uint64_t high, std::uint64_t valid,
                             SeparatorState& s) {
  Leads leads = Isa::leads(bytes);
  leads.two_or_more &= valid;
  leads.three_or_more &= valid;
  const std::uint64_t expected =
      (leads.two_or_more << 1) | (leads.three_or_more << 2) | s.continues;
  const std::uint64_t wrong = (expected ^ (high & ~leads.two_or_more)) | (leads.rare & valid);
  s.doubtful |= wrong != 0;
  s.continues = (leads.two_or_more >> 63) | (leads.three_or_more >> 62);
}

template <class Isa>
inline std::uint32_t* scan_separators(const char* bytes, std::size_t from, std::size_t to,
                                      char delimiter, SeparatorState& state, std::uint32_t* out) {
  SeparatorState s = state;
  bool bad = false;
  for (std::size_t at = from; at < to; at += 64) {
    Masks m = Isa::masks(bytes + at, delimiter);
    if (to - at < 64) {
      // The last, partial word: bytes after the end are not text.
      const std::uint64_t valid = (std::uint64_t{1} << (to - at)) - 1;
      m.delimiter &= valid;
      m.lf &= valid;
      m.cr &= valid;
      m.quote &= valid;
      m.high &= valid;
      m.nul = false;
      for (std::size_t i = at; i < to; ++i) m.nul |= bytes[i] == 0;
    }
    if ((m.high | s.continues) != 0) {
      const std::uint64_t valid =
          to - at < 64 ? (std::uint64_t{1} << (to - at)) - 1 : ~std::uint64_t{0};
      check_characters<Isa>(bytes + at, m.high, valid, s);
    }
    s.nul |= m.nul;
    std::uint64_t ends = m.lf | m.cr;
    if (m.cr | s.raw_after_cr) {
      const std::uint64_t pairs = m.lf & ((m.cr << 1) | s.raw_after_cr);
      s.line_ends += static_cast<std::uint64_t>(__builtin_popcountll(ends)) -
                     static_cast<std::uint64_t>(__builtin_popcountll(pairs));
      s.raw_after_cr = m.cr >> 63;
    } else {
      s.line_ends += static_cast<std::uint64_t>(__builtin_popcountll(m.lf));
    }
    std::uint64_t separators = m.delimiter | ends;
    if ((m.quote | s.inside) != 0) {
      const std::uint64_t inside = Isa::prefix_xor(m.quote) ^ s.inside;
      const std::uint64_t opening = m.quote & inside;
      const std::uint64_t closing = m.quote & ~inside;
      separators &= ~inside;
      // An opening quote follows a separator or the close that it doubles; a close is followed by a
      // separator or the quote that doubles it. The first that does not makes the block irregular.
      const std::uint64_t may_open = ((separators | closing) << 1) | s.may_open;
      const std::uint64_t after_close = (closing << 1) | s.after_close;
      std::uint64_t wrong = (opening & ~may_open) | (after_close & ~(separators | opening));
      // After the last byte comes no separator that could be seen yet.
      if (to - at < 64) wrong &= (std::uint64_t{1} << (to - at)) - 1;
      bad |= wrong != 0;
      s.may_open = (separators | closing) >> 63;
      s.after_close = closing >> 63;
      s.inside = 0 - (inside >> 63);
      ends &= separators;
    } else {
      bad |= s.after_close & ~separators & 1;
      s.after_close = 0;
      s.may_open = separators >> 63;
    }
    if ((m.cr | s.after_cr) != 0) {
      const std::uint64_t cr = m.cr & ends;
      separators &= ~(m.lf & ((cr << 1) | s.after_cr));
      s.after_cr = cr >> 63;
    }
    s.record_ends += static_cast<std::uint64_t>(__builtin_popcountll(separators & ends));
    out = Isa::emit(out, static_cast<std::uint32_t>(at), separators);
  }
  s.irregular |= bad;
  state = s;
  return out;
}

}  // namespace sondeo
