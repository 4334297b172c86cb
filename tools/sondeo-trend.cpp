// SPDX-License-Identifier: MIT
// sondeo-trend: the same questions over waves, with tests of what changed.
#include "cli/completion_words.h"
#include "cli/count_options.h"
#include "cli/explain_options.h"
#include "cli/fail_options.h"
#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/tool.h"
#include "cli/trend_options.h"
#include "cli/trend_run.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  CountOptions counting;
  OutputOptions output;
  FailOptions failing;
  TrendOptions trend;
  ExplainOptions explaining;
  Tool tool("sondeo-trend", "[OPTION]... [STUDY|DATA]... [QUESTION]...",
            "the same questions over waves: what changed, and whether it is more than chance.");
  tool.example("sondeo-trend survey.toml owner --waves wave", "the waves of one file")
      .example("sondeo-trend w1.toml w2.toml w3.toml owner", "files that are a wave each")
      .example("sondeo-trend survey.toml --wave 2023=w1.csv --wave 2024=w2.csv owner -o trend.html",
               "the same questionnaire, a file of responses for each wave")
      .example("sondeo-trend panel.toml owner --waves wave --overlap id",
               "the same respondents in several waves");
  tool.use(trend);
  counting.tests.declare_over_waves(tool);
  tool.use(explaining).use(counting).use(input).use(output).use(failing);
  offer_completions(tool, input);
  return tool.run(argc, argv, [&] {
    TrendRun run(trend, input, counting);
    auto& newest = run.newest();
    const auto languages = counting.language.languages(newest.study);
    for (const auto& file : run.files()) output.check(file, languages);
    failing.check();
    if (explaining.wanted()) explaining.prepare(newest, run.counting(), output);
    newest.wants_provenance = output.tells_provenance();
    const auto tables = run.tables(tool);
    if (explaining.wanted()) {
      explaining.write(tables.front(), output);
      return 0;
    }
    output.write(tables);
    return failing.status(tables.front(), tool);
  });
}
