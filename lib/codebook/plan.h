// SPDX-License-Identifier: MIT
// A tab plan: which tables a book holds, and what each is made by. A value; it knows no data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "codebook/study_question.h"

namespace sondeo {

// `where = "age >= 18"`: an option of the command line, here with underscores (min_base).
struct PlanSetting {
  std::string key;
  std::string value;  // as it would be typed: lists are joined by commas
  Place at;
};

// One table for each of the questions, or one of them all.
struct PlanTable {
  Texts section;                       // title of the section it stands in; empty: none
  Texts title;                         // instead of the question's own
  std::vector<std::string> questions;  // names, patterns, grids
  // Not "": one table with a row for each question, which shows this row of it (a code, a net,
  // mean).
  std::string summary;
  // What table, section and book say, each key once: the innermost has the word.
  std::vector<PlanSetting> settings;
  Place at;

  // The setting of that key, or nullptr.
  const PlanSetting* find(std::string_view key) const;
};

struct TabPlan {
  Texts title;
  std::vector<PlanSetting> settings;  // of the book itself
  std::vector<PlanTable> tables;      // those outside sections first
};

// Whether a study file holds a plan.
bool has_plan(std::string_view text, const std::string& file);

// Reads [book] of a study file or of a file of its own, in which nothing else stands. `keys` are
// the settings that there are. Throws Error with line and column as parse_study does:
// [study-syntax], [study-key], [study-type], [plan-empty] without a table.
TabPlan parse_plan(std::string_view text, const std::string& file,
                   const std::vector<std::string>& keys);

}  // namespace sondeo
