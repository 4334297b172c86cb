// SPDX-License-Identifier: MIT
// Listings of answers in words as bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/render.h"
#include "table/verbatims.h"

namespace sondeo {

using VerbatimLists = std::vector<VerbatimList>;

// Under each group its answers, wrapped at options.width (0: 100 columns). Control characters are
// shown as \x1b and the like, and line ends break.
std::string render_verbatims_text(const VerbatimLists& lists, const RenderOptions& options);

// One line an answer: question, group, line, id, what is shown, answer. Lists that show the same
// share a header. Unless options.raw, texts that a spreadsheet would run are guarded, and control
// characters but line ends are shown as \x1b and the like.
std::string render_verbatims_csv(const VerbatimLists& lists, const RenderOptions& options);

// A heading a list and a group, and a table of answers; nothing in them is mark-up.
std::string render_verbatims_markdown(const VerbatimLists& lists, const RenderOptions& options);

// A page that fetches nothing.
std::string render_verbatims_html(const VerbatimLists& lists, const RenderOptions& options);

// A sheet for each list, with its head frozen; answers are typed strings.
std::string render_verbatims_xlsx(const VerbatimLists& lists, const RenderOptions& options);

// "12 of 340 answers", "12 answers".
std::string verbatim_count(const VerbatimGroup& group, std::string_view language);

}  // namespace sondeo
