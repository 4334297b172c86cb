// SPDX-License-Identifier: MIT
// Respondents passed through cell for cell, as canonical csv or as json.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "layout/csv.h"

namespace sondeo {

enum class RewriteFormat { csv, json };

struct RewriteOptions {
  RewriteFormat format = RewriteFormat::csv;
  // csv: an apostrophe before texts that a spreadsheet would run as formulas. Off, nothing is
  // changed.
  bool guard = false;
};

// Writes header and cells of the whole file, piece by piece, to `write`. csv: UTF-8, comma, LF,
// quotes where RFC 4180 needs them (and around the empty cell of a one-column file). json: an array
// of arrays of strings, the header first, one record a line. Several header rows become one, as
// one_row_names says; a finding tells of texts that are left out. Reads like CsvFile::read with one
// worker. Throws Error [duplicate-header] for names that stand twice: nobody could address the
// columns.
void rewrite(CsvFile& file, const RewriteOptions& options,
             const std::function<void(std::string_view)>& write, Issues& issues);

}  // namespace sondeo
