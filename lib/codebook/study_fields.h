// SPDX-License-Identifier: MIT
// One table of a study file, its keys taken with their types checked; for parse_study alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "codebook/study_question.h"
#include "codebook/toml.h"

namespace sondeo {

using Words = std::vector<std::string>;

// The study file while it is read: what messages and places need.
class StudySource {
 public:
  // Both must outlive the object.
  StudySource(std::string_view text, const std::string& file);

  Words languages;  // that texts may be in; empty: any

  Place place(const TomlNode& node) const { return {file_, node.line, node.column}; }
  // Where the character `column` (from 1) of a text stands; where the text is written with escapes
  // or over several lines, where the text begins.
  Place inside(const TomlNode& text, std::uint64_t column) const;
  [[noreturn]] void refuse(const TomlNode& at, std::string id, std::string message,
                           std::string hint = "") const;

 private:
  std::string_view line(std::uint64_t number) const;

  std::string_view text_;
  const std::string& file_;
  std::vector<std::size_t> starts_;  // of lines
};

// "did you mean 'x'?"; "" if no candidate is near.
std::string did_you_mean(std::string_view word, const Words& candidates);

// The same; if none is near the candidates, introduced by `intro` ("the codes are").
std::string did_you_mean(std::string_view word, const Words& candidates, std::string_view intro);

// What a value is called in a message: "the text 'abc'", "a table".
std::string describe(const TomlNode& node);

class Fields {
 public:
  // `what` the table is called in messages: "question q1". Throws Error [study-type] if `table` is
  // none, [study-key] for a key that is not one of `keys`.
  Fields(const StudySource& source, const TomlNode& table, std::string what, const Words& keys);

  const TomlNode& table() const { return table_; }
  const TomlNode* find(std::string_view key) const { return table_.find(key); }
  bool has(std::string_view key) const { return find(key) != nullptr; }
  Place place() const { return source_.place(table_); }

  // Each: the value of the key, what an absent one gives, Error [study-type] for another type.
  std::string text(std::string_view key) const;  // ""
  // One of `words`; "" if absent.
  std::string word(std::string_view key, const Words& words) const;
  // A name: not empty, no blanks at its ends, no control characters; an absent one is refused.
  std::string name(std::string_view key) const;
  Texts texts(std::string_view key) const;  // a text, or a table of texts by language
  Words list(std::string_view key) const;   // a text or an array of texts
  Words codes(std::string_view key) const;  // an array of texts and whole numbers
  std::optional<double> number(std::string_view key) const;  // finite
  std::vector<double> numbers(std::string_view key) const;
  bool flag(std::string_view key) const;  // false
  // The tables of an array, which must not be empty; nothing if absent.
  std::vector<const TomlNode*> tables(std::string_view key) const;

  // A text or whole number that stands for a code.
  std::string code_of(const TomlNode& node, std::string_view key) const;

  [[noreturn]] void refuse(std::string_view key, std::string id, std::string message,
                           std::string hint = "") const;
  [[noreturn]] void refuse_type(const TomlNode& node, std::string_view key, std::string_view wanted,
                                std::string hint = "") const;

 private:
  const StudySource& source_;
  const TomlNode& table_;
  std::string what_;
};

}  // namespace sondeo
