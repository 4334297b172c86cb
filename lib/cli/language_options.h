// SPDX-License-Identifier: MIT
// The reader's language: shared by every tool that shows labels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/tool.h"
#include "codebook/study.h"

namespace sondeo {

struct LanguageOptions {
  std::string lang;

  // `more` is told behind what --lang does.
  void declare(Tool& tool, const std::string& more = "");

  // What was asked for (--lang en,es; all: those of the study), else the first language of the
  // study, else English: at least one, each once. Throws UsageError for a text that is no language
  // code, and for one that neither the study nor the fixed words have.
  std::vector<std::string> languages(const std::optional<Study>& study) const;

  // The same where one language is all that there can be. Throws UsageError for several.
  std::string language(const std::optional<Study>& study) const;
};

}  // namespace sondeo
