// SPDX-License-Identifier: MIT
// Answers to one question with a list, dealt to those who are asked it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "codebook/study_question.h"
#include "synth/aims.h"
#include "synth/sample.h"

namespace sondeo {

struct Dealing {
  const Sample& sample;
  const StudyQuestion& question;  // single, scale, multiple, or an item of a grid
  const QuestionAims& aims;
  const std::vector<std::size_t>& asked;  // respondents
  bool margin = false;                    // the weights are to differ by its answers
  // For whom the condition of a target holds, [respondent].
  std::function<std::vector<char>(const TargetRow&)> who;
  std::vector<Unmet>& unmet;
};

// An answer for each of those asked: a position in question.codes, one past them for none.
// Ordered answers follow the respondents' attitude, and with items of a grid what a respondent
// thinks of the grid as a whole; others are dealt by chance unless they lean. Throws as
// complete_shares, and Error [target-where] if two conditions hold for one respondent.
std::vector<std::size_t> deal_single(const Dealing& dealing);

// Most answers of a respondent that the file can hold, and whether one that is asked and has none
// can be told from one who is not asked.
struct SeveralRoom {
  std::size_t most = 0;
  bool none_too = false;
};

// The answers of each of those asked, rising positions in question.codes; {codes.size()} for none
// given. Respondents differ in how many they tend to give. Throws as deal_single, and Error
// [target-sum] if the shares leave respondents without an answer where the file cannot say so.
std::vector<std::vector<std::size_t>> deal_several(const Dealing& dealing, const SeveralRoom& room);

// The shared parts of both.

// Those asked, apart by whether they leave the base and by the conditions of targets.
struct DealPart {
  std::vector<std::size_t> members;  // positions in `asked`
  const GroupAims* aims = nullptr;   // nullptr: no target
};
struct DealParts {
  std::vector<std::pair<std::size_t, std::size_t>> left;  // position in `asked`, answer
  std::vector<DealPart> parts;
};
DealParts part(const Dealing& dealing);

// Weights of members, and their sum.
std::vector<std::int64_t> weights_of(const Dealing& dealing,
                                     const std::vector<std::size_t>& members);
std::int64_t sum_of(const std::vector<std::int64_t>& weights);
// What the percentages of a part are of: the weight of its members, or of everybody.
std::int64_t base_of(const Dealing& dealing, const std::vector<std::int64_t>& weights);
// Notes the aim if `sum` of `base` is not printed as its percentage.
void check_aim(const Dealing& dealing, const Aim& aim, std::int64_t sum, std::int64_t base,
               std::size_t respondents);

// How often an answer is given where nothing is known: proportions > 0 of single answers.
std::vector<std::int64_t> usual_shares(const Dealing& dealing);

}  // namespace sondeo
