// SPDX-License-Identifier: MIT
// What a reader must know to trust a set of tables, as a list: the disclosure items.
#pragma once

#include <string>
#include <vector>

#include "render/render.h"
#include "table/table.h"

namespace sondeo {

struct Fact {
  std::string name;   // "Weight", in the tables' language
  std::string value;  // "w (raked: region, age, sex)"
};

// The study, whether it is synthetic, weights, bases and filters that occur, the confidence level,
// what marks small bases, the notes that are true of tables (each once), and, if the set has a
// provenance, the version, the files with their XXH3 and the command. Each in the order in which
// it occurs first.
std::vector<Fact> about_facts(const TableSet& set, const RenderOptions& options);

}  // namespace sondeo
