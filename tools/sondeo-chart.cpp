// SPDX-License-Identifier: MIT
// sondeo-chart: bars, diverging scales and trends, in a terminal or as a picture.
#include "cli/chart_options.h"
#include "cli/count_options.h"
#include "cli/input_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  CountOptions counting;
  ChartOptions chart;
  Tool tool("sondeo-chart", "[OPTION]... [STUDY|DATA] [QUESTION]...",
            "draws bars, diverging scales and trends, in a terminal or as SVG.");
  tool.example("sondeo-chart survey.toml owner", "bars of one question in the terminal")
      .example("sondeo-chart survey.toml --likert satisfied --sort net -o satisfied.svg",
               "the items of a grid as a diverging chart")
      .example("sondeo-chart survey.toml owner --trend wave -o owner.svg", "lines over waves");
  tool.use(chart).use(counting).use(input);
  tool.lists_questions([&] { return question_names(input); });
  return tool.run(argc, argv, [&] {
    chart.run(input, counting, tool);
    return 0;
  });
}
