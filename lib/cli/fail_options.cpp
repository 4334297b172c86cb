// SPDX-License-Identifier: MIT
#include "cli/fail_options.h"

#include "base/error.h"

namespace sondeo {

void FailOptions::declare(Tool& tool) {
  tool.section("Conditions");
  tool.option("fail-if", fail_if, "CONDITION",
              "exit status 1, after the output, if a column of a table is so: base<100, "
              "effective_base<50, moe>4, deff>2, missing>5%, weight_ratio>8; repeat for several");
}

std::vector<Condition> FailOptions::conditions() const {
  std::vector<Condition> conditions;
  for (const std::string& text : fail_if) {
    try {
      conditions.push_back(parse_condition(text));
    } catch (const Error& error) {
      throw UsageError("--fail-if: " + error.message(), error.hint());
    }
  }
  return conditions;
}

void FailOptions::check() const { conditions(); }

int FailOptions::status(const TableSet& tables, const Tool& tool) const {
  constexpr std::size_t most_told = 10;  // of one condition: a banner has many small columns
  int status = 0;
  for (const Condition& condition : conditions()) {
    const std::vector<MetPlace> found = places_met(tables, condition);
    for (std::size_t i = 0; i < found.size() && i < most_told; ++i)
      tool.refuse(
          Error("fail-if", found[i].where + ": " + found[i].what + " (" + condition.text + ")"));
    if (found.size() > most_told) {
      tool.refuse(Error("fail-if", condition.text + " holds in " +
                                       std::to_string(found.size() - most_told) + " more columns"));
    }
    if (!found.empty()) status = 1;
  }
  return status;
}

}  // namespace sondeo
