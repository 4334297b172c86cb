// SPDX-License-Identifier: MIT
// The reader's language: shared by every tool that shows labels.
#pragma once

#include <optional>
#include <string>

#include "cli/tool.h"
#include "codebook/study.h"

namespace sondeo {

struct LanguageOptions {
  std::string lang;

  void declare(Tool& tool);

  // What was asked for, else the first language of the study, else English. Throws UsageError for a
  // text that is no language code, and for one that neither the study nor the fixed words have.
  std::string language(const std::optional<Study>& study) const;
};

}  // namespace sondeo
