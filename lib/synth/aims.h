// SPDX-License-Identifier: MIT
// The targets of one question, in terms of its answers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "codebook/study_question.h"
#include "synth/shares.h"
#include "synth/targets.h"

namespace sondeo {

// Which of those asked a percentage is of; `all` is everybody.
enum class AimBase { asked, answered, all };

// Targets of everybody asked, or of those for whom a condition holds.
struct GroupAims {
  const TargetRow* where = nullptr;  // a row with the condition; nullptr: everybody
  std::vector<Aim> aims;
};

// Answers are positions in question.codes; one past them stands for no answer.
struct QuestionAims {
  AimBase base = AimBase::answered;
  std::vector<Aim> leaving;       // of answers that leave the base: percentages of all asked
  std::vector<GroupAims> groups;  // at least one if there are targets; with conditions, or one
  std::vector<int> lean;          // [answer]
  bool leans = false;             // some lean was given
  std::vector<char> alone;        // [answer]
};

// Whether an answer (or none) is outside the base.
bool leaves_base(const StudyQuestion& question, std::size_t answer, AimBase base);

// Sorts the rows of a question. Throws Error [target-category] (neither code, net, box nor label,
// with the nearest), [target-base] (rows of different bases, or a base that an answer leaves),
// [target-where], [target-alone], and [target-net]: a net of a multiple question, whose members
// overlap.
QuestionAims aims_of(const StudyQuestion& question, const std::vector<const TargetRow*>& rows);

}  // namespace sondeo
