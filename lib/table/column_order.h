// SPDX-License-Identifier: MIT
// In which order the columns of a banner stand.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "codebook/study_question.h"
#include "table/build.h"

namespace sondeo {

// The code of a study's question with that text, or nullptr.
const StudyCode* find_code(const StudyQuestion& study, const std::string& text);

// Orders columns of the part's cells: listed answers in the order of their study, the outermost
// variable first; others as they are.
void order_columns(const BannerPart& part, std::vector<std::size_t>& columns);

}  // namespace sondeo
