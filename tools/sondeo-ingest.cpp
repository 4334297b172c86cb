// SPDX-License-Identifier: MIT
// sondeo-ingest: read a file of responses and write it in canonical form, cell for cell.
#include <memory>

#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/process.h"
#include "cli/tool.h"
#include "layout/rewrite.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  std::string format = "csv";
  std::string output;
  bool force = false;
  bool safe = false;
  Tool tool("sondeo-ingest", "[OPTION]... [DATA]",
            "reads responses strictly and writes them as UTF-8, cell for cell.");
  tool.example("sondeo-ingest export.csv --encoding windows-1252 -o survey.csv",
               "an export from Excel as plain UTF-8")
      .example("zstdcat wave7.csv.zst | sondeo-ingest -f json",
               "header and cells as arrays of strings")
      .example("sondeo-ingest export.csv --header-rows 2 -o survey.csv",
               "two header rows as one: QUESTION: OPTION where a question has several columns");
  tool.use(input).section("Output");
  tool.option("format,f", format, "csv|json", "of the output");
  declare_output(tool, output, force);
  tool.flag("safe-csv", safe,
            "csv: an apostrophe before texts that a spreadsheet would run as formulas");
  return tool.run(argc, argv, [&] {
    const auto path = input.path();
    const auto rest = input.questions();
    if (!rest.empty()) throw UsageError("unexpected argument '" + rest[0] + "'");
    RewriteOptions options;
    options.format = word_option("format", format, {"csv", "json"}) == 1 ? RewriteFormat::json
                                                                         : RewriteFormat::csv;
    options.guard = safe;
    if (!output.empty()) refuse_existing(output, force, path);
    CsvFile file(input.csv(path), tool.issues());
    if (!file.header().below.empty()) {
      tool.note(
          "the header rows are written as one: QUESTION: OPTION where a question has several "
          "columns");
    }
    if (output.empty() || output == "-") {
      rewrite(file, options, write_output, tool.issues());
      return 0;
    }
    OutputFile out(output, force);
    rewrite(
        file, options, [&](std::string_view bytes) { out.write(bytes); }, tool.issues());
    out.commit();
    return 0;
  });
}
