// SPDX-License-Identifier: MIT
// --fail-if: conditions on the tables that decide the exit status.
#pragma once

#include <string>
#include <vector>

#include "cli/tool.h"
#include "table/conditions.h"

namespace sondeo {

struct FailOptions {
  std::vector<std::string> fail_if;

  void declare(Tool& tool);

  // Throws UsageError now for conditions that cannot be read.
  void check() const;
  // Tells every place where a condition is met. Returns 1 if there is one, else 0.
  int status(const TableSet& tables, const Tool& tool) const;

 private:
  std::vector<Condition> conditions() const;
};

}  // namespace sondeo
