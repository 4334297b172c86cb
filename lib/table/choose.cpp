// SPDX-License-Identifier: MIT
#include "table/choose.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace sondeo {

void choose_tables(TableSet& set, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::vector<std::string> ids;
  for (const Table& table : set.tables) ids.push_back(table.id);
  for (const std::string& name : names) {
    const bool found = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
      return id == name || glob_match(name, id);
    });
    if (found) continue;
    const std::string near = nearest(name, ids);
    throw Error("table-name", "there is no table '" + excerpt(name) + "'",
                near.empty() ? "" : "did you mean " + excerpt(near) + "?");
  }
  std::erase_if(set.tables, [&](const Table& table) {
    return std::none_of(names.begin(), names.end(), [&](const std::string& name) {
      return table.id == name || glob_match(name, table.id);
    });
  });
}

}  // namespace sondeo
