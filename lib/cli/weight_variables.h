// SPDX-License-Identifier: MIT
// The variables of weights as the command line and the targets name them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/request_builder.h"
#include "cli/study_input.h"
#include "weight/variables.h"

namespace sondeo {

// Questions of the study by name, else columns of the file. The input must be open.
class InputVariables : public VariableSource {
 public:
  // `language`: of the labels that are shown.
  InputVariables(StudyInput& input, std::string language)
      : input_(input), builder_(input, {}, false), language_(std::move(language)) {}

  bool has(std::string_view name) const override;
  std::size_t find(std::string_view name, bool number = false) override;
  const std::vector<Question>& questions() const override { return builder_.request.questions; }
  std::string answer_of(std::size_t variable, const std::string& category) const override;
  std::string category_of(std::size_t variable, const std::string& answer) const override;

  // Parses an expression of an option and finds the questions that it names. Throws Error.
  Expr condition(const std::string& text, const std::string& option,
                 std::vector<std::size_t>& named);

 private:
  StudyInput& input_;
  RequestBuilder builder_;
  std::string language_;
};

}  // namespace sondeo
