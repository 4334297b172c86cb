// SPDX-License-Identifier: MIT
// The variables that weights are made by, whatever they are: columns of a bare file, or questions.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/question.h"
#include "data/answers.h"

namespace sondeo {

// A list of variables that grows as they are asked for by name. What stands behind a name (a
// column, a question of a study, a derived variable) is known here alone: everything else sees
// answers.
class VariableSource {
 public:
  virtual ~VariableSource() = default;

  // Whether there is a variable of that very name.
  virtual bool has(std::string_view name) const = 0;
  // The position of the variable in this list, which it joins when it is asked for first; as
  // numbers if `number`. Throws Error [unknown-column] and the like.
  virtual std::size_t find(std::string_view name, bool number = false) = 0;
  virtual const std::string& name(std::size_t variable) const = 0;
  // Codes the variable's answers in one thread. Its answers are single, or Error [margin-several].
  virtual std::unique_ptr<AnswerCoder> coder(std::size_t variable) const = 0;
};

// The columns of a file without a study: an answer is the cell's text.
class ColumnVariables : public VariableSource {
 public:
  ColumnVariables(Header header, CodingContext context)
      : header_(std::move(header)), context_(std::move(context)) {}

  bool has(std::string_view name) const override;
  std::size_t find(std::string_view name, bool number = false) override;
  const std::string& name(std::size_t variable) const override { return questions_[variable].name; }
  std::unique_ptr<AnswerCoder> coder(std::size_t variable) const override;

 private:
  Header header_;
  CodingContext context_;
  std::vector<Question> questions_;
};

}  // namespace sondeo
