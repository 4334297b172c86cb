// SPDX-License-Identifier: MIT
// sondeo-cells: count now, make tables later.
#include "base/number.h"
#include "base/text.h"
#include "cli/completion_words.h"
#include "cli/count_options.h"
#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/tool.h"
#include "tabulate/cell_file.h"

using namespace sondeo;

namespace {

// What is written, and where.
struct CellOptions {
  CountOptions counting;
  InputOptions input;
  std::optional<std::string> banner;
  std::string part = "1/1";
  bool partial = false;
  std::string output;
  bool force = false;

  void declare(Tool& tool) {
    counting.declare_counting(tool);
    tool.option("by,b", banner, "BANNER", "columns, such as 'total + region + age > sex'");
    tool.option("part", part, "K/N", "these responses are part K of a survey in N parts");
    tool.section("Merging");
    tool.flag("partial", partial, "parts may be missing: they are added later");
    tool.section("Output");
    declare_output(tool, output, force);
    tool.use(input);
  }
};

std::string write(CellOptions& options, Tool& tool) {
  auto& arguments = options.input.arguments;
  arguments.erase(arguments.begin());
  const auto slash = options.part.find('/');
  const auto number = parse_count(options.part.substr(0, slash));
  const auto of =
      slash == std::string::npos ? std::nullopt : parse_count(options.part.substr(slash + 1));
  if (!number || !of || *number < 1 || *number > *of || *of > 1000000)
    throw UsageError("--part takes a number of a number such as 2/5, not '" +
                     excerpt(options.part) + "'");
  auto source = options.counting.find(options.input);
  for (const auto& file : source.files()) refuse_existing(options.output, options.force, file);
  auto counted = options.counting.count_cells(source, options.banner, tool, true);
  counted.parts[0].number = *number;
  counted.parts[0].of = *of;
  return write_cells(counted);
}

std::string merge(const CellOptions& options, Tool& tool) {
  const std::vector<std::string> names(options.input.arguments.begin() + 1,
                                       options.input.arguments.end());
  if (names.empty()) throw UsageError("name the files of cells to add");
  std::vector<CellFile> files;
  for (const auto& name : names) {
    refuse_existing(options.output, options.force, name);
    const InputFile file{name, ""};
    const auto source = open_input(file, tool.issues());
    files.push_back(read_cells(*source, input_name(file)));
    source->check_unchanged();
  }
  const auto merged = merge_cells(files, names);
  if (!options.partial) check_complete(merged, Place{names[0]});
  return write_cells(merged);
}

}  // namespace

int main(int argc, char** argv) {
  CellOptions options;
  Tool tool("sondeo-cells", "write|merge [OPTION]... [STUDY|DATA|FILE]... [QUESTION]...",
            "counts responses into a file of exact sums, and adds such files up.");
  tool.example("sondeo-cells write wave1.csv owner q7 --by 'total + region' -w weight -o w1.cells",
               "the sums of two questions; sondeo-tab --cells w1.cells makes the tables")
      .example("sondeo-cells write north.csv owner --part 1/2 -o 1.cells", "a part of a survey")
      .example("sondeo-cells merge 1.cells 2.cells -o all.cells",
               "the parts added: the same tables as from all responses");
  tool.use(options);
  offer_completions(tool, options.input);
  return tool.run(argc, argv, [&] {
    const auto& arguments = options.input.arguments;
    const auto action = arguments.empty() ? "" : arguments[0];
    if (action != "write" && action != "merge")
      throw UsageError("what is to be done? sondeo-cells write, or sondeo-cells merge");
    const auto bytes = action == "write" ? write(options, tool) : merge(options, tool);
    write_result(options.output, options.force, bytes);
    return 0;
  });
}
