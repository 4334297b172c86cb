// SPDX-License-Identifier: MIT
// The numbers that the rows of cells stand for.
#pragma once

#include <cstddef>

#include "codebook/question.h"
#include "infer/number_sums.h"
#include "tabulate/cells.h"

namespace sondeo {

// Of one column: the values of a question of numbers, or the scores of a scale's codes.
NumberSums values_of(const Question& question, const Cells& cells, std::size_t column);

}  // namespace sondeo
