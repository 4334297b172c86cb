// SPDX-License-Identifier: MIT
// What a study is told of a weight that was made.
#pragma once

#include <string>

#include "cli/study_input.h"
#include "weight/weighting.h"

namespace sondeo {

// The entry of the study for a weight in a column of that name: label, margins, how it was
// calibrated and what it started from (`design_weight`: a weight or column, or "none"). Targets
// inside segments are margins crossed with the segment's question. Throws Error [unknown-question]
// for a margin that is a column and no question of the study.
StudyWeight describe_weight(const WeightingPlan& plan, const StudyInput& input,
                            const std::string& name, const std::string& design_weight);

// The text of the study with that entry. A label that somebody wrote stays unless the weight is
// another one now. Throws Error [study-patch] also for a study that is no plain UTF-8 file.
std::string recorded(const StudyInput& input, StudyWeight weight);

// Writes it in the place of the study file, which must still be as it was read: throws Error
// [changed] if it is not, [write].
void write_study(const StudyInput& input, const std::string& text);

}  // namespace sondeo
