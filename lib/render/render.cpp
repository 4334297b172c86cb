// SPDX-License-Identifier: MIT
#include "render/render.h"

#include <array>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr std::array<std::string_view, 2> text_extensions = {"txt", "text"};
constexpr std::array<std::string_view, 1> csv_extensions = {"csv"};
constexpr std::array<std::string_view, 2> tsv_extensions = {"tsv", "tab"};
constexpr std::array<std::string_view, 1> json_extensions = {"json"};
constexpr std::array<std::string_view, 2> markdown_extensions = {"md", "markdown"};
constexpr std::array<std::string_view, 2> html_extensions = {"html", "htm"};
constexpr std::array<std::string_view, 1> xlsx_extensions = {"xlsx"};

// `wide` has no extension of its own: .csv means the contract for programs.
const std::array<Renderer, 8> registry = {{
    {"text", text_extensions, render_text},
    {"csv", csv_extensions, render_csv},
    {"wide", {}, render_wide},
    {"tsv", tsv_extensions, render_tsv},
    {"json", json_extensions, render_json},
    {"md", markdown_extensions, render_markdown},
    {"html", html_extensions, render_html, render_html_editions},
    {"xlsx", xlsx_extensions, render_xlsx, nullptr, true},
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
