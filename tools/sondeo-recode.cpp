// SPDX-License-Identifier: MIT
// sondeo-recode: derived variables, nets and filters as columns of the data.
#include "cli/completion_words.h"
#include "cli/input_options.h"
#include "cli/recode_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  RecodeOptions recoding;
  Tool tool("sondeo-recode", "[OPTION]... [STUDY|DATA] [QUESTION]...",
            "writes derived variables, nets and filters as new columns behind those of the data.");
  tool.example("sondeo-recode survey.toml -o wide.csv", "all derived questions of a study")
      .example("sondeo-recode survey.toml age3 --net q7 --labels --lang es",
               "one of them and the nets of q7, in Spanish words")
      .example("sondeo-recode survey.csv --filter \"young=age < 35\" --keep id",
               "a filter of a bare file beside the id");
  tool.use(recoding).use(input);
  offer_completions(tool, input);
  return tool.run(argc, argv, [&] {
    recoding.run(input, tool);
    return 0;
  });
}
