// SPDX-License-Identifier: MIT
// The foot of a tested table: which test, levels, dialect, adjustment and rule for small bases made
// its letters.
#pragma once

#include <string>
#include <string_view>

#include "table/comparison.h"

namespace sondeo {

// The sentence, in that language; `means`: the table has means, `shares`: percentages.
std::string test_note(const Testing& testing, bool shares, bool means, std::string_view language);

// "(not tested)", behind the mark of very small bases.
std::string_view not_tested(std::string_view language);

// Words of the structured formats: "pairs", "total", "rest", "previous", "waves"; "none",
// "bonferroni" ...
std::string_view against_name(Against against);
std::string_view adjustment_name(Adjustment adjustment);

}  // namespace sondeo
