// SPDX-License-Identifier: MIT
// The numbers that the rows of cells stand for.
#pragma once

#include <cstddef>
#include <optional>

#include "codebook/question.h"
#include "infer/number_sums.h"
#include "tabulate/cells.h"

namespace sondeo {

// What one row stands for: its number, or the score of its code; nothing, if it has none.
std::optional<double> value_of(const Question& question, const Key& key);

// Of one column: the values of a question of numbers, or the scores of a scale's codes.
NumberSums values_of(const Question& question, const Cells& cells, std::size_t column);

}  // namespace sondeo
