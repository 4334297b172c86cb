// SPDX-License-Identifier: MIT
// sondeo.tables/1 read back; used by read_numbers alone.
#pragma once

#include "table/numbers.h"

namespace sondeo {

// Fills `file.numbers` from `file.text`. Throws Error [table-file].
void read_json_numbers(TableNumbers& file);

// The word kept once in `file.words`.
std::string_view keep(TableNumbers& file, std::string_view word);

}  // namespace sondeo
