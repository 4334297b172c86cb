// SPDX-License-Identifier: MIT
// Differences of table files -> bytes, one function a format behind one signature.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "table/diff.h"

namespace sondeo {

// A format for --format. text: for people. csv: one row a change, full precision; its header is
// change,table,weight,row_id,row,column_id,column,of,statistic,unit,old,new,difference,old_flag,
// new_flag. json: the same, schema sondeo.diff/1. github: workflow commands of GitHub Actions,
// which show as annotations. junit: XML as test reports are, one case a table.
struct DiffRenderer {
  std::string_view name;
  std::string (*render)(const Diff& diff);
};

// The registry; the first is the default.
std::span<const DiffRenderer> diff_renderers();

std::string render_diff_text(const Diff& diff);
std::string render_diff_csv(const Diff& diff);
std::string render_diff_json(const Diff& diff);
std::string render_diff_github(const Diff& diff);
std::string render_diff_junit(const Diff& diff);

}  // namespace sondeo
