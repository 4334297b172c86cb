// SPDX-License-Identifier: MIT
// What sondeo-chart draws, and where it goes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/count_options.h"
#include "cli/input_options.h"
#include "cli/tool.h"
#include "table/chart.h"

namespace sondeo {

struct ChartOptions {
  bool likert = false;
  std::string neutral = "aside";
  std::string trend;   // the question that says the wave
  std::string banner;  // bars side by side
  std::string format;
  std::string output;
  bool force = false;
  std::string digits = "0";
  std::string width;
  bool ascii = false;

  void declare(Tool& tool);

  // Counts, draws and writes. Throws UsageError and Error.
  void run(const InputOptions& input, CountOptions counting, Tool& tool) const;

 private:
  // The place among text, svg and html. Throws UsageError.
  std::size_t chosen_format() const;
  Chart likert_of(const TableSet& set, const StudyInput& source) const;
  void write(const std::vector<Chart>& charts, const std::string& language) const;
};

}  // namespace sondeo
