// SPDX-License-Identifier: MIT
// TOML as a value whose keys keep the order of the file and whose nodes know their place; and the
// two spellings needed to write it. Knows no study.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

enum class TomlKind { text, integer, number, boolean, date, array, table };

struct TomlEntry;

struct TomlNode {
  TomlKind kind = TomlKind::table;
  std::string text;
  double number = 0;               // of an integer too
  std::int64_t integer = 0;        // of a boolean 0 or 1
  std::vector<TomlNode> items;     // of an array
  std::vector<TomlEntry> entries;  // of a table, in the order of the file
  // Physical, counted from 1, columns in characters. Of a text that of its opening quote.
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  // The value of that key, or nullptr if this is no table or has no such key.
  const TomlNode* find(std::string_view key) const;
};

struct TomlEntry {
  std::string key;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  TomlNode value;
};

// The whole document. Throws Error [study-syntax] at {file, line, column} for what is no TOML 1.0
// in UTF-8, for more than 16 MiB, for values nested deeper than 256 and keys of more than 32 parts,
// which bounds the recursion of whatever walks the tree; time is linear in the text.
TomlNode parse_toml(std::string_view text, const std::string& file);

// Where a node's line and column are in a text that parse_toml took; and behind the value (no table
// of its own lines) that begins there.
std::size_t toml_offset(std::string_view text, std::uint32_t line, std::uint32_t column);
std::size_t behind_toml_value(std::string_view text, std::size_t at);

// A text (valid UTF-8) in quotes: in single ones where that spares escapes, on one line always;
// what a terminal or an editor would not show is escaped.
std::string toml_text(std::string_view utf8);

// A key, in quotes if it needs them.
std::string toml_key(std::string_view key);

}  // namespace sondeo
