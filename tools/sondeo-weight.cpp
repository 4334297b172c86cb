// SPDX-License-Identifier: MIT
// sondeo-weight: weights that make the sample look like its targets, and what they cost.
#include "cli/completion_words.h"
#include "cli/input_options.h"
#include "cli/tool.h"
#include "cli/weight_options.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  WeightOptions weighting;
  Tool tool("sondeo-weight", "[OPTION]... [STUDY|DATA]",
            "rakes, post-stratifies, calibrates and trims weights, and reports what they cost.");
  tool.example("sondeo-weight survey.csv --targets targets.csv --name w -o weighted.csv",
               "the data with a new column w, every other byte unchanged")
      .example("sondeo-weight survey.csv -w design --targets t.csv --max-weight 5 -o weighted.csv",
               "from a design weight, no weight above 5, margins met all the same")
      .example("sondeo-weight survey.csv --targets t.csv --keep id -o weights.csv",
               "a weight file, for --weight-file and --id")
      .example("sondeo-weight survey.csv -w weight", "only look at the weights there are");
  tool.use(weighting).use(input);
  offer_completions(tool, input);
  return tool.run(argc, argv, [&] { return weighting.run(input, tool); });
}
