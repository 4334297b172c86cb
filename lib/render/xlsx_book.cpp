// SPDX-License-Identifier: MIT
#include "render/xlsx_book.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "base/text_fold.h"
#include "base/utf8.h"

namespace sondeo {
namespace {

constexpr std::size_t longest_text = 32767;  // in UTF-16 units
constexpr std::size_t longest_name = 31;
constexpr char32_t replacement_character = 0xFFFD;
constexpr std::size_t most_rows = 1048576;
constexpr std::size_t most_columns = 16384;
constexpr lxw_color_t grey = 0x7A808A;
constexpr lxw_color_t band = 0xF1F3F6;
constexpr lxw_color_t rule = 0x8A919C;
constexpr lxw_color_t blue = 0x1A5A9C;

void check(lxw_error code) {
  if (code != LXW_NO_ERROR)
    throw Error("xlsx", std::string("the workbook cannot be made: ") + lxw_strerror(code));
}

std::size_t utf16_units(char32_t code_point) { return code_point > 0xFFFF ? 2 : 1; }

// Whether a reader of the file would take what stands at `at` for an escape: _x0041_.
bool looks_escaped(std::string_view text, std::size_t at) {
  const std::string_view part = text.substr(at, 7);
  return part.size() == 7 && part.starts_with("_x") && part[6] == '_' &&
         part.substr(2, 4).find_first_not_of("0123456789abcdefABCDEF") == part.npos;
}

// The text as the library takes it. Control characters it escapes itself.
std::string cell_text(std::string_view text) {
  std::string out;
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = decode_utf8(text, at);
    char32_t code_point = next.valid ? next.code_point : replacement_character;
    // NUL would end the text, and XML holds neither of the other two.
    if (code_point == 0 || code_point == 0xFFFE || code_point == 0xFFFF)
      code_point = replacement_character;
    const bool escaped = looks_escaped(text, at);
    const std::size_t more = escaped ? 7 : utf16_units(code_point);
    const bool last = at + next.size >= text.size();
    if (units + more > (last ? longest_text : longest_text - 1)) {
      append_utf8(out, U'…');
      break;
    }
    if (escaped) out += "_x005F";
    append_utf8(out, code_point);
    units += more;
    at += next.size;
  }
  return out;
}

// A name's first `units` UTF-16 units, of the characters that names may have.
std::string name_text(std::string_view wanted, std::size_t units) {
  std::string out;
  for (std::size_t at = 0; at < wanted.size();) {
    const Character next = decode_utf8(wanted, at);
    at += next.size;
    const char32_t c = next.valid ? next.code_point : replacement_character;
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
    const bool sign = c < 0x80 && std::string_view("[]:*?/\\'").find(static_cast<char>(c)) !=
                                      std::string_view::npos;
    const char32_t kept = control || sign ? U'_' : c;
    if (utf16_units(kept) > units) break;
    units -= utf16_units(kept);
    append_utf8(out, kept);
  }
  const std::size_t end = out.find_last_not_of(' ');
  return end == std::string::npos ? "" : out.substr(0, end + 1);
}

std::string temporary_file() {
  const char* folder = std::getenv("TMPDIR");
  std::string path = folder != nullptr && *folder != 0 ? folder : "/tmp";
  path += "/sondeo-XXXXXX";
  const int fd = mkstemp(path.data());
  if (fd < 0) {
    throw Error(Place{path}, "write",
                std::string("cannot make a temporary file: ") + std::strerror(errno),
                "TMPDIR names the folder");
  }
  close(fd);
  return path;
}

}  // namespace

XlsxBook::XlsxBook(const std::string& title, std::time_t created) : path_(temporary_file()) {
  book_ = workbook_new(path_.c_str());
  if (book_ == nullptr) {
    unlink(path_.c_str());
    throw Error("xlsx", "the workbook cannot be made: no memory");
  }
  lxw_doc_properties properties{};
  std::string text = name_text(title, 250);  // the library takes 255
  properties.title = text.data();
  properties.created = created;
  const lxw_error code = workbook_set_properties(book_, &properties);
  if (code == LXW_NO_ERROR) return;
  lxw_workbook_free(book_);
  unlink(path_.c_str());
  check(code);
}

XlsxBook::~XlsxBook() {
  if (book_ != nullptr) lxw_workbook_free(book_);
  unlink(path_.c_str());
}

std::size_t XlsxBook::add_sheet(std::string_view wanted) {
  std::string name = name_text(wanted, longest_name);
  if (name.empty()) name = "_";
  // "History" is a sheet of Excel's own.
  if (fold_case(name) == "history") name += "_";
  for (std::size_t copy = 2; names_.count(fold_case(name)) > 0; ++copy) {
    const std::string suffix = " (" + std::to_string(copy) + ")";
    name = name_text(wanted, longest_name - suffix.size()) + suffix;
  }
  lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
  if (sheet == nullptr) throw Error("xlsx", "the workbook takes no sheet '" + name + "'");
  names_.insert(fold_case(name));
  sheets_.push_back({name, sheet});
  return sheets_.size() - 1;
}

lxw_worksheet* XlsxBook::at(std::size_t sheet, std::size_t row, std::size_t column) const {
  const bool rows = row >= most_rows;
  if (rows || column >= most_columns) {
    throw Error("xlsx-limit",
                "the sheet '" + sheets_[sheet].name + "' needs more than " +
                    grouped(rows ? most_rows : most_columns, ",") + (rows ? " rows" : " columns") +
                    ", which is all a sheet can have",
                "-f csv has no such limit");
  }
  return sheets_[sheet].sheet;
}

lxw_format* XlsxBook::format(const XlsxStyle& style) {
  const auto found = formats_.find(style);
  if (found != formats_.end()) return found->second;
  lxw_format* made = workbook_add_format(book_);
  if (made == nullptr) throw Error("xlsx", "the workbook cannot be made: no memory");
  static constexpr std::array<std::uint8_t, 4> aligns{LXW_ALIGN_NONE, LXW_ALIGN_LEFT,
                                                      LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT};
  format_set_align(made, aligns[static_cast<std::size_t>(style.align)]);
  format_set_align(made, style.at_bottom ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_TOP);
  if (!style.number.empty()) format_set_num_format(made, style.number.c_str());
  if (style.indent > 0) format_set_indent(made, static_cast<std::uint8_t>(style.indent));
  if (style.bold) format_set_bold(made);
  if (style.grey) format_set_font_color(made, grey);
  if (style.shaded) format_set_bg_color(made, band);
  if (style.wrap) format_set_text_wrap(made);
  if (style.link) {
    format_set_font_color(made, blue);
    format_set_underline(made, LXW_UNDERLINE_SINGLE);
  }
  if (style.rule_above) {
    format_set_top(made, LXW_BORDER_THIN);
    format_set_top_color(made, rule);
  }
  if (style.rule_below) {
    format_set_bottom(made, LXW_BORDER_THIN);
    format_set_bottom_color(made, rule);
  }
  format_set_font_size(made, style.size);
  return formats_[style] = made;
}

void XlsxBook::text(std::size_t sheet, std::size_t row, std::size_t column, std::string_view text,
                    const XlsxStyle& style) {
  check(worksheet_write_string(at(sheet, row, column), static_cast<lxw_row_t>(row),
                               static_cast<lxw_col_t>(column), cell_text(text).c_str(),
                               format(style)));
}

void XlsxBook::number(std::size_t sheet, std::size_t row, std::size_t column, double number,
                      const XlsxStyle& style) {
  if (!std::isfinite(number)) throw Error("xlsx", "a workbook holds finite numbers only");
  // A zero has no sign: -0 + 0 is 0.
  check(worksheet_write_number(at(sheet, row, column), static_cast<lxw_row_t>(row),
                               static_cast<lxw_col_t>(column), number + 0.0, format(style)));
}

void XlsxBook::link(std::size_t sheet, std::size_t row, std::size_t column, std::size_t target,
                    std::string_view text) {
  XlsxStyle style;
  style.link = true;
  style.wrap = true;
  const std::string url = "internal:'" + sheets_[target].name + "'!A1";
  check(worksheet_write_url_opt(at(sheet, row, column), static_cast<lxw_row_t>(row),
                                static_cast<lxw_col_t>(column), url.c_str(), format(style),
                                cell_text(text).c_str(), nullptr));
}

void XlsxBook::merged_text(std::size_t sheet, std::size_t row, std::size_t first, std::size_t last,
                           std::string_view text, const XlsxStyle& style) {
  at(sheet, row, first);
  check(worksheet_merge_range(at(sheet, row, last), static_cast<lxw_row_t>(row),
                              static_cast<lxw_col_t>(first), static_cast<lxw_row_t>(row),
                              static_cast<lxw_col_t>(last), cell_text(text).c_str(),
                              format(style)));
}

void XlsxBook::set_width(std::size_t sheet, std::size_t first, std::size_t last, double width) {
  at(sheet, 0, first);
  check(worksheet_set_column(at(sheet, 0, last), static_cast<lxw_col_t>(first),
                             static_cast<lxw_col_t>(last), width, nullptr));
}

void XlsxBook::set_height(std::size_t sheet, std::size_t row, double height) {
  check(worksheet_set_row(at(sheet, row, 0), static_cast<lxw_row_t>(row), height, nullptr));
}

void XlsxBook::freeze(std::size_t sheet, std::size_t row, std::size_t column) {
  worksheet_freeze_panes(at(sheet, row, column), static_cast<lxw_row_t>(row),
                         static_cast<lxw_col_t>(column));
}

void XlsxBook::set_print(std::size_t sheet, bool landscape, std::size_t first, std::size_t last) {
  lxw_worksheet* page = at(sheet, last, 0);
  if (landscape) worksheet_set_landscape(page);
  worksheet_fit_to_pages(page, 1, 0);
  check(worksheet_repeat_rows(page, static_cast<lxw_row_t>(first), static_cast<lxw_row_t>(last)));
}

std::string XlsxBook::bytes() {
  // Closing frees the workbook, whether it succeeds or not.
  lxw_workbook* book = book_;
  book_ = nullptr;
  check(workbook_close(book));
  std::ifstream file(path_, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.good() && !file.eof()) throw Error(Place{path_}, "read", "cannot read the workbook");
  return bytes;
}

std::time_t creation_time(std::string_view date) {
  constexpr std::time_t year_2000 = 946684800;
  constexpr std::int64_t year_1980 = 315532800;
  const auto parsed = parse_date(date);
  if (!parsed || parsed->clock / 1000 < year_1980) return year_2000;
  return static_cast<std::time_t>(parsed->clock / 1000);
}

}  // namespace sondeo
