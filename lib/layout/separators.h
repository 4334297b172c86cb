// SPDX-License-Identifier: MIT
// The vector half of the CSV scanner: where the separators of well-quoted text are.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/processor.h"

namespace sondeo {

// Carried from one 64-byte word to the next, so that a scan can go on when more bytes have come.
struct SeparatorState {
  std::uint64_t inside = 0;        // all ones if the next byte lies inside quotes
  std::uint64_t may_open = 1;      // bit 0: an opening quote may stand at the next byte
  std::uint64_t after_close = 0;   // bit 0: the byte before closed a quote
  std::uint64_t after_cr = 0;      // bit 0: the byte before was a CR outside quotes
  std::uint64_t raw_after_cr = 0;  // bit 0: the byte before was a CR anywhere
  std::uint64_t line_ends = 0;     // LF + CR - CRLF seen, inside quotes too
  std::uint64_t record_ends = 0;   // of the positions written: those of LF and CR
  bool irregular =
      false;  // a quote stands where RFC 4180 has none: positions are not to be trusted
  std::uint64_t continues = 0;  // bits 0, 1: the next bytes must continue a character
  bool doubtful = false;        // bytes >= 0x80 were seen that are not plainly UTF-8: to be checked
  bool nul = false;             // a NUL was seen
};

// Scans bytes[from, to), to - from a multiple of 64 unless it is the last piece, with 64 readable
// bytes after `to`. Writes the offset of every delimiter, LF and CR outside quotes to `out` (which
// has room for to - from + 64), a LF right after a CR not counted, and returns one past the last.
// Plainly UTF-8 are whole characters of two or three bytes with leads that allow every continuation
// (C2-DF, E1-EC, EE, EF): what European text is made of. All versions give the same result.
using SeparatorScan = std::uint32_t* (*)(const char* bytes, std::size_t from, std::size_t to,
                                         char delimiter, SeparatorState& state, std::uint32_t* out);

// One file each. The vector versions must only be called on processors that have what they need.
std::uint32_t* scan_separators_portable(const char* bytes, std::size_t from, std::size_t to,
                                        char delimiter, SeparatorState& state, std::uint32_t* out);
std::uint32_t* scan_separators_avx2(const char* bytes, std::size_t from, std::size_t to,
                                    char delimiter, SeparatorState& state, std::uint32_t* out);
std::uint32_t* scan_separators_avx512(const char* bytes, std::size_t from, std::size_t to,
                                      char delimiter, SeparatorState& state, std::uint32_t* out);

struct NamedScan {
  const char* name;  // "avx512", "avx2", "portable"
  SeparatorScan scan;
  Instructions needs;
};

// The fastest that may be used (base/processor.h).
const NamedScan& best_separator_scan();
// The one of that name if it may be used, else nullptr.
const NamedScan* find_separator_scan(const char* name);

}  // namespace sondeo
