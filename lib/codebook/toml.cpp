// SPDX-License-Identifier: MIT
#include "codebook/toml.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "base/error.h"
#include "base/text.h"

#define TOML_ENABLE_FORMATTERS 0
#define TOML_EXCEPTIONS 1
// What the library takes for certain of its input does not hold for all of it: x = [ }, or an é that
// may be a blank. Either way it goes on to the right answer, if the compiler is not told that this
// cannot happen.
#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/impl/preprocessor.h>
#undef TOML_UNREACHABLE
#define TOML_UNREACHABLE return {}
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

namespace sondeo {
namespace {

constexpr std::size_t max_bytes = std::size_t{16} << 20;
constexpr int max_key_parts = 32;

[[noreturn]] void refuse(const std::string& file, std::uint64_t line, std::uint64_t column,
                         std::string message, std::string hint = "") {
  throw Error(Place{file, line, column}, "study-syntax", std::move(message), std::move(hint));
}

// The line of the byte at `at`, and its column in characters.
Place place_of(std::string_view text, std::size_t at, const std::string& file) {
  Place place{file, 1, 1};
  for (std::size_t i = 0; i < at; ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

// Behind the text in quotes that begins at `at`; where it is not closed, behind what a reader of
// TOML would take of it.
std::size_t behind_text(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool block = text.substr(at, 3) == std::string(3, quote);
  at += block ? 3 : 1;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"') {
      ++at;
    } else if (!block && (text[at] == quote || text[at] == '\n')) {
      return at + 1;
    } else if (block && text[at] == quote && text.substr(at, 3) == std::string(3, quote)) {
      at += 3;
      // Up to two quotes before the closing ones belong to the text.
      for (int more = 0; more < 2 && at < text.size() && text[at] == quote; ++more) ++at;
      return at;
    }
  }
  return text.size();
}

// The parser bounds how deep values nest, but a key a.b.c.d... nests a table for every part.
void refuse_long_keys(std::string_view text, const std::string& file) {
  int parts = 1;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = behind_text(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '.' && ++parts > max_key_parts) {
      const auto place = place_of(text, at, file);
      refuse(file, place.line, place.column,
             "a key of more than " + std::to_string(max_key_parts) + " parts");
    }
    if (c == '=' || c == ',' || c == '[' || c == '{' || c == '\n') parts = 1;
    ++at;
  }
}

std::string without_prefix(std::string_view description) {
  // "Error while parsing key-value pair: cannot ..."
  static constexpr std::string_view prefix = "Error while parsing ";
  if (description.substr(0, prefix.size()) != prefix) return std::string(description);
  const auto colon = description.find(": ");
  if (colon == std::string_view::npos) return std::string(description);
  return std::string(description.substr(colon + 2)) + " (in a" +
         (std::string_view("aeiou").find(description[prefix.size()]) != std::string_view::npos
              ? "n "
              : " ") +
         std::string(description.substr(prefix.size(), colon - prefix.size())) + ")";
}

[[noreturn]] void refuse_syntax(const toml::parse_error& error, std::string_view text,
                                const std::string& file) {
  const auto line = error.source().begin.line;
  const auto column = error.source().begin.column;
  const std::string message = without_prefix(error.description());
  const auto says = [&](std::string_view part) { return message.find(part) != std::string::npos; };
  std::size_t start = 0;
  for (std::uint32_t i = 1; i < line && start < text.size(); ++i)
    start = std::min(text.find('\n', start), text.size() - 1) + 1;
  std::string_view content = text.substr(start, text.find('\n', start) - start);
  const std::size_t line_characters =
      static_cast<std::size_t>(std::count_if(content.begin(), content.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      }));
  if (says("control characters") && column > line_characters)
    refuse(file, line, column, "a text in quotes is not closed in its line: " + excerpt(content),
           "a text over several lines stands between three quotes");
  std::string hint;
  if (says("could not determine value type")) {
    hint = "a text stands in quotes: \"text\"";
  } else if (says("inline table")) {
    hint = "a table in braces stands on one line and has no comma at its end";
  } else if (says("end-of-file")) {
    hint = "the file seems to be cut off";
  }
  refuse(file, line, column,
         visible(message) + (trim(content).empty() ? "" : ": " + excerpt(trim(content))), hint);
}

TomlNode converted(const toml::node& from) {
  TomlNode node;
  node.line = from.source().begin.line;
  node.column = from.source().begin.column;
  switch (from.type()) {
    case toml::node_type::string:
      node.kind = TomlKind::text;
      node.text = from.as_string()->get();
      break;
    case toml::node_type::integer:
      node.kind = TomlKind::integer;
      node.integer = from.as_integer()->get();
      node.number = static_cast<double>(node.integer);
      break;
    case toml::node_type::floating_point:
      node.kind = TomlKind::number;
      node.number = from.as_floating_point()->get();
      break;
    case toml::node_type::boolean:
      node.kind = TomlKind::boolean;
      node.integer = from.as_boolean()->get() ? 1 : 0;
      break;
    case toml::node_type::array:
      node.kind = TomlKind::array;
      for (const auto& item : *from.as_array()) node.items.push_back(converted(item));
      break;
    case toml::node_type::table:
      for (const auto& [key, value] : *from.as_table()) {
        node.entries.push_back({std::string(key.str()), key.source().begin.line,
                                key.source().begin.column, converted(value)});
      }
      // The parser sorts keys by name.
      std::sort(node.entries.begin(), node.entries.end(), [](const auto& a, const auto& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
      });
      break;
    default:
      node.kind = TomlKind::date;
  }
  return node;
}

// Characters that are not seen, or that change how others are shown.
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80) return first;
  char32_t c = first & (first < 0xE0 ? 0x1FU : first < 0xF0 ? 0x0FU : 0x07U);
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
    c = c << 6 | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return c;
}

void append_escaped(std::string& out, char32_t c) {
  switch (c) {
    case '\b':
      out += "\\b";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      break;
  }
  static constexpr std::string_view digits = "0123456789ABCDEF";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[c >> shift & 0xFU];
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const TomlEntry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &found->value;
}

TomlNode parse_toml(std::string_view text, const std::string& file) {
  if (text.size() > max_bytes)
    refuse(file, 0, 0, "a study file of more than 16 MiB", "is it the file of the responses?");
  if (const auto bad = find_invalid_utf8(text); bad != std::string_view::npos) {
    const auto place = place_of(text, bad, file);
    refuse(file, place.line, place.column,
           "the byte " + visible(text.substr(bad, 1)) + " is no UTF-8",
           "save the study file as UTF-8");
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    const auto place = place_of(text, nul, file);
    refuse(file, place.line, place.column, "a byte 0: this is no text file");
  }
  refuse_long_keys(text, file);
  try {
    return converted(toml::parse(text));
  } catch (const toml::parse_error& error) {
    refuse_syntax(error, text, file);
  }
}

std::string toml_text(std::string_view utf8) {
  bool quotes = false;
  bool hidden = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_character(utf8, at);
    quotes |= c == '"' || c == '\\';
    hidden |= is_hidden(c) || c == '\'';
  }
  if (quotes && !hidden) return "'" + std::string(utf8) + "'";
  std::string out = "\"";
  for (std::size_t at = 0; at < utf8.size();) {
    const auto start = at;
    const char32_t c = next_character(utf8, at);
    if (is_hidden(c)) {
      append_escaped(out, c);
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += utf8.substr(start, at - start);
    }
  }
  return out + '"';
}

std::string toml_key(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  return bare ? std::string(key) : toml_text(key);
}

}  // namespace sondeo
