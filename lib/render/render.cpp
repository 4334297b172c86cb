// SPDX-License-Identifier: MIT
#include "render/render.h"

#include <array>
#include <vector>

#include "base/text.h"
#include "table/trend.h"

namespace sondeo {
namespace {

constexpr std::array<std::string_view, 2> text_extensions = {"txt", "text"};
constexpr std::array<std::string_view, 1> csv_extensions = {"csv"};
constexpr std::array<std::string_view, 2> tsv_extensions = {"tsv", "tab"};
constexpr std::array<std::string_view, 1> json_extensions = {"json"};
constexpr std::array<std::string_view, 2> markdown_extensions = {"md", "markdown"};
constexpr std::array<std::string_view, 2> html_extensions = {"html", "htm"};
constexpr std::array<std::string_view, 1> xlsx_extensions = {"xlsx"};
constexpr std::array<std::string_view, 1> svg_extensions = {"svg"};

// Tables over waves are shown with their changes.
template <std::string (*render)(const TableSet&, const RenderOptions&)>
std::string with_their_changes(const TableSet& tables, const RenderOptions& options) {
  return has_trend(tables) ? render(with_changes(tables), options) : render(tables, options);
}

std::string html_editions(std::span<const Edition> editions) {
  if (!has_trend(editions.front().tables)) return render_html_editions(editions);
  std::vector<TableSet> tables;
  for (const Edition& each : editions) tables.push_back(with_changes(each.tables));
  std::vector<Edition> seen;
  for (std::size_t i = 0; i < editions.size(); ++i)
    seen.push_back({tables[i], editions[i].options});
  return render_html_editions(seen);
}

// `wide` has no extension of its own: .csv means the contract for programs.
const std::array<Renderer, 9> registry = {{
    {"text", text_extensions, with_their_changes<render_text>},
    {"csv", csv_extensions, render_csv},
    {"wide", {}, with_their_changes<render_wide>},
    {"tsv", tsv_extensions, render_tsv},
    {"json", json_extensions, render_json},
    {"md", markdown_extensions, with_their_changes<render_markdown>},
    {"html", html_extensions, with_their_changes<render_html>, html_editions},
    {"xlsx", xlsx_extensions, with_their_changes<render_xlsx>, nullptr, true},
    {"svg", svg_extensions, render_svg},
}};

}  // namespace

std::span<const Renderer> renderers() { return registry; }

const Renderer* find_renderer(std::string_view name) {
  for (const Renderer& renderer : registry) {
    if (renderer.name == name) return &renderer;
  }
  return nullptr;
}

const Renderer* renderer_for_path(std::string_view path) {
  const std::string lower = ascii_lower(path);
  for (const Renderer& renderer : registry) {
    for (const std::string_view extension : renderer.extensions) {
      if (lower.ends_with("." + std::string(extension))) return &renderer;
    }
  }
  return nullptr;
}

}  // namespace sondeo
