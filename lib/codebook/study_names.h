// SPDX-License-Identifier: MIT
// What the names of a study stand for, and what its questions need of one another; inside
// lib/codebook only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codebook/study.h"

namespace sondeo {

// A question, or an item of one.
struct StudyName {
  static constexpr std::size_t no_item = static_cast<std::size_t>(-1);

  const StudyQuestion* question = nullptr;
  std::size_t item = no_item;

  bool is_item() const { return item != no_item; }
  // Grids, ranks and allocations have no answer of their own, their items have.
  bool is_variable() const { return is_item() || question->items.empty(); }
};

class StudyNames {
 public:
  // Throws Error [study-duplicate] if two questions or items are called the same. The study must
  // outlive the object.
  explicit StudyNames(const Study& study);

  // nullptr if nothing is called so.
  const StudyName* find(std::string_view name) const;
  // Of all that can be counted.
  const std::vector<std::string>& variables() const { return variables_; }

 private:
  void add(const std::string& name, StudyName meaning, const Place& at);

  std::unordered_map<std::string, StudyName> found_;
  std::vector<std::string> variables_;
};

// The names that an expression, bands or cross of the question mention, each once.
std::vector<std::string> names_needed(const StudyQuestion& question);

// Deeper chains of questions that are made from others are refused.
constexpr std::size_t most_levels = 100;

// Codes of all questions together, each item and each use of a list counted: more is refused.
constexpr std::size_t most_codes = std::size_t{1} << 21;

// Adds to `codes` those of the question. Throws Error [study-code] beyond most_codes.
void count_codes(const StudyQuestion& question, std::size_t more, std::size_t& codes);

// The questions of the study in an order in which each comes after those it needs. Throws Error
// [study-reference] for one that needs itself and for more than most_levels.
std::vector<const StudyQuestion*> in_order(const Study& study, const StudyNames& names);

// The variables without expressions resolved: what variables_of begins with.
std::vector<StudyQuestion> expand(const Study& study, const StudyNames& names);

// The question with the scores that a scale has if none are given: the codes, if all are numbers,
// else 1, 2, ... in order.
void fill_scores(StudyQuestion& question);

// The boxes of the question as nets; `question` has its scores. Throws Error [study-code] for a box
// that is none ("top2", "bottom3"), or that has more scores than there are.
StudyNet box_of(const StudyQuestion& question, const std::string& box);

}  // namespace sondeo
