// SPDX-License-Identifier: MIT
// What a tool says of itself: the one table that help, manuals and completions are made from.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace sondeo {

struct OptionEntry {
  std::string section;
  std::string long_name;
  char short_name = 0;  // 0: none
  std::string meta;     // "" for a flag; words separated by | are the values it takes
  std::string help;
  std::string usual;  // the value it has if it is not given, or ""
  bool hidden = false;
};

struct ToolDescription {
  std::string name;
  std::string usage;                                          // what follows the name
  std::string purpose;                                        // one sentence
  std::vector<std::pair<std::string, std::string>> examples;  // command, what it does
  std::vector<OptionEntry> options;
  std::string epilogue;
};

// What --help prints, 80 columns wide.
std::string help_text(const ToolDescription& tool);

// A page for man(1), in the macros of man(7). `version` stands in its foot; no date does, so that
// the same sources give the same bytes.
std::string man_page(const ToolDescription& tool, const std::string& version);

// A page of docs/tools, in Markdown.
std::string markdown_page(const ToolDescription& tool);

// What each exit status means: {"0", "done ..."}, {"1", ...}, {"2", ...}.
std::vector<std::pair<std::string, std::string>> exit_statuses();

// The help of an option with its usual value: "... (default: 95)".
std::string help_with_default(const OptionEntry& option);

// The values that `meta` lists: {"asked", "answered", "all"}; none if it only describes them.
std::vector<std::string> listed_values(const OptionEntry& option);

}  // namespace sondeo
