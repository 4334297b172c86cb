// SPDX-License-Identifier: MIT
#include "codebook/study_fields.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The byte where the character `column` (from 1) begins.
std::size_t byte_of(std::string_view line, std::uint64_t column) {
  std::size_t at = 0;
  for (std::uint64_t i = 1; i < column && at < line.size(); ++i) {
    ++at;
    while (at < line.size() && is_continuation(line[at])) ++at;
  }
  return at;
}

std::string quoted(std::string_view key) { return "'" + excerpt(key) + "'"; }

}  // namespace

StudySource::StudySource(std::string_view text, const std::string& file)
    : text_(text), file_(file), starts_{0} {
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1))
    starts_.push_back(end + 1);
}

std::string_view StudySource::line(std::uint64_t number) const {
  if (number < 1 || number > starts_.size()) return {};
  auto line = text_.substr(starts_[number - 1]);
  line = line.substr(0, line.find('\n'));
  // The mark at the beginning of a file is no character of it.
  if (number == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
  return line;
}

Place StudySource::inside(const TomlNode& text, std::uint64_t column) const {
  auto rest = line(text.line);
  rest.remove_prefix(byte_of(rest, text.column));
  const bool block = rest.substr(0, 3) == "\"\"\"" || rest.substr(0, 3) == "'''";
  if (block || rest.substr(1, text.text.size()) != text.text) return place(text);
  return {file_, text.line, text.column + column};
}

void StudySource::refuse(const TomlNode& at, std::string id, std::string message,
                         std::string hint) const {
  throw Error(place(at), std::move(id), std::move(message), std::move(hint));
}

std::string did_you_mean(std::string_view word, const Words& candidates) {
  const auto close = nearest(word, candidates);
  return close.empty() ? "" : "did you mean " + quoted(close) + "?";
}

std::string did_you_mean(std::string_view word, const Words& candidates, std::string_view intro) {
  auto hint = did_you_mean(word, candidates);
  if (!hint.empty() || candidates.empty()) return hint;
  hint = std::string(intro);
  for (const auto& each : candidates) {
    if (hint.size() > 200) return hint + ", …";
    hint += (&each == &candidates.front() ? " " : ", ") + excerpt(each, 24);
  }
  return hint;
}

std::string describe(const TomlNode& node) {
  switch (node.kind) {
    case TomlKind::text:
      return "the text " + quoted(node.text);
    case TomlKind::integer:
      return "the number " + std::to_string(node.integer);
    case TomlKind::number:
      return std::isfinite(node.number) ? "the number " + shortest(node.number)
                                        : "a number that is not finite";
    case TomlKind::boolean:
      return node.integer != 0 ? "true" : "false";
    case TomlKind::date:
      return "a date or time";
    case TomlKind::array:
      return node.items.empty() ? "an empty array" : "an array";
    case TomlKind::table:
      break;
  }
  return "a table";
}

Fields::Fields(const StudySource& source, const TomlNode& table, std::string what,
               const Words& keys)
    : source_(source), table_(table), what_(std::move(what)) {
  if (table.kind != TomlKind::table)
    source.refuse(table, "study-type", what_ + " is a table, found " + describe(table));
  for (const auto& entry : table.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    TomlNode at;
    at.line = entry.line;
    at.column = entry.column;
    source.refuse(at, "study-key", what_ + " has no key " + quoted(entry.key),
                  did_you_mean(entry.key, keys, "its keys are"));
  }
}

void Fields::refuse(std::string_view key, std::string id, std::string message,
                    std::string hint) const {
  const auto* node = find(key);
  source_.refuse(node == nullptr ? table_ : *node, std::move(id), what_ + ": " + message,
                 std::move(hint));
}

void Fields::refuse_type(const TomlNode& node, std::string_view key, std::string_view wanted,
                         std::string hint) const {
  source_.refuse(
      node, "study-type",
      what_ + ": " + quoted(key) + " is " + std::string(wanted) + ", found " + describe(node),
      std::move(hint));
}

std::string Fields::text(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return "";
  if (node->kind != TomlKind::text) refuse_type(*node, key, "a text", "put it in quotes");
  return node->text;
}

std::string Fields::word(std::string_view key, const Words& words) const {
  const auto value = text(key);
  if (!has(key)) return "";
  if (std::find(words.begin(), words.end(), value) == words.end()) {
    refuse(key, "study-type", quoted(key) + " cannot be " + quoted(value),
           did_you_mean(value, words, "it is one of"));
  }
  return value;
}

std::string Fields::name(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) {
    source_.refuse(table_, "study-key", what_ + " has no " + quoted(key),
                   "add " + std::string(key) + " = \"...\"");
  }
  if (node->kind == TomlKind::integer) {
    refuse_type(*node, key, "a text", "put it in quotes: \"" + std::to_string(node->integer) + '"');
  }
  auto value = text(key);
  if (trim(value).empty()) refuse(key, "study-type", quoted(key) + " is empty");
  if (trim(value).size() != value.size())
    refuse(key, "study-type", quoted(key) + " has blanks around it: " + quoted(value));
  if (std::any_of(value.begin(), value.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
    refuse(key, "study-type", quoted(key) + " has a control character: " + quoted(value));
  }
  return value;
}

Texts Fields::texts(std::string_view key) const {
  Texts texts;
  const auto* node = find(key);
  if (node == nullptr) return texts;
  if (node->kind == TomlKind::text) {
    if (!node->text.empty()) texts.by_language.emplace_back("", node->text);
    return texts;
  }
  if (node->kind != TomlKind::table)
    refuse_type(*node, key, "a text, or a table of texts by language");
  for (const auto& entry : node->entries) {
    const auto& known = source_.languages;
    if (!known.empty() && std::find(known.begin(), known.end(), entry.key) == known.end()) {
      source_.refuse(entry.value, "study-reference",
                     what_ + ": the study has no language " + quoted(entry.key),
                     did_you_mean(entry.key, known, "its languages are"));
    }
    if (entry.value.kind != TomlKind::text)
      refuse_type(entry.value, std::string(key) + "." + entry.key, "a text", "put it in quotes");
    // A text that is still to be translated.
    if (!entry.value.text.empty()) texts.by_language.emplace_back(entry.key, entry.value.text);
  }
  return texts;
}

Words Fields::list(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return {};
  if (node->kind == TomlKind::text) return {node->text};
  if (node->kind != TomlKind::array) refuse_type(*node, key, "a text or an array of texts");
  Words words;
  for (const auto& item : node->items) {
    if (item.kind != TomlKind::text)
      refuse_type(item, key, "an array of texts", "put it in quotes");
    words.push_back(item.text);
  }
  return words;
}

std::string Fields::code_of(const TomlNode& node, std::string_view key) const {
  if (node.kind == TomlKind::integer) return std::to_string(node.integer);
  if (node.kind == TomlKind::text) return node.text;
  refuse_type(node, key, "a whole number or a text",
              node.kind == TomlKind::number ? "put it in quotes, as the data have it" : "");
}

Words Fields::codes(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return {};
  if (node->kind != TomlKind::array) refuse_type(*node, key, "an array of codes and names");
  Words codes;
  for (const auto& item : node->items) codes.push_back(code_of(item, key));
  return codes;
}

std::optional<double> Fields::number(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  const bool number = node->kind == TomlKind::integer || node->kind == TomlKind::number;
  if (!number || !std::isfinite(node->number)) refuse_type(*node, key, "a number");
  return node->number + 0.0;  // -0 is 0
}

std::vector<double> Fields::numbers(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return {};
  if (node->kind != TomlKind::array) refuse_type(*node, key, "an array of numbers");
  std::vector<double> numbers;
  for (const auto& item : node->items) {
    const bool number = item.kind == TomlKind::integer || item.kind == TomlKind::number;
    if (!number || !std::isfinite(item.number)) refuse_type(item, key, "an array of numbers");
    numbers.push_back(item.number + 0.0);
  }
  return numbers;
}

bool Fields::flag(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return false;
  if (node->kind != TomlKind::boolean) refuse_type(*node, key, "true or false");
  return node->integer != 0;
}

std::vector<const TomlNode*> Fields::tables(std::string_view key) const {
  std::vector<const TomlNode*> tables;
  const auto* node = find(key);
  if (node == nullptr) return tables;
  if (node->kind != TomlKind::array || node->items.empty())
    refuse_type(*node, key, "an array of tables");
  for (const auto& item : node->items) tables.push_back(&item);
  return tables;
}

}  // namespace sondeo
