// SPDX-License-Identifier: MIT
// One HTML file that needs nothing else: no scripts, no addresses, a policy that forbids both. Made
// for reading on a screen (light or dark, wide or narrow), on paper, and by a screen reader.
#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/sha256.h"
#include "base/text.h"
#include "render/render.h"
#include "render/rows.h"
#include "render/sentences.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1d21; --dim: #575d68; --line: #c9ced6;
  --band: #f3f5f8; --link: #1a5a9c; --bar: #4a86c5; --track: #eaedf1; --whisker: #14213a; }
@media (prefers-color-scheme: dark) { :root { --paper: #15171b; --ink: #e6e8ec; --dim: #a6adb9;
  --line: #3d434e; --band: #1e2127; --link: #8bbdf0; --bar: #3f79b5; --track: #262a31;
  --whisker: #f0f4fa; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.4 system-ui, "Segoe UI", "Noto Sans", sans-serif;
  overflow-wrap: anywhere; }
a { color: var(--link); }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.25; }
h2 { margin: 0; font-size: 1.15rem; line-height: 1.3; }
.id { margin-right: .6em; color: var(--dim); }
nav { margin-bottom: 2rem; }
nav ul { margin: .25rem 0; padding: 0; list-style: none; columns: auto 24rem; column-gap: 2rem; }
nav li { break-inside: avoid; padding: .1rem 0 .1rem 1.5rem; text-indent: -1.5rem; }
section { margin: 0 0 2.75rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; }
table { width: max-content; border-collapse: separate; border-spacing: 0; line-height: 1.3;
  font-variant-numeric: tabular-nums; border-bottom: 1px solid var(--line); }
caption { text-align: left; }
/* The margin keeps a wide caption from widening its table. */
caption div { position: sticky; left: 0; width: max-content; margin-right: -60rem;
  max-width: min(60rem, calc(100vw - 3rem)); padding-bottom: .6rem; }
caption p { margin: .15rem 0 0; color: var(--dim); font-size: .9rem; }
th, td { padding: .2rem .65rem; text-align: right; vertical-align: baseline; }
th { font-weight: 500; }
thead th { max-width: 18rem; vertical-align: bottom; overflow-wrap: break-word; }
thead th.leaf { width: 1px; }
thead th.some { min-width: 6.5rem; }
thead th.long { min-width: 16rem; }
thead th.group { text-align: center; background: bottom / calc(100% - .7rem) 1px
  no-repeat linear-gradient(var(--line), var(--line)); }
thead th.group.first { padding-left: .65rem; }
thead tr:last-child th, thead th.leaf, thead td { border-bottom: 2px solid var(--ink); }
thead th.group bdi { display: inline-block; position: sticky; left: 12rem; right: 1rem; }
tbody th { min-width: 9rem; max-width: 24rem; padding-left: 0; text-align: left;
  font-weight: 400; }
tbody th:first-child { position: sticky; left: 0; background: var(--paper); }
tbody th.tag { min-width: 0; color: var(--dim); font-size: .9rem; white-space: nowrap; }
tbody + tbody > tr:first-child > * { border-top: 1px solid var(--line); }
.topline { width: auto; }
.topline tbody th { min-width: min(15rem, 40vw); }
.topline thead th { white-space: nowrap; }
.bases { color: var(--dim); }
.first { padding-left: 1.4rem; }
.net > th:not(.tag) { font-weight: 700; }
.in1 { padding-left: 1.2rem; } .in2 { padding-left: 2.4rem; } .in3 { padding-left: 3.6rem; }
.in4 { padding-left: 4.8rem; }
tbody tr:hover > * { background: var(--band); }
td, .mark { white-space: nowrap; }
.mark { display: inline-block; width: 0; }
.bar { width: 16rem; min-width: 8rem; padding: 0 0 0 .8rem; vertical-align: middle; }
.bar svg { display: block; width: 100%; height: .85rem; }
.track { fill: var(--track); } .fill { fill: var(--bar); }
.whisker { stroke: var(--whisker); stroke-width: 1.5px; }
.foot { max-width: 60rem; margin: .5rem 0 0; color: var(--dim); font-size: .9rem; }
.foot + .foot { margin-top: .15rem; }
footer { color: var(--dim); font-size: .85rem; }
@page { margin: 15mm; }
@page wide { size: landscape; margin: 12mm; }
@media print {
  :root { --paper: #fff; --ink: #000; --dim: #333; --line: #999; --link: #000; --bar: #6b95bf;
    --track: #e8ebef; --whisker: #000; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  a { text-decoration: none; }
  .scroll { overflow: visible; }
  .wide { page: wide; font-size: 8pt; }
  .wide caption div { max-width: 24cm; }
  .wide th, .wide td { padding: .15rem .3rem; }
  tbody th:first-child, caption div, thead th.group bdi { position: static; }
  caption div { max-width: 17cm; }
  section, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  .track, .fill, thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

// Tables of more columns are printed across the page.
constexpr std::size_t widest_upright = 9;

// Columns are as wide as the longest word of their label; labels of more signs than these get wider
// ones, or they would be towers.
constexpr int some_words = 20;
constexpr int long_label = 60;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// A text that people wrote, in one line: for attributes and the title.
std::string one_line(std::string_view label) {
  std::string line;
  for (const char c : trim(label)) line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  return escaped(visible(line));
}

// The same as content: its line ends stay, and its direction of writing is its own.
std::string content(std::string_view label) {
  std::string out = "<bdi>";
  std::string line;
  const std::string_view text = trim(label);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool end = text[i] == '\n' || text[i] == '\r';
    if (!end) {
      line += text[i] == '\t' ? ' ' : text[i];
      continue;
    }
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    out += escaped(visible(line)) + "<br>";
    line.clear();
  }
  return out + escaped(visible(line)) + "</bdi>";
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) (text += text.empty() ? "" : separator) += escaped(part);
  return text;
}

bool has_title(const Table& table) { return !trim(table.title).empty() && table.title != table.id; }

std::string plain_heading(const Table& table) {
  return one_line(table.id) + (has_title(table) ? " " + one_line(table.title) : "");
}

std::string heading(const Table& table) {
  if (!has_title(table)) return content(table.id);
  return "<span class=\"id\">" + content(table.id) + "</span>" + content(table.title);
}

std::string with_blanks(std::string flag) {
  std::replace(flag.begin(), flag.end(), '_', ' ');
  return flag;
}

// A cell of figures. An absent number says why when it is pointed at.
std::string figure_cell(const Value* value, const RenderOptions& options, std::string_view mark,
                        bool first_of_group) {
  std::string cell = "<td";
  if (first_of_group) cell += " class=\"first\"";
  const bool absent = value == nullptr || display(*value, options.look).empty();
  if (absent && value != nullptr && !value->flag.empty())
    cell += " title=\"" + one_line(with_blanks(value->flag)) + "\"";
  cell += ">" + escaped(figure(value, options));
  if (!mark.empty()) cell += "<span class=\"mark\">" + std::string(mark) + "</span>";
  return cell + "</td>";
}

std::string row_classes(const Row& row) {
  return row.kind == RowKind::net ? "<tr class=\"net\">" : "<tr>";
}

std::string indent_class(const Row& row) {
  if (row.kind == RowKind::base || row.indent <= 0) return "";
  return " class=\"in" + std::to_string(std::min(row.indent, 4)) + "\"";
}

// The bar of a percentage, 0 to 100, with a line from the lower to the upper limit of its interval.
std::string bar_cell(const Row& row, const Value* percent) {
  const auto place = [](double number) { return rounded(std::clamp(number, 0.0, 100.0), 2) + "%"; };
  std::string svg =
      "<td class=\"bar\" aria-hidden=\"true\"><svg><rect class=\"track\" "
      "width=\"100%\" height=\"100%\"/>";
  const auto shown = [](const Value* value) {
    return value != nullptr && value->number && std::isfinite(*value->number);
  };
  if (shown(percent)) {
    svg += "<rect class=\"fill\" width=\"" + place(*percent->number) + "\" height=\"100%\"/>";
    const Value* low = row.cells.front().find("ci_low", percent->statistic);
    const Value* high = row.cells.front().find("ci_high", percent->statistic);
    if (shown(low) && shown(high)) {
      svg += "<line class=\"whisker\" x1=\"" + place(*low->number) + "\" x2=\"" +
             place(*high->number) + "\" y1=\"50%\" y2=\"50%\"/>";
    }
  }
  return svg + "</svg></td>";
}

// Whether two columns stand under the same names down to `level` of the header tree.
bool same_group(const Column& a, const Column& b, std::size_t level) {
  return a.path.size() == b.path.size() && level + 1 < a.path.size() &&
         std::equal(a.path.begin(), a.path.begin() + static_cast<std::ptrdiff_t>(level) + 1,
                    b.path.begin());
}

class HtmlTable {
 public:
  HtmlTable(std::string& out, const Table& table, const RenderOptions& options)
      : out_(out), table_(table), options_(options) {}

  void append(std::size_t number, bool alone) {
    const bool wide = table_.columns.size() > widest_upright;
    const std::string level = alone ? "h1" : "h2";
    out_ += "<section id=\"t" + std::to_string(number) + (wide ? "\" class=\"wide" : "") + "\">\n";
    // What scrolls must be reachable by the keyboard, and so must have a name.
    out_ += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
            plain_heading(table_) +
            (is_topline(table_) ? "\">\n<table class=\"topline\">" : "\">\n<table>") +
            "\n<caption><div><" + level + ">" + heading(table_) + "</" + level + "><p>" +
            joined(about_parts(table_), " · ") + "</p></div></caption>\n";
    is_topline(table_) ? append_topline() : append_banner();
    out_ += "</table>\n</div>\n";
    append_foot();
    out_ += "</section>\n";
  }

 private:
  // Columns that the labels of rows take: two where statistics have a column of their own.
  std::size_t stub_columns() const { return table_.shown.size() > 1 ? 2 : 1; }

  // Whether column j is the first of its innermost group.
  bool starts_group(std::size_t j) const {
    if (j == 0) return false;
    const std::size_t depth = table_.columns[j].path.size();
    return depth < 2 || !same_group(table_.columns[j - 1], table_.columns[j], depth - 2);
  }

  void append_banner() {
    append_header();
    append_lines(base_lines(table_), " class=\"bases\"");
    const std::vector<SeenLine> body = body_lines(table_);
    const auto statistics = std::find_if(body.begin(), body.end(), [](const SeenLine& line) {
      return line.row->kind == RowKind::statistic;
    });
    append_lines({body.begin(), statistics}, "");
    append_lines({statistics, body.end()}, "");
  }

  // The header tree: a name spans its columns, and what has fewer names than others reaches up.
  void append_header() {
    std::size_t height = 1;
    for (const Column& column : table_.columns) height = std::max(height, column.path.size());
    out_ += "<thead>\n";
    for (std::size_t row = 0; row < height; ++row) {
      out_ += "<tr>";
      if (row == 0) {
        out_ += "<td colspan=\"" + std::to_string(stub_columns()) + "\" rowspan=\"" +
                std::to_string(height) + "\"></td>";
      }
      for (std::size_t j = 0; j < table_.columns.size();) j = append_header_cell(row, height, j);
      out_ += "</tr>\n";
    }
    out_ += "</thead>\n";
  }

  // The cell of column j, and of those it shares it with, in that row; returns the next column.
  std::size_t append_header_cell(std::size_t row, std::size_t height, std::size_t j) {
    const Column& column = table_.columns[j];
    const std::size_t depth = std::max<std::size_t>(column.path.size(), 1);
    const std::size_t above = height - depth;  // rows that its topmost name also takes
    if (row > 0 && row <= above) return j + 1;
    const std::size_t level = row == 0 ? 0 : row - above;
    const std::size_t rows = level == 0 ? above + 1 : 1;
    std::size_t end = j + 1;
    while (end < table_.columns.size() && same_group(column, table_.columns[end], level)) ++end;
    const bool leaf = level + 1 == depth;
    std::string attributes = leaf ? " scope=\"col\"" : " scope=\"colgroup\"";
    if (end - j > 1) attributes += " colspan=\"" + std::to_string(end - j) + "\"";
    if (rows > 1) attributes += " rowspan=\"" + std::to_string(rows) + "\"";
    const std::string& label = leaf ? column.label : column.path[level];
    std::string classes = leaf ? "leaf" : "group";
    if (starts_group(j)) classes += " first";
    const int width = leaf ? display_width(label) : 0;
    if (width > some_words) classes += width > long_label ? " long" : " some";
    out_ += "<th" + attributes + " class=\"" + classes + "\">" + content(label) + "</th>";
    return end;
  }

  void append_lines(const std::vector<SeenLine>& lines, std::string_view attributes) {
    if (lines.empty()) return;
    out_ += "<tbody" + std::string(attributes) + ">\n";
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const SeenLine& line = lines[i];
      const bool base = line.row->kind == RowKind::base;
      out_ += row_classes(*line.row);
      std::size_t several = 1;
      while (i + several < lines.size() && lines[i + several].continues) ++several;
      if (!line.continues) {
        std::string attributes_of_label =
            several > 1 ? " scope=\"rowgroup\" rowspan=\"" + std::to_string(several) + "\""
                        : " scope=\"row\"";
        if (stub_columns() > 1 && line.tag.empty()) attributes_of_label += " colspan=\"2\"";
        out_ += "<th" + attributes_of_label + indent_class(*line.row) + ">" + content(line.label) +
                "</th>";
      }
      if (!line.tag.empty())
        out_ += "<th scope=\"row\" class=\"tag\">" + escaped(line.tag) + "</th>";
      for (std::size_t j = 0; j < line.values.size(); ++j) {
        const bool marked = base && i + 1 == lines.size();
        out_ += figure_cell(line.values[j], options_,
                            marked ? mark_sign(table_.columns[j].mark) : "", starts_group(j));
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n";
  }

  void append_topline() {
    const std::vector<std::string> extra = extra_statistics(table_);
    const bool bars = std::any_of(table_.rows.begin(), table_.rows.end(), is_category);
    std::vector<std::string> header = {
        topline_heading(table_), std::string(plus_minus(options_)) + shortest(table_.level) + "%",
        "n"};
    for (const std::string& statistic : extra)
      header.push_back(short_name(statistic, table_.language));
    out_ += "<thead>\n<tr><td></td>";
    for (const std::string& word : header)
      out_ += "<th scope=\"col\" class=\"leaf\">" + escaped(word) + "</th>";
    out_ += bars ? "<td></td></tr>\n</thead>\n" : "</tr>\n</thead>\n";
    for (const bool statistics : {false, true}) {
      std::string rows;
      for (const Row& row : table_.rows) {
        if (row.kind == RowKind::base || row.kind == RowKind::missing) continue;
        if ((row.kind == RowKind::statistic) == statistics) rows += topline_row(row, extra, bars);
      }
      if (!rows.empty()) out_ += "<tbody>\n" + rows + "</tbody>\n";
    }
  }

  std::string topline_row(const Row& row, const std::vector<std::string>& extra, bool bars) const {
    const ToplineFigures figures = topline_figures(table_, row);
    std::string line = row_classes(row) + "<th scope=\"row\"" + indent_class(row) + ">" +
                       content(row.label) + "</th>" +
                       figure_cell(figures.main, options_, "", false);
    // A statistic has no n of its own: that is no absent number.
    std::vector<const Value*> others = {figures.moe, figures.n};
    for (const std::string& statistic : extra) others.push_back(row.cells.front().find(statistic));
    for (const Value* value : others)
      line += value == nullptr ? "<td></td>" : figure_cell(value, options_, "", false);
    if (bars) line += is_category(row) ? bar_cell(row, figures.main) : "<td></td>";
    return line + "</tr>\n";
  }

  void append_foot() {
    const auto foot = [&](const std::string& line) {
      if (!line.empty()) out_ += "<p class=\"foot\">" + line + "</p>\n";
    };
    if (is_topline(table_)) {
      const std::vector<std::string> base = topline_base_parts(table_, options_);
      if (!base.empty())
        foot(std::string(words_of(table_.language).base) + ": " + joined(base, " · "));
    }
    foot(escaped(missing_text(table_, options_)));
    foot(joined(mark_parts(table_), ", "));
    for (const std::string& note : table_.notes) foot(content(note));
  }

  std::string& out_;
  const Table& table_;
  const RenderOptions& options_;
};

std::string set_title(const TableSet& set) {
  if (!trim(set.title).empty()) return one_line(set.title);
  return std::string(words_of(set.tables.empty() ? "en" : set.tables.front().language).tables);
}

void append_head(std::string& out, const TableSet& set) {
  const std::string language = set.tables.empty() ? "en" : set.tables.front().language;
  const auto title = set.tables.size() == 1 ? plain_heading(set.tables.front()) : set_title(set);
  const std::string generator = set.provenance.version.empty() ? "" : " " + set.provenance.version;
  out += "<!DOCTYPE html>\n<html lang=\"" + escaped(language) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'sha256-" +
         sha256_base64(style) +
         "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"generator\" content=\"sondeo" +
         escaped(generator) + "\">\n<title>" + title + "</title>\n<style>" + std::string(style) +
         "</style>\n</head>\n<body>\n<main>\n";
}

void append_contents(std::string& out, const TableSet& set) {
  const Words& words = words_of(set.tables.empty() ? "en" : set.tables.front().language);
  out += "<h1>" + set_title(set) +
         "</h1>\n<nav aria-labelledby=\"contents\">\n"
         "<h2 id=\"contents\">" +
         std::string(words.contents) + "</h2>\n<ul>\n";
  for (std::size_t i = 0; i < set.tables.size(); ++i) {
    out +=
        "<li><a href=\"#t" + std::to_string(i + 1) + "\">" + heading(set.tables[i]) + "</a></li>\n";
  }
  out += "</ul>\n</nav>\n";
}

void append_provenance(std::string& out, const TableSet& set, const RenderOptions& options) {
  const Provenance& provenance = set.provenance;
  const Words& words = words_of(set.tables.empty() ? "en" : set.tables.front().language);
  out += "<footer>sondeo " + escaped(provenance.version) + " · " +
         grouped(provenance.input_rows, options.look.thousands) + " " +
         std::string(words.respondents_in_file);
  const auto append_file = [&](const std::string& name, const std::string& xxh3) {
    if (name.empty()) return;
    out += " · " + content(name);
    if (!xxh3.empty()) out += " (XXH3 " + escaped(xxh3) + ")";
  };
  append_file(provenance.input_name, provenance.input_xxh3);
  append_file(provenance.study_name, provenance.study_xxh3);
  if (!provenance.date.empty()) out += " · " + escaped(provenance.date);
  if (!provenance.command.empty())
    out += "<br>\n<code>" + escaped(visible(provenance.command)) + "</code>";
  out += "</footer>\n";
}

}  // namespace

std::string render_html(const TableSet& tables, const RenderOptions& options) {
  RenderOptions signs = options;
  signs.ascii = false;
  std::string out;
  append_head(out, tables);
  const bool alone = tables.tables.size() == 1;
  if (!alone) append_contents(out, tables);
  for (std::size_t i = 0; i < tables.tables.size(); ++i)
    HtmlTable(out, tables.tables[i], signs).append(i + 1, alone);
  out += "</main>\n";
  if (!tables.provenance.version.empty()) append_provenance(out, tables, options);
  return out + "</body>\n</html>\n";
}

}  // namespace sondeo
