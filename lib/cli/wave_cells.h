// SPDX-License-Identifier: MIT
// The cells of files that are a wave each, put together as if they were one file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/study_input.h"
#include "table/table.h"
#include "table/trend.h"
#include "tabulate/cell_file.h"

namespace sondeo {

// One wave, counted without a banner.
struct CountedWave {
  std::string name;
  const StudyInput* input = nullptr;
  CellFile cells;
};

// How the samples of the waves go together.
enum class Samples {
  independent,  // every wave drew its own: its strata are its own
  overlapping   // a unit of the design is the same in every wave
};

// All waves as a survey with a banner of waves.
struct UnitedWaves {
  CellFile cells;
  StudyInput input;  // what tables need of it: study, variables; no responses
  // By question of the cells and wave: what a wave did not ask.
  std::vector<std::vector<WaveGap>> gaps;
};

// The oldest wave first; questions in the order of `questions` (those that no wave has counted are
// passed over). Keys are matched by their text. Where some waves are weighted, respondents of the
// others weigh one. Tells what differs between the waves' studies. Throws Error [wave-kind] for a
// question that is of another kind in two waves, [wave-design] if some waves have a sampling design
// and others none, [wave-replicates] for replicate weights, and as unite_units().
UnitedWaves unite_waves(std::vector<CountedWave> waves, const std::vector<std::string>& questions,
                        Samples samples, Issues& issues);

}  // namespace sondeo
