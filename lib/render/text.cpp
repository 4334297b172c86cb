// SPDX-License-Identifier: MIT
// For people at a terminal: a topline with bars, or a banner under a header tree.
#include "render/render.h"
#include "render/text_layout.h"

namespace sondeo {

std::string render_text(const TableSet& tables, const RenderOptions& options) {
  std::string out;
  std::string_view section;
  for (const Table& table : tables.tables) {
    if (!out.empty()) out += '\n';
    if (table.section != section) append_section(out, table.section, options);
    section = table.section;
    is_topline(table) ? append_topline(out, table, options) : append_banner(out, table, options);
  }
  return out;
}

}  // namespace sondeo
