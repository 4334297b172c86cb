// SPDX-License-Identifier: MIT
// sondeo-estimate: totals, means, shares and ratios under the sampling design.
#include "cli/estimate_options.h"
#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  EstimateOptions estimating;
  OutputOptions output;
  Tool tool("sondeo-estimate", "[OPTION]... [STUDY|DATA] [QUESTION]...",
            "totals, means, shares and ratios with standard errors under the sampling design.");
  tool.example("sondeo-estimate survey.csv --mean income -w weight --strata region --cluster psu",
               "a mean under a stratified sample of clusters")
      .example("sondeo-estimate survey.csv --proportion vote -w weight --by 'total + region'",
               "shares in all of the sample and in every region")
      .example("sondeo-estimate acs.csv --total WAGP --preset acs",
               "a total with the replicate weights of the American Community Survey");
  tool.use(estimating).use(input).use(output);
  tool.lists_questions([&] { return question_names(input); });
  return tool.run(argc, argv, [&] {
    auto source = find_input(input);
    const auto languages = estimating.language.languages(source.study);
    for (const auto& file : source.files()) output.check(file, languages);
    source.wants_provenance = output.tells_provenance();
    output.write(estimating.tables(source, tool));
    return 0;
  });
}
