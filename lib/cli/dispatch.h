// SPDX-License-Identifier: MIT
// The dispatcher: one name for all tools.
#pragma once

namespace sondeo {

// Replaces this process by sondeo-VERB, looked for beside this program and then on PATH. Without a
// verb, with --help or `help`, lists the tools; `help VERB` asks the tool. Returns the exit status
// if nothing was run: 0, or 2 for an unknown verb (naming the nearest).
int dispatch(int argc, char** argv);

}  // namespace sondeo
