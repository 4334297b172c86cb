// SPDX-License-Identifier: MIT
// sondeo-verbatim: what people said in their own words, by groups.
#include "cli/completion_words.h"
#include "cli/input_options.h"
#include "cli/tool.h"
#include "cli/verbatim_options.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  VerbatimOptions listing;
  Tool tool("sondeo-verbatim", "[OPTION]... [STUDY|DATA] QUESTION...",
            "lists the answers to open questions, by groups of respondents.");
  tool.example("sondeo-verbatim survey.toml why_not --by region", "all answers, by region")
      .example("sondeo-verbatim survey.csv comments --limit 20 --seed 1 --show age,sex",
               "twenty drawn at random, always the same ones")
      .example("sondeo-verbatim survey.toml why_not --where 'age < 35' -o answers.xlsx",
               "some respondents, as a workbook");
  listing.declare(tool);
  tool.use(input);
  offer_completions(tool, input);
  return tool.run(argc, argv, [&] {
    listing.run(input, tool);
    return 0;
  });
}
