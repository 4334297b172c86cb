// SPDX-License-Identifier: MIT
// What to count and how: shared by the tools that make tables from responses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/language_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "table/build.h"
#include "table/table.h"
#include "tabulate/count.h"

namespace sondeo {

struct CountOptions {
  std::vector<std::string> missing;
  bool keep_empty = false;
  std::vector<std::string> multi;
  std::vector<std::string> ticked;
  std::vector<std::string> unticked;
  std::vector<std::string> joined;
  std::string separator = ";";
  std::vector<std::string> long_options;
  std::vector<std::string> spread;
  bool mean = false;
  std::string weight;  // "": the study's, or none
  std::string weight_file;
  std::string id;
  std::optional<std::string> where;
  std::string base;
  std::optional<std::string> asked;
  std::string percent = "column";
  std::string level = "95";
  std::string interval = "logit";
  std::string df = "domain";
  std::string sort = "value";
  std::string min_base = "0";
  std::string min_base_of = "effective";
  std::string low_base = "100,30";
  LanguageOptions language;

  void declare(Tool& tool);

  // Counts the questions (names, patterns; of a study all if none is named) of the input, by the
  // banner if it is not "", and builds one table each. Opens the input. Throws UsageError and
  // Error.
  TableSet tables(StudyInput& input, const std::string& banner, Tool& tool) const;

 private:
  struct Weighting;
  TableRules rules() const;
  std::vector<Question> defined_questions(const Header& header) const;
  Weighting weighting(const StudyInput& input) const;
  // --where and --asked as one expression, in the words of the data.
  std::optional<Expr> condition(const StudyInput& input, std::string& filter,
                                TableRules& rules) const;
  void check(const StudyInput& input, const std::string& banner, const Weighting& weighting) const;
};

}  // namespace sondeo
