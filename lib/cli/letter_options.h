// SPDX-License-Identifier: MIT
// How the columns of tables are tested: shared by the tools that make banners.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/tool.h"
#include "table/comparison.h"

namespace sondeo {

struct LetterOptions {
  std::string test;  // "": no tests; a dialect, or two: of shares and of means
  std::string levels = "95,90";
  std::string compare = "pairs";
  std::string adjust = "none";
  std::string min_difference = "0";
  std::string letter_at = "higher";
  std::string chisq;  // "": no test of whole tables; else a list of independence_kinds(), or all
  bool keep_traces = false;  // no option: for --explain
  bool over_waves = false;   // no option: the columns are waves, always tested

  void declare(Tool& tool);
  // Those that tables over waves have.
  void declare_over_waves(Tool& tool);

  // What is asked for, if tests are; effective bases below are not tested. Throws UsageError.
  std::optional<Testing> testing(double not_tested_below) const;
  // The kinds of tests of independence that are asked for. Throws UsageError.
  std::vector<std::size_t> chisq_kinds() const;
};

}  // namespace sondeo
