// SPDX-License-Identifier: MIT
// A workbook: contents, what the tables rest on, and a sheet for each table.
#include <algorithm>
#include <optional>

#include "render/about.h"
#include "render/render.h"
#include "render/rows.h"
#include "render/xlsx_book.h"
#include "render/xlsx_table.h"
#include "table/about_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

// Of the columns of the contents and of what the tables rest on, in characters.
constexpr double id_width = 22;
constexpr double title_width = 64;
constexpr double base_width = 56;
constexpr double count_width = 18;
constexpr double name_width = 28;
constexpr double fact_width = 96;

void write_contents(XlsxBook& book, std::size_t sheet, const TableSet& set, std::size_t about,
                    const std::vector<std::size_t>& sheets) {
  const std::string language = set.tables.empty() ? "en" : set.tables.front().language;
  const Words& words = words_of(language);
  const AboutWords& more = about_words_of(language);
  const std::string title = xlsx_line(set.title);
  book.text(sheet, 0, 0, title.empty() ? std::string(words.tables) : title, xlsx_title_style());
  book.link(sheet, 1, 0, about, book.sheet_name(about));
  XlsxStyle head;
  head.bold = true;
  head.rule_below = true;
  book.text(sheet, 3, 0, more.table, head);
  book.text(sheet, 3, 1, more.title, head);
  book.text(sheet, 3, 2, words.base, head);
  head.align = XlsxAlign::right;
  book.text(sheet, 3, 3, words.unweighted_base, head);
  XlsxStyle wrapped;
  wrapped.wrap = true;
  XlsxStyle count;
  count.number = "#,##0";
  XlsxStyle section;
  section.bold = true;
  std::size_t row = 4;
  for (std::size_t i = 0; i < set.tables.size(); ++i) {
    const Table& table = set.tables[i];
    if (!table.section.empty() && (i == 0 || table.section != set.tables[i - 1].section))
      book.text(sheet, row++, 0, xlsx_line(table.section), section);
    book.link(sheet, row, 0, sheets[i], xlsx_line(table.id).empty() ? "–" : xlsx_line(table.id));
    book.text(sheet, row, 1, xlsx_line(table.title), wrapped);
    book.text(sheet, row, 2, table.base, wrapped);
    const Row* base = find_row(table, RowKind::base);
    const Value* n =
        base == nullptr || base->cells.empty() ? nullptr : base->cells.front().find("n");
    if (is_xlsx_number(n)) book.number(sheet, row, 3, *n->number, count);
    const std::size_t lines =
        std::max({xlsx_lines(table.id, id_width - 1), xlsx_lines(table.title, title_width - 1),
                  xlsx_lines(table.base, base_width - 1)});
    book.set_height(sheet, row++, xlsx_height(lines));
  }
  book.set_width(sheet, 0, 0, id_width);
  book.set_width(sheet, 1, 1, title_width);
  book.set_width(sheet, 2, 2, base_width);
  book.set_width(sheet, 3, 3, count_width);
  book.freeze(sheet, 4, 0);
  book.set_print(sheet, false, 3, 3);
}

void write_about(XlsxBook& book, std::size_t sheet, const TableSet& set,
                 const RenderOptions& options) {
  book.text(sheet, 0, 0, book.sheet_name(sheet), xlsx_title_style());
  XlsxStyle name;
  name.bold = true;
  XlsxStyle value;
  value.wrap = true;
  value.align = XlsxAlign::left;
  std::size_t row = 2;
  std::string last;
  for (const Fact& fact : about_facts(set, options)) {
    if (options.accessible || fact.name != last) book.text(sheet, row, 0, fact.name, name);
    book.text(sheet, row, 1, fact.value, value);
    book.set_height(sheet, row++, xlsx_height(xlsx_lines(fact.value, fact_width - 1)));
    last = fact.name;
  }
  book.set_width(sheet, 0, 0, name_width);
  book.set_width(sheet, 1, 1, fact_width);
}

}  // namespace

std::string render_xlsx(const TableSet& tables, const RenderOptions& options) {
  RenderOptions signs = options;
  signs.ascii = false;
  const std::string language = tables.tables.empty() ? "en" : tables.tables.front().language;
  const bool alone = tables.tables.size() == 1;
  XlsxBook book(alone ? xlsx_heading(tables.tables.front()) : xlsx_line(tables.title),
                creation_time(tables.provenance.date));
  // Sheets stand in the order in which they are added: a lone table needs no contents.
  std::optional<std::size_t> contents;
  std::optional<std::size_t> about;
  if (!alone) {
    contents = book.add_sheet(words_of(language).contents);
    about = book.add_sheet(about_words_of(language).about);
  }
  std::vector<std::size_t> sheets;
  for (const Table& table : tables.tables) sheets.push_back(book.add_sheet(xlsx_line(table.id)));
  if (alone) about = book.add_sheet(about_words_of(language).about);
  if (contents) write_contents(book, *contents, tables, *about, sheets);
  write_about(book, *about, tables, signs);
  for (std::size_t i = 0; i < sheets.size(); ++i)
    write_xlsx_table(book, sheets[i], tables.tables[i], contents, signs);
  return book.bytes();
}

}  // namespace sondeo
