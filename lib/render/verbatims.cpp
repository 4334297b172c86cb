// SPDX-License-Identifier: MIT
// Listings of answers for people at a terminal and for spreadsheets.
#include "render/verbatims.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "render/cells.h"
#include "render/text_layout.h"
#include "render/xlsx_book.h"
#include "render/xlsx_table.h"
#include "table/verbatim_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr int usual_width = 100;
constexpr int answer_indent = 4;

// "line 12 · 10442 · Women · 18-34"
std::string who(const Verbatim& answer, const VerbatimList& list, bool ascii) {
  const auto* separator = ascii ? "; " : " · ";
  auto text =
      std::string(verbatim_words_of(list.language).line) + " " + std::to_string(answer.line);
  if (!answer.id.empty()) text += separator + visible(answer.id);
  for (const auto& each : answer.shown)
    if (!each.empty()) text += separator + visible(each);
  return text;
}

// The lines of a text as it was written, each safe for a terminal.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines{""};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || text[i] == '\r') {
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      lines.emplace_back();
    } else {
      lines.back() += text[i] == '\t' ? ' ' : text[i];
    }
  }
  for (auto& line : lines) line = visible(line);
  return lines;
}

void append_wrapped(std::string& out, std::string_view text, int indent, int width,
                    const RenderOptions& options) {
  for (const auto& paragraph : lines_of(text)) {
    for (const auto& part : wrap(paragraph, std::max(width - indent, 10))) {
      TextLine line(options);
      line.pad_to(indent);
      line.text(part);
      line.end(out);
    }
  }
}

// The text in its lines, safe for a terminal.
std::string harmless(std::string_view text) {
  std::string out;
  for (const auto& line : lines_of(text)) out += (out.empty() ? "" : "\n") + line;
  return out;
}

std::vector<std::string> header_of(const VerbatimList& list) {
  const auto& words = verbatim_words_of(list.language);
  std::vector<std::string> header{std::string(words.question), std::string(words.group),
                                  std::string(words.line)};
  if (!list.id_head.empty()) header.push_back(list.id_head);
  header.insert(header.end(), list.shown.begin(), list.shown.end());
  header.emplace_back(words.answer);
  return header;
}

}  // namespace

std::string verbatim_count(const VerbatimGroup& group, std::string_view language) {
  const auto& words = verbatim_words_of(language);
  const auto count = [&](std::uint64_t number) {
    return grouped(number, words_of(language).thousands);
  };
  std::string text;
  if (group.listed.size() < group.answers)
    text = count(group.listed.size()) + " " + std::string(words.of) + " ";
  return text + count(group.answers) + " " +
         std::string(group.answers == 1 ? words.one_answer : words.answers);
}

std::string render_verbatims_text(const VerbatimLists& lists, const RenderOptions& options) {
  const int width = options.width > 0 ? options.width : usual_width;
  std::string out;
  for (const auto& list : lists) {
    if (!out.empty()) out += "\n\n";
    append_title(out, list.id, list.title, width, options);
    const auto& words = words_of(list.language);
    std::vector<std::string> parts;
    if (!list.base.empty())
      parts.push_back(std::string(words.asked_of) + ": " + visible(list.base));
    if (!list.filter.empty())
      parts.push_back(std::string(words.filter_head) + ": " + visible(list.filter));
    if (!parts.empty()) append_parts(out, parts, options.ascii ? "; " : " · ", "", width, options);
    if (list.groups.empty())
      out += "\n" + std::string(verbatim_words_of(list.language).none) + "\n";
    for (const auto& group : list.groups) {
      out += '\n';
      const auto count = verbatim_count(group, list.language);
      append_wrapped(out, group.label.empty() ? count : group.label + " (" + count + ")", 0, width,
                     options);
      append_rule(out, width, options);
      for (const auto& answer : group.listed) {
        append_wrapped(out, answer.text, 0, width, options);
        append_wrapped(out, who(answer, list, options.ascii), answer_indent, width, options);
      }
    }
    if (!list.notes.empty()) out += '\n';
    for (const auto& note : list.notes) append_wrapped(out, note, 0, width, options);
  }
  return out;
}

std::string render_verbatims_csv(const VerbatimLists& lists, const RenderOptions& options) {
  std::string out = options.bom ? "\xEF\xBB\xBF" : "";
  CellWriter writer(out, options.delimiter, options.raw);
  const auto seen = [&](const std::string& text) { return options.raw ? text : harmless(text); };
  std::vector<std::string> header;
  for (const auto& list : lists) {
    if (header != header_of(list)) {
      header = header_of(list);
      for (const auto& name : header) writer.text(name);
      writer.end_line();
    }
    for (const auto& group : list.groups) {
      for (const auto& answer : group.listed) {
        writer.text(list.id);
        writer.text(group.label);
        writer.plain(std::to_string(answer.line));
        if (!list.id_head.empty()) writer.text(seen(answer.id));
        for (const auto& each : answer.shown) writer.text(seen(each));
        writer.text(seen(answer.text));
        writer.end_line();
      }
    }
  }
  return out;
}

std::string render_verbatims_xlsx(const VerbatimLists& lists, const RenderOptions& /*options*/) {
  XlsxBook book(lists.empty() ? "" : lists.front().title, creation_time(""));
  XlsxStyle head;
  head.bold = true;
  head.rule_below = true;
  XlsxStyle text;
  text.wrap = true;
  for (const auto& list : lists) {
    const auto sheet = book.add_sheet(list.id);
    std::size_t row = 0;
    book.text(sheet, row++, 0, xlsx_line(list.title), xlsx_title_style());
    for (const auto& note : list.notes) book.text(sheet, row++, 0, xlsx_line(note));
    auto header = header_of(list);
    header.erase(header.begin());  // the sheet is the question's
    for (std::size_t j = 0; j < header.size(); ++j) book.text(sheet, row, j, header[j], head);
    book.freeze(sheet, row + 1, 0);
    book.set_print(sheet, true, row, row);
    ++row;
    for (const auto& group : list.groups) {
      for (const auto& answer : group.listed) {
        std::size_t column = 0;
        book.text(sheet, row, column++, xlsx_line(group.label), text);
        book.number(sheet, row, column++, static_cast<double>(answer.line));
        if (!list.id_head.empty()) book.text(sheet, row, column++, answer.id);
        for (const auto& each : answer.shown) book.text(sheet, row, column++, each);
        book.text(sheet, row++, column, answer.text, text);
      }
    }
    book.set_width(sheet, 0, 0, 28);
    book.set_width(sheet, 1, header.size() - 1, 14);
    book.set_width(sheet, header.size() - 1, header.size() - 1, 90);
  }
  return book.bytes();
}

}  // namespace sondeo
