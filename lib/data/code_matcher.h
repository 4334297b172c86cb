// SPDX-License-Identifier: MIT
// Which listed answer a cell's text means.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/number.h"
#include "codebook/study_question.h"

namespace sondeo {

class CodeMatcher {
 public:
  // `numbers` is how the cells write numbers; codes themselves are written with a point.
  CodeMatcher(const StudyQuestion& question, const NumberFormat& numbers);

  // The position in question.codes of the answer that a trimmed text means: the same text as a code
  // (or one of its `values`, if it has any), else the same number ("1.0" is code 1).
  std::optional<std::size_t> find(std::string_view text) const;

 private:
  NumberFormat numbers_;
  std::unordered_map<std::string, std::size_t> texts_;
  std::unordered_map<double, std::size_t> values_;
};

// What cells may hold: "1, 2, 3, 4, 9", the first dozen.
std::string allowed_texts(const StudyQuestion& question);

}  // namespace sondeo
