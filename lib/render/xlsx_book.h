// SPDX-License-Identifier: MIT
// A workbook in the making: the one door to libxlsxwriter. Every call is checked: what the library
// or the format cannot do is an Error, never a cell that is silently left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace sondeo {

enum class XlsxAlign { automatic, left, center, right };

// How a cell looks. `number` is an Excel number format such as "0%" or "#,##0"; "" is General.
struct XlsxStyle {
  std::string number;
  XlsxAlign align = XlsxAlign::automatic;
  int indent = 0;
  bool bold = false;
  bool grey = false;    // less sure or less important
  bool shaded = false;  // a light band behind
  bool wrap = false;
  bool link = false;
  bool at_bottom = false;  // of the row, else at its top
  bool rule_above = false;
  bool rule_below = false;
  double size = 11;  // of the font, in points

  auto key() const {
    return std::tie(number, align, indent, bold, grey, shaded, wrap, link, at_bottom, rule_above,
                    rule_below, size);
  }
  bool operator<(const XlsxStyle& other) const { return key() < other.key(); }
};

// Rows and columns count from 0. Throws Error [xlsx-limit] for cells beyond the 1,048,576 rows and
// 16,384 columns of a sheet, and Error [xlsx] for what the library refuses.
class XlsxBook {
 public:
  // `created` stands in the file's properties, so that equal tables give equal bytes.
  XlsxBook(const std::string& title, std::time_t created);
  ~XlsxBook();
  XlsxBook(const XlsxBook&) = delete;
  XlsxBook& operator=(const XlsxBook&) = delete;

  // A sheet called `wanted`, or as near to it as the rules for names allow: at most 31 UTF-16
  // units, none of []:*?/\ and apostrophes, unlike all others whatever the case. Gives its number.
  std::size_t add_sheet(std::string_view wanted);
  const std::string& sheet_name(std::size_t sheet) const { return sheets_[sheet].name; }

  // Always a string, whatever it begins with. Texts of more than 32,767 UTF-16 units are cut and
  // end in an ellipsis; the two characters that XML cannot hold become U+FFFD.
  void text(std::size_t sheet, std::size_t row, std::size_t column, std::string_view text,
            const XlsxStyle& style = {});
  // A finite number. The library writes 16 significant digits.
  void number(std::size_t sheet, std::size_t row, std::size_t column, double number,
              const XlsxStyle& style = {});
  // A text that leads to the first cell of another sheet.
  void link(std::size_t sheet, std::size_t row, std::size_t column, std::size_t target,
            std::string_view text);
  // A text over the columns `first` to `last` (> first) of one row.
  void merged_text(std::size_t sheet, std::size_t row, std::size_t first, std::size_t last,
                   std::string_view text, const XlsxStyle& style);

  // In characters, and in points.
  void set_width(std::size_t sheet, std::size_t first, std::size_t last, double width);
  void set_height(std::size_t sheet, std::size_t row, double height);
  // Rows above and columns left of this cell stay on the screen.
  void freeze(std::size_t sheet, std::size_t row, std::size_t column);
  // One page wide, across if `landscape`; rows `first` to `last` head every page.
  void set_print(std::size_t sheet, bool landscape, std::size_t first, std::size_t last);

  // The file. Nothing may be added afterwards.
  std::string bytes();

 private:
  struct Sheet {
    std::string name;
    lxw_worksheet* sheet;
  };

  lxw_format* format(const XlsxStyle& style);
  lxw_worksheet* at(std::size_t sheet, std::size_t row, std::size_t column) const;

  std::string path_;  // of the temporary file that the library writes
  lxw_workbook* book_ = nullptr;
  std::vector<Sheet> sheets_;
  std::set<std::string> names_;  // in lower case
  std::map<XlsxStyle, lxw_format*> formats_;
};

// 1980-01-01 or later, from "2026-11-24T23:35:40Z"; 2000-01-01 for any other text, since no clock
// is looked at.
std::time_t creation_time(std::string_view date);

}  // namespace sondeo
