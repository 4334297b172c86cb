// SPDX-License-Identifier: MIT
// A first study of a bare file: kinds inferred from what the columns hold, each with its reason. It
// never changes a number: what the draft says is counted as the bare file would be.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "codebook/question.h"
#include "codebook/study.h"
#include "data/profile.h"

namespace sondeo {

struct Draft {
  Study study;
  // By question: why it was taken for what it is, in a sentence for a comment.
  std::map<std::string, std::string> reasons;
};

// `profiles` has one for each column of the header. Questions are in the order of the file:
//   flags of one question (a common beginning of their names, each ticked or not), items of a grid
//   (a common beginning, one list of answers), then, column by column, weight, date, number, single
//   (few answers, or answers given again and again), multiple (answers joined in cells), id, text.
// Names are those of the columns where these are words; else q1, q2 ... by position, with the
// column's name as the text.
Draft draft_study(const Header& header, const std::vector<ColumnProfile>& profiles);

}  // namespace sondeo
