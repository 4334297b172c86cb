// SPDX-License-Identifier: MIT
#include "render/text_layout.h"

#include <algorithm>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr int hanging_indent = 4;  // twice that of a row: what hangs is no row of its own
constexpr int label_limit = 200;
constexpr int title_limit = 1000;   // question wordings are long, but a whole file is not one
constexpr int readable_width = 76;  // running text under a narrow table need not be as narrow
constexpr std::string_view left_to_right = "\u200e";

struct Range {
  char32_t first, last;
};
constexpr Range right_to_left[] = {
    {0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFF}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};

// Decodes valid UTF-8, which visible() guarantees.
bool has_right_to_left(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k)
      code = code << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    for (const Range& range : right_to_left) {
      if (code >= range.first && code <= range.last) return true;
    }
    i += length;
  }
  return false;
}

std::string repeated(std::string_view sign, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += sign;
  return text;
}

// Deep indents must leave room for the label itself.
int indent_columns(int level, int columns) { return std::clamp(2 * level, 0, columns / 2); }

}  // namespace

void TextLine::pad_to(int column) {
  if (column <= width_) return;
  bytes_.append(static_cast<std::size_t>(column - width_), ' ');
  width_ = column;
}

void TextLine::text(std::string_view visible_text) {
  const bool fenced = has_right_to_left(visible_text);
  if (fenced) bytes_ += left_to_right;
  bytes_ += visible_text;
  if (fenced) bytes_ += left_to_right;
  width_ += display_width(visible_text);
}

void TextLine::text_right(std::string_view visible_text, int right_edge) {
  pad_to(right_edge - display_width(visible_text));
  text(visible_text);
}

void TextLine::bold(std::string_view visible_text) {
  if (options_.color) bytes_ += "\x1b[1m";
  text(visible_text);
  if (options_.color) bytes_ += "\x1b[0m";
}

void TextLine::rule(int columns) {
  if (options_.color) bytes_ += "\x1b[2m";
  bytes_ += repeated(options_.ascii ? "-" : "─", columns);
  if (options_.color) bytes_ += "\x1b[0m";
  width_ += std::max(columns, 0);
}

void TextLine::end(std::string& out) const {
  const std::size_t last = bytes_.find_last_not_of(' ');
  if (last != std::string::npos) out.append(bytes_, 0, last + 1);
  out += '\n';
}

void StubText::place(TextLine& line, std::size_t index) const {
  if (index >= lines.size()) return;
  line.pad_to(index == 0 ? indent : indent + hanging);
  line.text(lines[index]);
}

std::string label_text(std::string_view label, const RenderOptions& options) {
  return clip(visible(trim(label)), label_limit, options.ascii);
}

int stub_width(std::string_view label, int level, const RenderOptions& options) {
  return 2 * level + display_width(label_text(label, options));
}

StubText fit_stub(std::string_view label, int level, int columns, const RenderOptions& options) {
  const int indent = indent_columns(level, columns);
  const std::string text = label_text(label, options);
  if (indent + display_width(text) <= columns) return {indent, {text}};
  const int room = std::max(columns - indent, 1);
  const int hanging = std::min(hanging_indent, room / 4);
  std::vector<std::string> lines = {wrap(text, room).front()};
  const std::string_view rest = trim(std::string_view(text).substr(lines.front().size()));
  if (rest.empty()) return {indent, std::move(lines), hanging};
  for (std::string& line : wrap(rest, std::max(room - hanging, 1)))
    lines.push_back(std::move(line));
  return {indent, std::move(lines), hanging};
}

int append_title(std::string& out, std::string_view id, std::string_view title, int width,
                 const RenderOptions& options) {
  constexpr int usual_indent = 4;
  const std::string shown_id = label_text(id, options);
  const std::string shown = clip(visible(trim(title)), title_limit, options.ascii);
  const bool titled = !shown.empty() && title != id;
  const std::string prefix = titled ? shown_id + "  " : "";
  // Under a long id the title would be a narrow strip: then it runs on from the id instead.
  const bool hanging = titled && display_width(prefix) <= width / 4;
  const int indent = hanging ? display_width(prefix) : usual_indent;
  std::vector<std::string> lines;
  if (hanging) {
    lines = wrap(shown, std::max(width - indent, 1));
    lines.front() = prefix + lines.front();
  } else {
    lines = wrap(titled ? prefix + shown : shown_id, std::max(width - indent, 1));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    TextLine line(options);
    if (i > 0) line.pad_to(indent);
    line.bold(lines[i]);
    line.end(out);
  }
  return indent;
}

void append_section(std::string& out, std::string_view section, const RenderOptions& options) {
  const int width = options.width > 0 ? options.width : 100;
  const auto lines = wrap(clip(visible(trim(section)), title_limit, options.ascii), width);
  int widest = 0;
  for (const auto& line : lines) widest = std::max(widest, display_width(line));
  append_rule(out, widest, options);
  for (const auto& text : lines) {
    TextLine line(options);
    line.bold(text);
    line.end(out);
  }
  append_rule(out, widest, options);
  out += '\n';
}

void append_parts(std::string& out, const std::vector<std::string>& parts,
                  std::string_view separator, std::string_view lead, int width,
                  const RenderOptions& options) {
  const int indent = display_width(lead);
  const int room = std::max(width - indent, 1);
  std::vector<std::string> lines;
  for (const std::string& part : parts) {
    const int extra = display_width(separator) + display_width(part);
    if (!lines.empty() && display_width(lines.back()) + extra <= room) {
      lines.back() += std::string(separator) + part;
    } else if (display_width(part) <= room) {
      lines.push_back(part);
    } else {
      const std::vector<std::string> pieces = wrap(part, room);
      lines.insert(lines.end(), pieces.begin(), pieces.end());
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    TextLine line(options);
    if (i == 0) line.text(lead);
    line.pad_to(indent);
    line.text(lines[i]);
    line.end(out);
  }
}

void append_rule(std::string& out, int columns, const RenderOptions& options) {
  TextLine line(options);
  line.rule(columns);
  line.end(out);
}

void append_notes(std::string& out, const Table& table, int width, const RenderOptions& options) {
  append_parts(out, mark_parts(table), ", ", "", width, options);
  for (const std::string& note : table.notes)
    append_parts(out, {marks_text(visible(trim(note)), options)}, "", "", width, options);
}

int running_width(int table_width, const RenderOptions& options) {
  const int wanted = std::max(table_width, readable_width);
  return options.width > 0 ? std::min(wanted, options.width) : wanted;
}

}  // namespace sondeo
