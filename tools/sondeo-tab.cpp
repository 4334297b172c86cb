// SPDX-License-Identifier: MIT
// sondeo-tab: cross-tabulate questions by a banner.
#include "cli/completion_words.h"
#include "cli/count_options.h"
#include "cli/fail_options.h"
#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/plan_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  CountOptions counting;
  OutputOptions output;
  FailOptions failing;
  PlanOptions plan;
  std::string banner;
  Tool tool("sondeo-tab", "[OPTION]... [STUDY|DATA] [QUESTION]... (--by BANNER | --plan FILE)",
            "cross-tabulates questions by a banner, with the three bases of every column.");
  tool.example("sondeo-tab survey.csv owner --by 'total + country + role' -w weight",
               "one question, three banner groups")
      .example("sondeo-tab survey.csv owner --by 'country > role' --percent column,row",
               "nested columns, two percentages")
      .example("sondeo-tab survey.csv 'q*' --by 'total + region' -f wide -o tables.csv",
               "many tables, for a spreadsheet")
      .example("sondeo-tab survey.toml --by 'region + age' --test effective --levels 95,90",
               "letters: which columns differ")
      .example("sondeo-tab survey.toml --plan book.toml -f html -o book.html",
               "a book of tables, in one pass over the data");
  tool.section("Banner");
  tool.option("by,b", banner, "BANNER", "columns, such as 'total + region + age > sex'");
  tool.use(plan).use(counting).use(counting.tests).use(input).use(output).use(failing);
  offer_completions(tool, input);
  return tool.run(argc, argv, [&] {
    auto source = counting.find(input);
    const auto languages = counting.language.languages(source.study);
    for (const auto& file : source.files()) output.check(file, languages);
    failing.check();
    const bool book = plan.wanted(source, !banner.empty());
    if (banner.empty() && counting.cells.empty() && !book)
      throw UsageError("--by is missing: which columns?", "for example --by 'total + region'");
    source.wants_provenance = output.tells_provenance();
    const auto tables =
        book ? plan.tables(source, counting, banner, tool) : counting.tables(source, banner, tool);
    output.write(tables);
    return failing.status(tables.front(), tool);
  });
}
