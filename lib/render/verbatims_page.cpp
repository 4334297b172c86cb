// SPDX-License-Identifier: MIT
// Listings of answers as pages: HTML and Markdown.
#include "base/sha256.h"
#include "base/text.h"
#include "render/html_style.h"
#include "render/html_text.h"
#include "render/markdown_text.h"
#include "render/verbatims.h"
#include "table/verbatim_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

// Answers are read, not compared: they wrap.
constexpr std::string_view answers_style =
    "table.answers { width: 100%; white-space: normal; }\n"
    "table.answers th, table.answers td { text-align: left; vertical-align: top; white-space: "
    "normal; }\n"
    "h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }\n";

std::string heading(const VerbatimList& list) {
  return list.title.empty() || list.title == list.id ? list.id : list.id + "  " + list.title;
}

std::string about(const VerbatimList& list) {
  const auto& words = words_of(list.language);
  std::string text;
  if (!list.base.empty()) text = std::string(words.asked_of) + ": " + list.base;
  if (!list.filter.empty())
    text += (text.empty() ? "" : " · ") + std::string(words.filter_head) + ": " + list.filter;
  return text;
}

// What heads the columns of a group's table.
std::vector<std::string> heads(const VerbatimList& list) {
  const auto& words = verbatim_words_of(list.language);
  std::vector<std::string> heads{std::string(words.answer), std::string(words.line)};
  if (!list.id_head.empty()) heads.push_back(list.id_head);
  heads.insert(heads.end(), list.shown.begin(), list.shown.end());
  return heads;
}

std::vector<std::string> cells(const VerbatimList& list, const Verbatim& answer) {
  std::vector<std::string> cells{answer.text, std::to_string(answer.line)};
  if (!list.id_head.empty()) cells.push_back(answer.id);
  cells.insert(cells.end(), answer.shown.begin(), answer.shown.end());
  return cells;
}

std::string group_heading(const VerbatimGroup& group, std::string_view language) {
  const auto count = verbatim_count(group, language);
  return group.label.empty() ? count : group.label + " (" + count + ")";
}

}  // namespace

std::string render_verbatims_markdown(const VerbatimLists& lists,
                                      const RenderOptions& /*options*/) {
  std::string out;
  for (const auto& list : lists) {
    if (!out.empty()) out += '\n';
    out += "## " + inert(heading(list)) + "\n";
    if (const auto line = about(list); !line.empty()) out += "\n" + inert(line) + "\n";
    if (list.groups.empty())
      out += "\n" + std::string(verbatim_words_of(list.language).none) + "\n";
    for (const auto& group : list.groups) {
      out += "\n### " + inert(group_heading(group, list.language)) + "\n\n";
      std::vector<std::string> header;
      for (const auto& head : heads(list)) header.push_back(inert(head));
      PipeTable table(header);
      table.set_text_columns(header.size());
      for (const auto& answer : group.listed) {
        std::vector<std::string> row;
        for (const auto& cell : cells(list, answer)) row.push_back(inert(cell));
        table.add(std::move(row));
      }
      table.append(out);
    }
    for (const auto& note : list.notes) out += "\n" + inert(note) + "\n";
  }
  return out;
}

std::string render_verbatims_html(const VerbatimLists& lists, const RenderOptions& /*options*/) {
  const std::string style = std::string(html_style) + std::string(answers_style);
  const std::string language = lists.empty() ? "en" : lists.front().language;
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"" + html_escaped(language) +
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'sha256-" +
      sha256_base64(style) +
      "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"sondeo\">\n<title>" +
      html_line(lists.empty() ? "" : heading(lists.front())) + "</title>\n<style>" + style +
      "</style>\n</head>\n<body>\n<main>\n";
  for (const auto& list : lists) {
    out += "<section>\n<h2>" + html_content(heading(list)) + "</h2>\n";
    if (const auto line = about(list); !line.empty()) out += "<p>" + html_content(line) + "</p>\n";
    if (list.groups.empty())
      out += "<p>" + std::string(verbatim_words_of(list.language).none) + "</p>\n";
    for (const auto& group : list.groups) {
      out += "<h3>" + html_content(group_heading(group, list.language)) +
             "</h3>\n<table class=\"answers\">\n<thead><tr>";
      for (const auto& head : heads(list))
        out += "<th scope=\"col\">" + html_content(head) + "</th>";
      out += "</tr></thead>\n<tbody>\n";
      for (const auto& answer : group.listed) {
        out += "<tr>";
        for (const auto& cell : cells(list, answer)) out += "<td>" + html_content(cell) + "</td>";
        out += "</tr>\n";
      }
      out += "</tbody>\n</table>\n";
    }
    for (const auto& note : list.notes) out += "<p>" + html_content(note) + "</p>\n";
    out += "</section>\n";
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace sondeo
