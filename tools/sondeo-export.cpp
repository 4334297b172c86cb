// SPDX-License-Identifier: MIT
// sondeo-export: tables that were saved as json, in any format.
#include "cli/output_options.h"
#include "cli/tool.h"
#include "table/choose.h"
#include "table/read.h"

using namespace sondeo;

int main(int argc, char** argv) {
  std::vector<std::string> arguments;
  OutputOptions output;
  Tool tool(
      "sondeo-export", "[OPTION]... [FILE] [TABLE]...",
      "writes tables that were saved as json (-f json) in any format, without the responses.");
  tool.example("sondeo-export tables.json -o tables.xlsx", "a workbook of saved tables")
      .example("sondeo-export tables.json 'q7_*' -f md", "some of them, to paste")
      .example("zstdcat tables.json.zst | sondeo-export - -f text --digits 1",
               "from a stream, with one decimal");
  tool.positional(arguments);
  tool.use(output);
  return tool.run(argc, argv, [&] {
    const std::string path = arguments.empty() ? "-" : arguments.front();
    output.check(path, {"en"});
    TableSet tables = read_tables({path, ""}, tool.issues());
    if (!arguments.empty()) choose_tables(tables, {arguments.begin() + 1, arguments.end()});
    if (!output.tells_provenance()) tables.provenance = {};
    output.write({tables});
    return 0;
  });
}
