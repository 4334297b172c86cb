// SPDX-License-Identifier: MIT
// sondeo-synth: respondents nobody asked, with given percentages.
#include "base/number.h"
#include "base/text.h"
#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "synth/synthesis.h"

using namespace sondeo;

int main(int argc, char** argv) {
  std::vector<std::string> arguments;
  std::vector<std::string> files;
  std::string respondents = "1000";
  std::string seed = "1";
  std::string output;
  bool force = false;
  Tool tool("sondeo-synth", "[OPTION]... STUDY",
            "makes synthetic respondents whose weighted percentages are the published ones.");
  tool.example("sondeo-synth survey.toml --targets published.csv --n 1000 --seed 7 -o data.csv",
               "respondents for a study of which only percentages are known")
      .example("sondeo-synth survey.toml --n 200 | sondeo-freq survey.toml --data - owner",
               "answers to try a questionnaire with before anybody is asked");
  tool.positional(arguments);
  tool.section("Respondents");
  tool.option("targets", files, "FILE",
              "percentages that have to come out: question,category,percent and, if need be, base, "
              "where, lean, alone, source; may be given several times");
  tool.option("n", respondents, "N", "how many");
  tool.option("seed", seed, "N", "another number, other respondents; the same, the same bytes");
  tool.section("Output");
  declare_output(tool, output, force);
  tool.epilogue(
      "The study has to say `synthetic = true`; respondents are called synthetic-0001 and so on.\n"
      "If a target cannot be met to its printed digit, it is named, nothing is written and the\n"
      "exit status is 1.");
  return tool.run(argc, argv, [&] {
    if (arguments.size() != 1) throw UsageError("which study? one file is needed");
    SynthesisOptions options;
    options.respondents = count_option("n", respondents, 1);
    options.seed = count_option("seed", seed, 0);
    if (options.respondents > most_respondents)
      throw UsageError("--n takes at most " + grouped(most_respondents));
    if (!ascii_lower(arguments[0]).ends_with(".toml")) {
      throw UsageError(
          "'" + excerpt(arguments[0]) + "' is no study: its name does not end in .toml",
          "sondeo-book --draft makes a study of a file of responses");
    }
    if (!output.empty()) refuse_existing(output, force, arguments[0]);
    const auto study = read_study(arguments[0]);
    std::vector<TargetRow> targets;
    for (const auto& file : files) {
      for (auto& row : read_targets(file, tool.issues())) targets.push_back(std::move(row));
    }
    const auto made = synthesize(study, targets, options);
    int status = 0;
    for (const auto& unmet : made.unmet) {
      status = tool.refuse(
          Error(unmet.at, "target-unmet", unmet.message, "more respondents, or another seed"));
    }
    if (status != 0) return status;
    std::string bytes;
    write_sample(study, made, [&](std::string_view piece) { bytes += piece; });
    write_result(output, force, bytes);
    tool.note(grouped(options.respondents) + " synthetic respondent" +
              (options.respondents == 1 ? "" : "s") + ", nobody was asked; " +
              grouped(made.targets) + (made.targets == 1 ? " target" : " targets") +
              " met to the printed digit; design effect " + rounded(design_effect(made.sample), 2));
    return 0;
  });
}
