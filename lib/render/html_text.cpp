// SPDX-License-Identifier: MIT
#include "render/html_text.h"

#include "base/text.h"

namespace sondeo {

std::string html_escaped(std::string_view text) {
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

std::string html_line(std::string_view label) {
  std::string line;
  for (const char c : trim(label)) line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  return html_escaped(visible(line));
}

std::string html_content(std::string_view label) {
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
    out += html_escaped(visible(line)) + "<br>";
    line.clear();
  }
  return out + html_escaped(visible(line)) + "</bdi>";
}

}  // namespace sondeo
