// SPDX-License-Identifier: MIT
// What sondeo-trend compares: the waves of one file, or files that are a wave each.
#pragma once

#include <string>
#include <vector>

#include "cli/count_options.h"
#include "cli/input_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"

namespace sondeo {

// A file that is a wave.
struct WaveFile {
  std::string name;
  std::string study;  // "": a bare file
  std::string data;   // "": where the study says
};

struct TrendOptions {
  std::string waves;              // the question that says the wave; "": the study's
  std::vector<std::string> wave;  // NAME=FILE
  std::string overlap;            // the column with the respondent's id

  void declare(Tool& tool);

  // The files that are a wave each, in the order of the command line; none if the waves stand in
  // one file. Throws UsageError.
  std::vector<WaveFile> files(const InputOptions& input) const;
  // Of one file: the banner that the waves are. Throws UsageError.
  std::string banner(const StudyInput& input, const CountOptions& counting) const;
  // Makes the respondents of --overlap the units of the design. Throws UsageError.
  void link(CountOptions& counting) const;
};

}  // namespace sondeo
