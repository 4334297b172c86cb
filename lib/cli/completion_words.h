// SPDX-License-Identifier: MIT
// What a study offers at the cursor: questions, answers, banners. The shells ask for it.
#pragma once

#include <string>
#include <vector>

#include "cli/input_options.h"
#include "cli/tool.h"

namespace sondeo {

// Tells the tool what it may answer to shells: --list-questions, and --complete KIND:TYPED. `input`
// must outlive the tool.
void offer_completions(Tool& tool, const InputOptions& input);

// How a value of that kind may go on: each the whole value, without the shell's quotes, then a tab
// and what it is. `typed` is what stands on the command line, with a quote that is still open and
// with backslashes. Kinds: where (an expression), named (NAME=EXPRESSION), by (a banner), weight.
// Throws as find_input() does.
std::vector<std::string> value_completions(const InputOptions& options, const std::string& kind,
                                           const std::string& typed);

}  // namespace sondeo
