// SPDX-License-Identifier: MIT
// Columns of the sampling design that are no questions: strata, clusters, populations.
#pragma once

#include "codebook/study.h"
#include "synth/sample.h"

namespace sondeo {

// Appends those that the sample does not have yet: up to four strata, ten clusters in each stratum
// (and in each cluster of the stage before), a population of 1000 clusters in each. Throws Error
// [synth-design] for replicate weights, which no drawing can make.
void add_design_columns(const Study& study, Sample& sample);

}  // namespace sondeo
