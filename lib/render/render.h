// SPDX-License-Identifier: MIT
// Tables -> bytes, one file per format behind one signature. Renderers return bytes; others write
// them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "table/table.h"

namespace sondeo {

struct RenderOptions {
  Look look;
  int width = 0;         // text: columns available; 0 = as wide as the table
  bool color = false;    // text: ANSI bold/dim; never the only carrier of meaning
  bool ascii = false;    // text: only ASCII in rules, bars and marks (labels stay as they are)
  bool raw = false;      // csv, wide, tsv: no apostrophe before text that a spreadsheet would run
  bool bom = false;      // csv, wide, tsv: a UTF-8 byte order mark first
  char delimiter = ',';  // wide: between cells
  std::string decimal = ".";  // wide: decimal mark
  bool charts = false;        // html: pictures beside the tables
  bool accessible = false;    // xlsx: no merged cells, each column's head in one cell
};

// The tables in one language of several, and how its numbers look. The tables outlive it.
struct Edition {
  const TableSet& tables;
  RenderOptions options;
};

// A format: its name for --format, the file extensions that choose it, and the function. A format
// whose files hold several languages has a second one, of at least one edition.
struct Renderer {
  std::string_view name;
  std::span<const std::string_view> extensions;  // without the dot
  std::string (*render)(const TableSet& tables, const RenderOptions& options);
  std::string (*render_editions)(std::span<const Edition> editions) = nullptr;
  bool binary = false;  // no text: not for a terminal
};

// The registry: text, csv, wide, tsv, json, md, html, xlsx, svg. The first is the default.
std::span<const Renderer> renderers();

// The renderer of that name, or nullptr.
const Renderer* find_renderer(std::string_view name);

// The renderer whose extension the path ends in, or nullptr.
const Renderer* renderer_for_path(std::string_view path);

// One file each:
std::string render_text(const TableSet& tables, const RenderOptions& options);
std::string render_csv(const TableSet& tables, const RenderOptions& options);
std::string render_tsv(const TableSet& tables, const RenderOptions& options);
std::string render_wide(const TableSet& tables, const RenderOptions& options);
std::string render_json(const TableSet& tables, const RenderOptions& options);
std::string render_markdown(const TableSet& tables, const RenderOptions& options);
std::string render_html(const TableSet& tables, const RenderOptions& options);
std::string render_xlsx(const TableSet& tables, const RenderOptions& options);
// Bars of each table, under each other.
std::string render_svg(const TableSet& tables, const RenderOptions& options);
// The first edition is the one that is seen first; the reader switches, without a script.
std::string render_html_editions(std::span<const Edition> editions);

}  // namespace sondeo
