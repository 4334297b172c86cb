// SPDX-License-Identifier: MIT
// Completions of the command line, made from a tool's description.
#pragma once

#include <string>
#include <vector>

#include "cli/description.h"

namespace sondeo {

// Scripts that complete options, their listed values, files, and where a question is meant the
// questions of the file on the line: they ask `TOOL --list-questions FILE`. In an expression or a
// banner they ask `TOOL --complete KIND:TYPED FILE` how it may go on.
std::string bash_completion(const ToolDescription& tool);
std::string zsh_completion(const ToolDescription& tool);
std::string fish_completion(const ToolDescription& tool);

// The same for the dispatcher: its words (verbs and `help`), then what the verb's tool completes.
std::string bash_dispatch_completion(const std::vector<std::string>& verbs,
                                     const std::vector<std::string>& topics);
std::string zsh_dispatch_completion(const std::vector<std::string>& verbs,
                                    const std::vector<std::string>& topics);
std::string fish_dispatch_completion(const std::vector<std::string>& verbs,
                                     const std::vector<std::string>& topics);

}  // namespace sondeo
