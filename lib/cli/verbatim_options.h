// SPDX-License-Identifier: MIT
// Which answers in words are listed, and how.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/input_options.h"
#include "cli/language_options.h"
#include "cli/output_options.h"
#include "cli/tool.h"
#include "render/verbatims.h"

namespace sondeo {

struct VerbatimOptions {
  std::string by;
  std::string id;
  std::string show;
  std::optional<std::string> where;
  std::vector<std::string> missing;
  std::string limit;
  std::string seed;
  LanguageOptions language;
  OutputOptions look;
  std::string format;

  void declare(Tool& tool);

  // Lists, and writes. Throws UsageError, and Error as the reader, coders and filters do,
  // [verbatim-question] for a question that does not stand in one column, [unknown-question].
  void run(const InputOptions& input, Tool& tool) const;
};

}  // namespace sondeo
