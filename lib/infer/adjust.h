// SPDX-License-Identifier: MIT
// p-values of several tests read together.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace sondeo {

//   bonferroni  m p, familywise
//   holm        step-down (Holm 1979), familywise, never less powerful than Bonferroni
//   bh          step-up (Benjamini & Hochberg 1995), false discovery rate
enum class Adjustment { none, bonferroni, holm, bh };

// The adjustment of a name such as "holm"; nothing for other names.
std::optional<Adjustment> adjustment_named(std::string_view name);

// The adjusted p-values of one family, each in its place, at most 1. NaN stands for a test that was
// not made: it stays NaN and does not count.
std::vector<double> adjusted(const std::vector<double>& p, Adjustment adjustment);

}  // namespace sondeo
