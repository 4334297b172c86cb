// SPDX-License-Identifier: MIT
// The variables that weights are made by, whatever they are: columns of a bare file, or questions
// of a study.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/question.h"

namespace sondeo {

// A list of questions that grows as variables are asked for by name, with all that they depend on.
// What stands behind a name is known here alone: everything else sees questions and their answers.
class VariableSource {
 public:
  virtual ~VariableSource() = default;

  // Whether there is a variable of that very name.
  virtual bool has(std::string_view name) const = 0;
  // The position of the variable in questions(), which it joins when it is asked for first; as
  // numbers if `number`. Throws Error [unknown-column], [unknown-question] and the like.
  virtual std::size_t find(std::string_view name, bool number = false) = 0;
  virtual const std::vector<Question>& questions() const = 0;
  // The text of the answer that a category stands for: that of a code, if the category is its
  // label; and back, what to show for it.
  virtual std::string answer_of(std::size_t variable, const std::string& category) const = 0;
  virtual std::string category_of(std::size_t variable, const std::string& answer) const = 0;

  const std::string& name(std::size_t variable) const { return questions()[variable].name; }
};

}  // namespace sondeo
