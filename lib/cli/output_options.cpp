// SPDX-License-Identifier: MIT
#include "cli/output_options.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "base/text.h"
#include "cli/input_options.h"
#include "cli/process.h"
#include "table/sum100.h"
#include "table/words.h"

namespace sondeo {
namespace {

bool set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != 0;
}

bool wants_color(const std::string& color) {
  const auto choice = word_option("color", color, {"auto", "always", "never"});
  if (choice != 0) return choice == 1;
  if (set("NO_COLOR")) return false;
  if (set("CLICOLOR_FORCE") && std::string_view(std::getenv("CLICOLOR_FORCE")) != "0") return true;
  if (set("TERM") && std::string_view(std::getenv("TERM")) == "dumb") return false;
  return output_is_terminal();
}

// Formats whose numbers are rounded and written as people of a country write them.
bool for_people(const Renderer& renderer) {
  static constexpr std::array<std::string_view, 6> names{"text", "wide", "md",
                                                         "html", "xlsx", "svg"};
  return std::find(names.begin(), names.end(), renderer.name) != names.end();
}

// Formats that say what the run was.
bool keeps_provenance(const Renderer& renderer) {
  return renderer.name == "json" || renderer.name == "html" || renderer.name == "xlsx";
}

int wanted_width(const std::string& width) {
  constexpr unsigned long long widest = 10000;
  if (!width.empty()) return static_cast<int>(std::min(count_option("width", width, 20), widest));
  if (!output_is_terminal()) return 0;
  if (set("COLUMNS")) {
    const auto columns = parse_count(std::getenv("COLUMNS"));
    if (columns && *columns >= 20) return static_cast<int>(std::min(*columns, widest));
  }
  return terminal_width();
}

}  // namespace

void declare_output(Tool& tool, std::string& output, bool& force, std::string_view more) {
  tool.option("output,o", output, "FILE",
              "write there, complete or not at all" + std::string(more));
  tool.flag("force", force, "replace FILE if it exists");
}

void OutputOptions::declare(Tool& tool) {
  tool.section("Output");
  declare_output(tool, output, force, "; the extension chooses the format");
  std::string formats;
  for (const auto& each : renderers())
    formats += (formats.empty() ? "" : "|") + std::string(each.name);
  tool.option("format,f", format, formats,
              "text is for people, wide for spreadsheets, csv for programs (one row a number); "
              "sondeo help formats tells more");
  tool.option("digits", digits, "N",
              "decimals of percentages in text, wide, md, html, xlsx and svg; means show two more");
  tool.option("width", width, "COLUMNS", "of text; a wider banner is split");
  tool.option("color", color, "auto|always|never", "of text");
  tool.flag("ascii", ascii, "no rules, bars and marks beyond ASCII in text");
  tool.option("out-delimiter", out_delimiter, "SIGN", "between the cells of wide");
  tool.option("out-decimal", out_decimal, "SIGN",
              "decimal mark of wide, text, md and html: . or , (default: by --lang; wide: .)");
  tool.flag("bom", bom, "a byte order mark first, for Excel (csv, wide, tsv)");
  tool.flag("raw", raw, "no apostrophe before texts that a spreadsheet would run as formulas");
  tool.option("xlsx-style", xlsx_style, "report|accessible",
              "accessible: no merged cells, and each column's head in one cell");
  tool.flag("charts", charts,
            "pictures beside the tables of html: bars, diverging bars of a grid, lines over waves");
  tool.flag("no-provenance", no_provenance,
            "leave out of json, html and xlsx what the run was: version, command, input");
}

const Renderer& OutputOptions::renderer() const {
  if (!format.empty()) {
    const auto* found = find_renderer(format);
    if (found != nullptr) return *found;
    std::vector<std::string> names;
    for (const auto& each : renderers()) names.emplace_back(each.name);
    word_option("format", format, names);
  }
  const auto* by_path = output.empty() ? nullptr : renderer_for_path(output);
  if (by_path != nullptr) return *by_path;
  // Text under such a name would be a broken file to whatever opens it.
  static constexpr std::array<std::string_view, 8> others{".xls",  ".ods", ".svg", ".pdf",
                                                          ".docx", ".sav", ".gz",  ".zst"};
  const auto lower = ascii_lower(output);
  for (const auto other : others) {
    if (lower.ends_with(other)) {
      throw UsageError(
          "no format writes " + std::string(other) + " files",
          "formats: text (.txt), csv, tsv, json, md, html, xlsx, svg; -f chooses one for any name");
    }
  }
  return renderers().front();
}

bool OutputOptions::tells_provenance() const {
  return !no_provenance && keeps_provenance(renderer());
}

RenderOptions OutputOptions::render_options(std::string_view language) const {
  RenderOptions options;
  options.look.digits = static_cast<int>(std::min(count_option("digits", digits, 0), 12ULL));
  const auto& chosen = renderer();
  if (!out_decimal.empty()) {
    options.look.decimal = word_option("out-decimal", out_decimal, {".", ","}) == 1 ? "," : ".";
    options.look.thousands = options.look.decimal == "," ? "." : ",";
  } else if (for_people(chosen) && chosen.name != "wide") {
    options.look.decimal = words_of(language).decimal;
    options.look.thousands = words_of(language).thousands;
  }
  options.decimal = options.look.decimal;
  options.width = output.empty() || !width.empty() ? wanted_width(width) : 0;
  options.color = wants_color(color) && output.empty();
  options.ascii = ascii;
  options.raw = raw;
  options.bom = bom;
  options.charts = charts;
  options.accessible = word_option("xlsx-style", xlsx_style, {"report", "accessible"}) == 1;
  options.delimiter = delimiter_option("out-delimiter", out_delimiter);
  if (options.delimiter == 0)
    throw UsageError("--out-delimiter takes one character or the word tab");
  return options;
}

void OutputOptions::check(const std::string& input,
                          const std::vector<std::string>& languages) const {
  const auto& chosen = renderer();
  render_options("en");
  if (languages.size() > 1 && chosen.render_editions == nullptr) {
    throw UsageError(std::string(chosen.name) + " has one language, and --lang names " +
                         std::to_string(languages.size()),
                     "-f html holds several, for the reader to switch; or --lang " + languages[0]);
  }
  if (out_delimiter != "," && chosen.name != "wide") {
    throw UsageError("--out-delimiter is for -f wide; " + std::string(chosen.name) +
                     " has its own");
  }
  if (!out_decimal.empty() && out_decimal != "." && !for_people(chosen)) {
    throw UsageError("--out-decimal is for -f wide, text, md and html; " +
                     std::string(chosen.name) + " is for programs");
  }
  if (xlsx_style != "report" && chosen.name != "xlsx")
    throw UsageError("--xlsx-style is for -f xlsx, not for " + std::string(chosen.name));
  if (charts && chosen.name != "html")
    throw UsageError("--charts is for -f html, not for " + std::string(chosen.name));
  if (chosen.binary && (output.empty() || output == "-") && output_is_terminal())
    throw UsageError(std::string(chosen.name) + " is not for a terminal", "-o FILE writes it");
  if (!output.empty()) refuse_existing(output, force, input);
}

void OutputOptions::write(const std::vector<TableSet>& languages) const {
  const auto options_of = [&](const TableSet& set) {
    return render_options(set.tables.empty() ? "en" : set.tables.front().language);
  };
  const bool adds = std::any_of(languages.begin(), languages.end(), [](const TableSet& set) {
    return std::any_of(set.tables.begin(), set.tables.end(),
                       [](const Table& table) { return table.sum100; });
  });
  std::vector<TableSet> adjusted;
  if (adds) {
    adjusted = languages;
    for (auto& set : adjusted) add_to_100(set, options_of(set).look.digits);
  }
  const auto& seen = adds ? adjusted : languages;
  if (seen.size() == 1) {
    const auto& set = seen.front();
    return write_result(output, force, renderer().render(set, options_of(set)));
  }
  std::vector<Edition> editions;
  for (const auto& set : seen) editions.push_back({set, options_of(set)});
  write_result(output, force, renderer().render_editions(editions));
}

void write_result(const std::string& path, bool force, std::string_view bytes) {
  if (path.empty() || path == "-") {
    write_output(bytes);
    return;
  }
  OutputFile file(path, force);
  file.write(bytes);
  file.commit();
}

void refuse_existing(const std::string& path, bool force, const std::string& input) {
  struct stat status {};
  if (path == "-" || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  struct stat read {};
  const bool same = stat(input.c_str(), &read) == 0 && read.st_dev == status.st_dev &&
                    read.st_ino == status.st_ino;
  if (same) throw Error(Place{path}, "exists", "the output is the file that is read");
  if (force) return;
  throw Error(Place{path}, "exists", "the file exists", "--force replaces it");
}

}  // namespace sondeo
