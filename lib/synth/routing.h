// SPDX-License-Identifier: MIT
// For which of the respondents made so far a condition of the study holds.
#pragma once

#include <string>
#include <vector>

#include "base/number.h"
#include "codebook/study_question.h"
#include "expr/expr.h"
#include "synth/sample.h"

namespace sondeo {

class Routing {
 public:
  // `variables` must outlive the object; `file` names the study in messages.
  Routing(const std::vector<StudyQuestion>& variables, std::string file);

  // [respondent] 1 where the condition is true, by the same evaluation that reads the finished
  // file. Throws as Filter, and Error [unknown-column] for columns that are not made.
  std::vector<char> holds(const Expr& condition, const Sample& sample) const;

  // The positions of all variables that an expression depends on, through derived ones and routing.
  std::vector<std::size_t> needed(const Expr& condition) const;

 private:
  void add(const std::string& name, std::vector<std::size_t>& found) const;

  const std::vector<StudyQuestion>& variables_;
  std::string file_;
};

}  // namespace sondeo
