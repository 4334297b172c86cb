// SPDX-License-Identifier: MIT
// The sheet of one table in a workbook.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "render/render.h"
#include "render/xlsx_book.h"
#include "table/table.h"

namespace sondeo {

// Fills `sheet` from the top down: title, what the table shows, a link to the sheet `contents` if
// there is one, the head (it stays on the screen), bases, rows and notes. Percentages are shares
// of 1 in a percent format; absent numbers are dashes. Throws Error [xlsx-limit].
void write_xlsx_table(XlsxBook& book, std::size_t sheet, const Table& table,
                      std::optional<std::size_t> contents, const RenderOptions& options);

// The id, and the title if it says more.
std::string xlsx_heading(const Table& table);

// The text in one line.
std::string xlsx_line(std::string_view text);

// Of the first cell of a sheet.
XlsxStyle xlsx_title_style();

// Lines that a text takes in a column of that many characters, and the height of a row for them
// in points: programs do not find it by themselves when they open a file.
std::size_t xlsx_lines(std::string_view text, double width);
double xlsx_height(std::size_t lines);

// Whether the value is a finite number.
bool is_xlsx_number(const Value* value);

}  // namespace sondeo
