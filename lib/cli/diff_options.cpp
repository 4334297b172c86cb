// SPDX-License-Identifier: MIT
#include "cli/diff_options.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "cli/input_options.h"
#include "cli/output_options.h"
#include "cli/process.h"
#include "table/diff.h"

namespace sondeo {
namespace {

bool exists(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0;
}

bool ends_in(const std::string& path, std::initializer_list<std::string_view> suffixes) {
  const std::string lower = ascii_lower(path);
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](std::string_view suffix) { return lower.ends_with(suffix); });
}

// What --accept would write must be what the name of OLD promises.
void check_acceptable(const std::string& path, const TableNumbers& numbers) {
  if (ends_in(path, {".gz", ".zst"})) {
    throw UsageError("--accept writes plain text, and '" + excerpt(path) + "' is compressed",
                     "keep published tables as plain files: their changes are then readable too");
  }
  const bool named_json = ends_in(path, {".json"});
  const bool named_csv = ends_in(path, {".csv", ".tsv", ".tab"});
  if (named_json || named_csv) {
    if (named_json == numbers.json) return;
    throw UsageError("--accept would write " + std::string(numbers.json ? "json" : "csv") +
                         " over '" + excerpt(path) + "'",
                     std::string("make the new tables with -f ") + (named_json ? "json" : "csv"));
  }
}

// The statistics, and the units too, that occur in the files.
std::vector<std::string> names_in(std::initializer_list<const TableNumbers*> files, bool units) {
  std::set<std::string_view> names;
  for (const TableNumbers* file : files) {
    for (const TableNumber& number : file->numbers) {
      names.insert(number.statistic);
      if (units && !number.unit.empty()) names.insert(number.unit);
    }
  }
  return {names.begin(), names.end()};
}

// A misspelt name would compare nothing, or nothing as it was meant.
void check_names(const std::string& option, const std::vector<std::string>& names,
                 const std::vector<std::string>& known) {
  for (const std::string& name : names) {
    if (!known.empty()) word_option(option, name, known);
  }
}

}  // namespace

void DiffOptions::declare(Tool& tool) {
  tool.positional(files);
  tool.section("Comparing");
  tool.option("tolerance", tolerance, "X|NAME=X",
              "how far numbers may move; NAME is a statistic or unit (mean, se, percent, "
              "respondents ...); repeat for several. Default 0: not at all");
  tool.option("only", only, "LIST", "compare only these statistics, such as column_percent,mean");
  tool.flag("accept", accept, "copy NEW over OLD when the changes are shown; the status is then 0");
  tool.section("Output");
  declare_output(tool, output, force);
  tool.option("format,f", format, "text|csv|json|github|junit",
              "text is for people, github makes annotations of a workflow, junit a test report");
}

Tolerance DiffOptions::limits() const {
  constexpr double largest = 1e300;
  Tolerance limits;
  for (const std::string& each : tolerance) {
    const std::size_t equal = each.find('=');
    if (equal == std::string::npos) {
      limits.any = number_option("tolerance", each, 0, largest);
    } else {
      limits.named[each.substr(0, equal)] =
          number_option("tolerance", each.substr(equal + 1), 0, largest);
    }
  }
  return limits;
}

int DiffOptions::run(Tool& tool) const {
  std::vector<std::string> formats;
  for (const DiffRenderer& renderer : diff_renderers()) formats.emplace_back(renderer.name);
  const DiffRenderer& renderer = diff_renderers()[word_option("format", format, formats)];
  const Tolerance limits_given = limits();
  if (files.size() != 2) {
    throw UsageError("name two table files: the published one and the new one",
                     "sondeo-diff published.json new.json");
  }
  const std::string& old_path = files[0];
  const std::string& new_path = files[1];
  if (old_path == "-" && new_path == "-") throw UsageError("standard input cannot be both files");
  if (accept && old_path == "-") throw UsageError("--accept needs a file to write to, not -");
  if (!output.empty()) {
    refuse_existing(output, force, old_path);
    refuse_existing(output, force, new_path);
  }

  if (!accept && old_path != "-" && !exists(old_path)) {
    throw Error(Place{old_path}, "open", "there is no such file",
                "sondeo-diff OLD NEW --accept makes it from NEW");
  }
  const TableNumbers after = read_numbers({new_path, ""}, tool.issues());
  if (accept) check_acceptable(old_path, after);
  if (accept && !exists(old_path)) {
    OutputFile file(old_path, false);
    file.write(after.text);
    file.commit();
    tool.note(old_path + " is new: " + after.name + " was accepted as it is");
    return 0;
  }
  const TableNumbers before = read_numbers({old_path, ""}, tool.issues());

  std::vector<std::string> statistics;
  for (std::size_t at = 0; !only.empty() && at <= only.size();) {
    const std::size_t comma = std::min(only.find(',', at), only.size());
    statistics.emplace_back(trim(std::string_view(only).substr(at, comma - at)));
    at = comma + 1;
  }
  check_names("only", statistics, names_in({&before, &after}, false));
  std::vector<std::string> limited;
  for (const auto& [name, limit] : limits_given.named) limited.push_back(name);
  check_names("tolerance", limited, names_in({&before, &after}, true));

  const Diff diff = diff_numbers(before, after, limits_given, statistics);
  for (const std::string& table : diff.reweighted) {
    tool.issues().add({after.name}, "weight-changed",
                      "the table '" + excerpt(table) + "' has another weight than before");
  }
  write_result(output, force, renderer.render(diff));
  if (!accept || diff.changes.empty()) return diff.changes.empty() ? 0 : 1;
  OutputFile file(old_path, true);
  file.write(after.text);
  file.commit();
  tool.note(old_path + " now has the numbers of " + after.name);
  return 0;
}

}  // namespace sondeo
