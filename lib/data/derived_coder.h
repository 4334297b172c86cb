// SPDX-License-Identifier: MIT
// Coders of questions that are made from others.
#pragma once

#include <memory>
#include <vector>

#include "data/filter.h"
#include "data/study_coder.h"

namespace sondeo {

// The coder of a derived question: codes with `when` (the first that holds; for select-all
// questions all that hold), bands of a number, combinations of others, or a number by its `value`.
// `named` has all questions that it depends on, coded before it. Throws as Filter does; its code()
// throws [too-many-answers].
std::unique_ptr<StudyCoder> make_derived_coder(const Question& question, const Header& header,
                                               const std::vector<FilterQuestion>& named,
                                               const CodingContext& context);

}  // namespace sondeo
