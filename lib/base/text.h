// SPDX-License-Identifier: MIT
// Words about text: display width, safe display, trimming, nearest names, order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace sondeo {

// Terminal columns that `utf8` takes, by grapheme cluster (combining marks 0, East Asian wide 2,
// an emoji sequence 2). Controls count 0, invalid bytes one column each, unassigned code points 2.
// Never throws.
int display_width(std::string_view utf8);

// `utf8` cut to at most `columns` terminal columns, ending in an ellipsis (`…`, or `...` with
// `ascii`) if anything was cut. Cuts between grapheme clusters only.
std::string clip(std::string_view utf8, int columns, bool ascii = false);

// `utf8` broken into lines of at most `columns` (>= 1) terminal columns: at blanks where possible,
// else between grapheme clusters; one that is wider stands alone. No line is empty unless the whole
// text is blank; blanks at breaks are dropped. A line feed always breaks.
std::vector<std::string> wrap(std::string_view utf8, int columns);

// Text that is safe on a terminal and in a message: C0 and C1 controls, DEL, bidirectional
// overrides, U+2028/2029, zero-width no-break (U+FEFF) and invalid bytes are shown as \x1b, \u202e
// ... A backslash stays as it is. Every other character is kept.
std::string visible(std::string_view utf8);

// `visible`, clipped to `columns`, for quoting a cell in a message (respondent data is personal).
std::string excerpt(std::string_view utf8, int columns = 40);

// Without leading and trailing blanks: space, tab, CR, LF, VT, FF and the no-break spaces
// U+00A0, U+2007, U+202F.
std::string_view trim(std::string_view utf8);

// Without leading and trailing spaces and no-break spaces (U+00A0, U+2007, U+202F): what coding
// takes off an answer. A tab or a line end is part of it.
std::string_view trim_blanks(std::string_view utf8);

// Lower case of ASCII letters only; other bytes are kept (no locale).
std::string ascii_lower(std::string_view text);

// The candidate closest to `word` by edit distance (transpositions count 1, case ignored for
// ASCII), or "" when none is close enough to be what was meant: distance <= max(1, length/3).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// Whether `pattern` (with * for any run and ? for one character; no other sign is special)
// matches the whole of `text`. Linear space, O(n*m) time.
bool glob_match(std::string_view pattern, std::string_view text);

// Order for people: runs of ASCII digits compare as numbers of any length, all else by code point;
// ties broken bytewise, so the order is total. Negative if a < b, 0 only if a == b.
// "2" < "10", "50-249" < "1000-4999", "a2" < "a10".
int natural_compare(std::string_view a, std::string_view b);

}  // namespace sondeo
