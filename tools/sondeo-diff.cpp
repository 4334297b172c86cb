// SPDX-License-Identifier: MIT
// sondeo-diff: did a published number move?
#include "cli/diff_options.h"
#include "cli/tool.h"

using namespace sondeo;

int main(int argc, char** argv) {
  DiffOptions options;
  Tool tool("sondeo-diff", "[OPTION]... OLD NEW",
            "compares the numbers of two table files (json, csv or tsv) by their ids.");
  tool.example("sondeo-diff published.json new.json --tolerance 0.5",
               "what moved by more than half a point")
      .example("sondeo-freq survey.csv 'q*' -f json | sondeo-diff published.json - -f github",
               "in a workflow: numbers that moved become annotations, and the step fails")
      .example("sondeo-diff published.json new.json --accept",
               "show the changes, and publish the new numbers");
  tool.use(options);
  return tool.run(argc, argv, [&] { return options.run(tool); });
}
