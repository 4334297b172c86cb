// SPDX-License-Identifier: MIT
// What sondeo-diff compares, how strictly, and what becomes of it.
#pragma once

#include <string>
#include <vector>

#include "cli/tool.h"
#include "render/diff.h"

namespace sondeo {

struct DiffOptions {
  std::vector<std::string> files;  // OLD NEW
  std::vector<std::string> tolerance;
  std::string only;
  std::string format = "text";
  std::string output;
  bool force = false;
  bool accept = false;

  void declare(Tool& tool);

  // Compares and writes. Returns 0 if nothing changed or the changes were accepted, else 1. Throws
  // UsageError, and Error for files that cannot be read or are no tables.
  int run(Tool& tool) const;

 private:
  Tolerance limits() const;
};

}  // namespace sondeo
