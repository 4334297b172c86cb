// SPDX-License-Identifier: MIT
// What is said around a table, in words: what it is about, what its base is, who is left out.
// Shared by the formats made for people. All text is visible() already; no format's escapes are in
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/render.h"
#include "table/table.h"

namespace sondeo {

// The number, or the sign for an absent one.
std::string figure(const Value* value, const RenderOptions& options);

// A text in which tests left marks (▲ △ ▼ ▽), in ASCII ^^ ^ vv v; and what heads the column of a
// letter: "(A)", or "".
std::string marks_text(std::string text, const RenderOptions& options);
std::string letter_heading(const Column& column);

std::string_view plus_minus(const RenderOptions& options);

// What heads half-widths: "±95%", "±95 %".
std::string margin_heading(const Table& table, const RenderOptions& options);

// "Base: all who answered", "Asked of: all adults".
std::string base_text(const Table& table);

// "w", "w (raked: region, age, sex)".
std::string weight_text(const Table& table);

// What a table shows: base, statistics ("column %, row %"), weight, filter.
std::vector<std::string> about_parts(const Table& table);

// What a topline's percentages rest on: "n = 1,504", "effective n = 1,404" ...; none without a
// base.
std::vector<std::string> topline_base_parts(const Table& table, const RenderOptions& options);

// "Not in the base: 12", or "" if nobody is.
std::string missing_text(const Table& table, const RenderOptions& options);

// The base marks that occur, explained: "* effective base < 100", "** < 30".
std::vector<std::string> mark_parts(const Table& table);

}  // namespace sondeo
