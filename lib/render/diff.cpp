// SPDX-License-Identifier: MIT
#include "render/diff.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "render/cells.h"
#include "render/diff_lines.h"

namespace sondeo {
namespace {

constexpr std::array<DiffRenderer, 5> registry = {{
    {"text", render_diff_text},
    {"csv", render_diff_csv},
    {"json", render_diff_json},
    {"github", render_diff_github},
    {"junit", render_diff_junit},
}};

constexpr int widest_label = 40;

// A column of the text: as wide as its widest cell.
struct TextColumn {
  std::string name;
  std::string DiffLine::*member;
  bool right = false;
};

void append_text_row(std::string& out, const std::vector<std::string>& cells,
                     const std::vector<int>& widths, const std::vector<TextColumn>& columns) {
  std::string line = " ";
  for (std::size_t j = 0; j < cells.size(); ++j) {
    const auto room = static_cast<std::size_t>(std::max(widths[j] - display_width(cells[j]), 0));
    line += ' ';
    if (columns[j].right) line.append(room, ' ');
    line += cells[j];
    if (!columns[j].right) line.append(room, ' ');
    line += ' ';
  }
  out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

// Commands of a workflow end at the line's end; properties also at , and : (GitHub's own escapes).
std::string command_text(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%') {
      out += "%25";
    } else if (property && c == ':') {
      out += "%3A";
    } else if (property && c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::span<const DiffRenderer> diff_renderers() { return registry; }

std::string render_diff_text(const Diff& diff) {
  std::string out = diff_summary(diff) + "\n";
  const std::vector<DiffLine> lines = diff_lines(diff);
  if (lines.empty()) return out;
  std::vector<TextColumn> columns = {{"table", &DiffLine::table},
                                     {"row", &DiffLine::row},
                                     {"column", &DiffLine::column},
                                     {"statistic", &DiffLine::statistic},
                                     {"published", &DiffLine::before, true},
                                     {"new", &DiffLine::after, true},
                                     {"change", &DiffLine::change, true}};
  // Where only the usual percentages are spoken of, nobody asks which.
  if (std::all_of(lines.begin(), lines.end(), [](const DiffLine& line) {
        return line.statistic.empty() || line.statistic == "column %";
      })) {
    columns.erase(columns.begin() + 3);
  }
  std::vector<std::vector<std::string>> rows(1);
  for (const TextColumn& column : columns) rows.front().push_back(column.name);
  for (const DiffLine& line : lines) {
    rows.emplace_back();
    for (const TextColumn& column : columns)
      rows.back().push_back(clip(line.*column.member, widest_label));
  }
  std::vector<int> widths(columns.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t j = 0; j < row.size(); ++j)
      widths[j] = std::max(widths[j], display_width(row[j]));
  }
  for (const auto& row : rows) append_text_row(out, row, widths, columns);
  return out;
}

std::string render_diff_csv(const Diff& diff) {
  std::string out;
  CellWriter writer(out, ',', false);
  for (const char* name :
       {"change", "table", "weight", "row_id", "row", "column_id", "column", "of", "statistic",
        "unit", "old", "new", "difference", "old_flag", "new_flag"}) {
    writer.plain(name);
  }
  writer.end_line();
  for (const Change& change : diff.changes) {
    const TableNumber& number = change.any();
    writer.plain(change_name(change.kind));
    for (const std::string_view text : {number.table, number.weight, number.row_id, number.row,
                                        number.column_id, number.column}) {
      writer.text(text);
    }
    for (const std::string_view word : {number.of, number.statistic, number.unit})
      writer.plain(word);
    for (const TableNumber* side : {change.before, change.after}) {
      if (side != nullptr && change.kind == ChangeKind::letters) {
        writer.text(side->letters);
      } else {
        writer.number({"", "", side == nullptr ? std::nullopt : side->value, Unit::none, ""});
      }
    }
    const bool moved = change.kind == ChangeKind::moved;
    std::optional<double> difference;
    if (moved) difference = *change.after->value - *change.before->value;
    writer.number({"", "", difference, Unit::none, ""});
    for (const TableNumber* side : {change.before, change.after})
      writer.plain(side == nullptr ? std::string_view() : side->flag);
    writer.end_line();
  }
  return out;
}

std::string render_diff_github(const Diff& diff) {
  // More annotations of a kind in one step are dropped by GitHub.
  constexpr std::size_t most = 10;
  const std::string summary = command_text(diff_summary(diff), false);
  if (diff.changes.empty()) return "::notice title=sondeo-diff::" + summary + "\n";
  const std::string file = "file=" + command_text(visible(diff.before_name), true);
  std::string out = "::error " + file + ",title=sondeo-diff::" + summary + "\n";
  const std::vector<DiffLine> lines = diff_lines(diff);
  const bool all = lines.size() < most;
  for (std::size_t i = 0; i < (all ? lines.size() : most - 2); ++i) {
    out += "::error " + file + ",title=" + command_text(lines[i].table, true) +
           "::" + command_text(diff_sentence(lines[i]), false) + "\n";
  }
  if (!all) {
    out += "::error " + file + ",title=sondeo-diff::and " +
           std::to_string(lines.size() - most + 2) + " more\n";
  }
  return out;
}

std::string render_diff_junit(const Diff& diff) {
  std::map<std::string, std::vector<DiffLine>> failures;
  for (DiffLine& line : diff_lines(diff)) failures[line.table].push_back(std::move(line));
  std::string cases;
  for (const std::string_view table : diff.tables) {
    const std::string name = visible(trim(table));
    cases += "    <testcase classname=\"sondeo-diff\" name=\"" + xml_text(name) + "\"";
    const auto found = failures.find(name);
    if (found == failures.end()) {
      cases += "/>\n";
      continue;
    }
    const std::size_t count = found->second.size();
    cases += ">\n      <failure message=\"" + std::to_string(count) +
             (count == 1 ? " change" : " changes") + "\">";
    for (const DiffLine& line : found->second) cases += xml_text(diff_sentence(line)) + "\n";
    cases += "</failure>\n    </testcase>\n";
  }
  const std::string counts = "tests=\"" + std::to_string(diff.tables.size()) + "\" failures=\"" +
                             std::to_string(failures.size()) + "\"";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites " + counts +
         ">\n  <testsuite name=\"" + xml_text(visible(diff.before_name)) + "\" " + counts + ">\n" +
         cases + "  </testsuite>\n</testsuites>\n";
}

}  // namespace sondeo
