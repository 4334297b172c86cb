// SPDX-License-Identifier: MIT
// One HTML file that needs nothing else: no scripts, no addresses, a policy that forbids both. Made
// for reading on a screen (light or dark, wide or narrow), on paper, and by a screen reader.
#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/sha256.h"
#include "base/text.h"
#include "render/chart.h"
#include "render/html_style.h"
#include "render/html_text.h"
#include "render/render.h"
#include "render/rows.h"
#include "render/sentences.h"
#include "table/letters.h"
#include "table/words.h"

namespace sondeo {
namespace {

// Tables of more columns are printed across the page.
constexpr std::size_t widest_upright = 9;

// Columns are as wide as the longest word of their label; labels of more signs than these get wider
// ones, or they would be towers.
constexpr int some_words = 20;
constexpr int long_label = 60;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts)
    (text += text.empty() ? "" : separator) += html_escaped(part);
  return text;
}

bool has_title(const Table& table) { return !trim(table.title).empty() && table.title != table.id; }

std::string plain_heading(const Table& table) {
  return html_line(table.id) + (has_title(table) ? " " + html_line(table.title) : "");
}

std::string heading(const Table& table) {
  if (!has_title(table)) return html_content(table.id);
  return "<span class=\"id\">" + html_content(table.id) + "</span>" + html_content(table.title);
}

std::string with_blanks(std::string flag) {
  std::replace(flag.begin(), flag.end(), '_', ' ');
  return flag;
}

// A cell of figures. An absent number says why when it is pointed at.
std::string figure_cell(const Value* value, const RenderOptions& options, std::string_view mark,
                        bool first_of_group, std::string_view letters = "") {
  std::string cell = "<td";
  if (first_of_group) cell += " class=\"first\"";
  const bool absent = value == nullptr || display(*value, options.look).empty();
  if (absent && value != nullptr && !value->flag.empty())
    cell += " title=\"" + html_line(with_blanks(value->flag)) + "\"";
  cell += ">" + html_escaped(figure(value, options));
  if (!mark.empty()) cell += "<span class=\"mark\">" + std::string(mark) + "</span>";
  if (!letters.empty()) cell += "<span class=\"letters\">" + html_escaped(letters) + "</span>";
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

  // `heading_level`: from 1. With its chart, unless that is of several tables.
  void append(const std::string& id, int heading_level, const std::optional<Chart>& chart) {
    const bool wide = table_.columns.size() > widest_upright;
    const std::string level = "h" + std::to_string(heading_level);
    out_ += "<section id=\"" + id + (wide ? "\" class=\"wide" : "") + "\">\n";
    // What scrolls must be reachable by the keyboard, and so must have a name.
    out_ += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
            plain_heading(table_) +
            (is_topline(table_) ? "\">\n<table class=\"topline\">" : "\">\n<table>") +
            "\n<caption><div><" + level + ">" + heading(table_) + "</" + level + "><p>" +
            joined(about_parts(table_), " · ") + "</p></div></caption>\n";
    is_topline(table_) ? append_topline() : append_banner();
    out_ += "</table>\n</div>\n";
    if (chart && chart->kind != ChartKind::likert)
      out_ += render_chart_figure(*chart, options_, id + "-chart");
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
    out_ += "<th" + attributes + " class=\"" + classes + "\">" + html_content(label);
    if (leaf && !column.letter.empty())
      out_ += "<span class=\"letters\">" + letter_heading(column) + "</span>";
    out_ += "</th>";
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
        out_ += "<th" + attributes_of_label + indent_class(*line.row) + ">" +
                html_content(line.label) + "</th>";
      }
      if (!line.tag.empty())
        out_ += "<th scope=\"row\" class=\"tag\">" + html_escaped(line.tag) + "</th>";
      for (std::size_t j = 0; j < line.values.size(); ++j) {
        const bool marked = base && i + 1 == lines.size();
        out_ +=
            figure_cell(line.values[j], options_, marked ? mark_sign(table_.columns[j].mark) : "",
                        starts_group(j), line.letters.empty() ? "" : line.letters[j]);
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n";
  }

  void append_topline() {
    const std::vector<std::string> extra = extra_statistics(table_);
    const bool bars = std::any_of(table_.rows.begin(), table_.rows.end(), is_category);
    std::vector<std::string> header = {topline_heading(table_), margin_heading(table_, options_),
                                       "n"};
    for (const std::string& statistic : extra)
      header.push_back(short_name(statistic, table_.language));
    out_ += "<thead>\n<tr><td></td>";
    for (const std::string& word : header)
      out_ += "<th scope=\"col\" class=\"leaf\">" + html_escaped(word) + "</th>";
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
                       html_content(row.label) + "</th>" +
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
    foot(html_escaped(missing_text(table_, options_)));
    foot(joined(mark_parts(table_), ", "));
    for (const std::string& note : table_.notes) foot(html_content(note));
  }

  std::string& out_;
  const Table& table_;
  const RenderOptions& options_;
};

std::string language_of(const TableSet& set) {
  return set.tables.empty() ? "en" : set.tables.front().language;
}

std::string set_title(const TableSet& set) {
  if (!trim(set.title).empty()) return html_line(set.title);
  return std::string(words_of(language_of(set)).tables);
}

// What is said once in a file with one language, and once for each in a file with several: there
// every id has the number of its edition before it.
class HtmlEdition {
 public:
  HtmlEdition(std::string& out, const Edition& edition, std::string ids)
      : out_(out), set_(edition.tables), options_(edition.options), ids_(std::move(ids)) {
    options_.ascii = false;
  }

  void append_tables() {
    const bool alone = set_.tables.size() == 1;
    if (!alone) append_contents();
    std::vector<std::optional<Chart>> charts(set_.tables.size());
    if (options_.charts) charts = charts_of(set_);
    for (std::size_t i = 0; i < set_.tables.size(); ++i) {
      if (!alone && begins_section(i)) {
        out_ += "<h2 class=\"part\" id=\"" + section_id(i) + "\">" +
                html_content(set_.tables[i].section) + "</h2>\n";
      }
      // Tables of a section stand one level below its heading.
      const int level = alone ? 1 : set_.tables[i].section.empty() ? 2 : 3;
      if (charts[i] && charts[i]->kind == ChartKind::likert)
        append_battery(i, std::max(level, 2), *charts[i]);
      HtmlTable(out_, set_.tables[i], options_).append(table_id(i), level, charts[i]);
    }
  }

  void append_provenance() {
    const Provenance& provenance = set_.provenance;
    if (provenance.version.empty()) return;
    out_ += "<footer>sondeo " + html_escaped(provenance.version) + " · " +
            grouped(provenance.input_rows, options_.look.thousands) + " " +
            std::string(words_of(language_of(set_)).respondents_in_file);
    append_file(provenance.input_name, provenance.input_xxh3);
    append_file(provenance.study_name, provenance.study_xxh3);
    if (!provenance.date.empty()) out_ += " · " + html_escaped(provenance.date);
    if (!provenance.command.empty())
      out_ += "<br>\n<code>" + html_escaped(visible(provenance.command)) + "</code>";
    out_ += "</footer>\n";
  }

 private:
  // Whether another section begins with that table.
  bool begins_section(std::size_t i) const {
    const std::string& section = set_.tables[i].section;
    return !section.empty() && (i == 0 || set_.tables[i - 1].section != section);
  }

  std::string section_id(std::size_t i) const { return ids_ + "s" + std::to_string(i + 1); }
  std::string table_id(std::size_t i) const { return ids_ + "t" + std::to_string(i + 1); }

  // The chart of several tables, before the first of them.
  void append_battery(std::size_t i, int heading_level, const Chart& chart) {
    const std::string level = "h" + std::to_string(heading_level) + ">";
    out_ += "<section>\n<" + level + heading(chart.head) + "</" + level + "\n" +
            render_chart_figure(chart, options_, table_id(i) + "-grid") + "</section>\n";
  }

  void append_contents() {
    out_ += "<h1>" + set_title(set_) + "</h1>\n<nav aria-labelledby=\"" + ids_ +
            "contents\">\n<h2 id=\"" + ids_ + "contents\">" +
            std::string(words_of(language_of(set_)).contents) + "</h2>\n";
    for (std::size_t i = 0; i < set_.tables.size(); ++i) {
      if (begins_section(i)) {
        out_ += std::string(i == 0 ? "" : "</ul>\n") + "<p class=\"part\"><a href=\"#" +
                section_id(i) + "\">" + html_content(set_.tables[i].section) + "</a></p>\n<ul>\n";
      } else if (i == 0) {
        out_ += "<ul>\n";
      }
      out_ += "<li><a href=\"#" + table_id(i) + "\">" + heading(set_.tables[i]) + "</a></li>\n";
    }
    out_ += set_.tables.empty() ? "<ul>\n</ul>\n</nav>\n" : "</ul>\n</nav>\n";
  }

  void append_file(const std::string& name, const std::string& xxh3) {
    if (name.empty()) return;
    out_ += " · " + html_content(name);
    if (!xxh3.empty()) out_ += " (XXH3 " + html_escaped(xxh3) + ")";
  }

  std::string& out_;
  const TableSet& set_;
  RenderOptions options_;
  std::string ids_;
};

std::string style_of(const TableSet& set, const RenderOptions& options) {
  const bool letters = std::any_of(set.tables.begin(), set.tables.end(), shows_letters);
  const bool sections = set.tables.size() > 1 &&
                        std::any_of(set.tables.begin(), set.tables.end(),
                                    [](const Table& table) { return !table.section.empty(); });
  return std::string(html_style) + (letters ? std::string(html_letters_style) : "") +
         (sections ? std::string(html_sections_style) : "") +
         (options.charts ? chart_page_style() : "");
}

void append_head(std::string& out, const TableSet& set, const std::string& style) {
  const auto title = set.tables.size() == 1 ? plain_heading(set.tables.front()) : set_title(set);
  const std::string generator = set.provenance.version.empty() ? "" : " " + set.provenance.version;
  out += "<!DOCTYPE html>\n<html lang=\"" + html_escaped(language_of(set)) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'sha256-" +
         sha256_base64(style) +
         "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"generator\" content=\"sondeo" +
         html_escaped(generator) + "\">\n<title>" + title + "</title>\n<style>" + style +
         "</style>\n</head>\n<body>\n<main>\n";
}

// A button for each language. They stand before the editions, as the rules of the style ask.
void append_choice(std::string& out, std::span<const Edition> editions) {
  for (std::size_t i = 0; i < editions.size(); ++i) {
    const std::string language = language_of(editions[i].tables);
    const std::string id = "l" + std::to_string(i + 1);
    out += "<input class=\"choice\" type=\"radio\" name=\"language\" id=\"" + id + "\"" +
           (i == 0 ? " checked" : "") + "><label class=\"choice\" for=\"" + id + "\" lang=\"" +
           html_escaped(language) + "\">" + html_escaped(language_name(language)) + "</label>\n";
  }
}

// Of several editions, only the chosen one is seen, by the eye and by a screen reader.
std::string rules_of_choice(std::size_t editions) {
  std::string rules;
  for (std::size_t i = 1; i <= editions; ++i) {
    const std::string number = std::to_string(i);
    rules += "#l" + number + ":checked ~ .edition:not(.in-l" + number + ") { display: none; }\n";
  }
  return rules;
}

}  // namespace

std::string render_html(const TableSet& tables, const RenderOptions& options) {
  const Edition edition{tables, options};
  std::string out;
  append_head(out, tables, style_of(tables, options));
  HtmlEdition page(out, edition, "");
  page.append_tables();
  out += "</main>\n";
  page.append_provenance();
  return out + "</body>\n</html>\n";
}

std::string render_html_editions(std::span<const Edition> editions) {
  if (editions.size() == 1) return render_html(editions[0].tables, editions[0].options);
  std::string out;
  append_head(out, editions[0].tables,
              style_of(editions[0].tables, editions[0].options) + rules_of_choice(editions.size()));
  append_choice(out, editions);
  for (std::size_t i = 0; i < editions.size(); ++i) {
    const std::string id = "l" + std::to_string(i + 1);
    out += "<div class=\"edition in-" + id + "\" lang=\"" +
           html_escaped(language_of(editions[i].tables)) + "\">\n";
    HtmlEdition page(out, editions[i], id + "-");
    page.append_tables();
    page.append_provenance();
    out += "</div>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace sondeo
