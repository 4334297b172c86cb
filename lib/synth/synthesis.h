// SPDX-License-Identifier: MIT
// Respondents nobody asked, made so that a study's published percentages come out of them.
//
// A respondent has a weight and an attitude. Questions are answered in the order in which routing
// needs them; who is asked is found by the evaluation that will read the file. The answers to a
// question are dealt along the attitude (and chance), cut where the weighted sums are about those
// wanted, then members are exchanged until the sums are exact. The weights stay as they are drawn,
// so that no target disturbs another. Everything is whole numbers, and what is drawn depends only
// on the seed, the question and the respondent: the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/study.h"
#include "synth/sample.h"
#include "synth/targets.h"

namespace sondeo {

struct SynthesisOptions {
  std::size_t respondents = 1000;  // at most most_respondents
  std::uint64_t seed = 1;
};
constexpr std::size_t most_respondents = 1000000;

struct Synthesis {
  Sample sample;             // its columns in the order of the study, then those of the design
  std::vector<Unmet> unmet;  // in the order of the targets; if there is one, write nothing
  std::size_t targets = 0;   // with a percentage
  bool weighted = false;
};

// Throws Error: [not-synthetic] for a study without `synthetic = true`; [target-question],
// [target-derived], [target-kind] (of a question that no percentage can be given for),
// [target-where]; those of aims_of and complete_shares; [synth-columns], [synth-format],
// [synth-codes] and [synth-design] for what a study has that cannot be made.
Synthesis synthesize(const Study& study, const std::vector<TargetRow>& targets,
                     const SynthesisOptions& options);

// Design effect of the weights (Kish): n * sum w^2 / (sum w)^2.
double design_effect(const Sample& sample);

// The respondents as the file that the study describes: UTF-8, its delimiter and decimal mark, the
// weights (with four decimals) last. Throws Error [synth-format].
void write_sample(const Study& study, const Synthesis& synthesis,
                  const std::function<void(std::string_view)>& write);

}  // namespace sondeo
