// SPDX-License-Identifier: MIT
// One question as the studies of several waves describe it.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "codebook/study_question.h"

namespace sondeo {

// A wave's name and the question there, or nullptr where it was not asked.
struct AskedInWave {
  std::string wave;
  const StudyQuestion* question = nullptr;
};

// The question for a table over all waves, the oldest first: as the newest wave that has it says,
// with the answers, nets and differences of older ones that it lacks, each answer behind the one
// that it followed there. At least one wave has the question.
StudyQuestion united_question(const std::vector<AskedInWave>& waves);

// Tells what differs between a wave and the next one that has the question, where the same name or
// code stands for something else: [wave-text] wordings and labels of the question, [wave-label]
// labels of its answers, [wave-score] their scores, [wave-net] what a net holds. Codes that come
// and go are no difference of this kind.
void tell_differences(const std::vector<AskedInWave>& waves, Issues& issues);

}  // namespace sondeo
