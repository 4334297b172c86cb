// SPDX-License-Identifier: MIT
// sondeo-freq: toplines, one table a question.
#include "cli/completion_words.h"
#include "cli/count_options.h"
#include "cli/fail_options.h"
#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  CountOptions counting;
  OutputOptions output;
  FailOptions failing;
  Tool tool("sondeo-freq", "[OPTION]... [STUDY|DATA] [QUESTION]...",
            "weighted percentages of the answers to questions, with margins of error and bases.");
  tool.example("sondeo-freq survey.csv owner --weight weight",
               "the answers to one question, weighted")
      .example("sondeo-freq survey.csv 'q*' --where \"country = 'US'\" -f csv",
               "many questions of some respondents, for programs")
      .example("sondeo-freq survey.csv tools --multi 'tools=tools_*'",
               "a select-all question over columns");
  tool.use(counting).use(input).use(output).use(failing);
  offer_completions(tool, input);
  return tool.run(argc, argv, [&] {
    auto source = counting.find(input);
    const auto languages = counting.language.languages(source.study);
    for (const auto& file : source.files()) output.check(file, languages);
    failing.check();
    source.wants_provenance = output.tells_provenance();
    const auto tables = counting.tables(source, std::nullopt, tool);
    output.write(tables);
    return failing.status(tables.front(), tool);
  });
}
