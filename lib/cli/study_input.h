// SPDX-License-Identifier: MIT
// What a tool reads: a study with its responses, or a bare file of responses.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/number.h"
#include "cli/input_options.h"
#include "cli/progress.h"
#include "codebook/study.h"
#include "data/answers.h"
#include "layout/csv.h"

namespace sondeo {

struct StudyInput {
  std::optional<Study> study;            // nothing: a bare file
  std::vector<StudyQuestion> variables;  // variables_of(*study)
  std::string text;                      // of the study's file
  std::string path;                      // of the responses
  CsvOptions csv;                        // how they are read: the command line, then the study
  NumberFormat numbers;
  std::vector<std::string> questions;  // the arguments that are questions
  std::vector<std::string> missing;    // cell texts that are no answer anywhere
  unsigned threads = 1;
  bool wants_progress = false;
  bool wants_provenance = false;  // then a hash of the text is made while it is read

  // After open_input():
  std::unique_ptr<CsvFile> file;
  Header header;
  std::unique_ptr<Progress> progress;  // to be ended before anything is written

  // The files that no output may replace.
  std::vector<std::string> files() const;
};

// The text of a study file or plan. Throws as open_input, and Error [study-size].
std::string read_text(const std::string& path);

// The study that a file describes. Throws as parse_study and open_input, and Error [study-size].
Study read_study(const std::string& path);

// Reads the study, if the first argument is one (a name that ends in .toml), and finds the
// responses; opens nothing of them. Throws UsageError, and Error as parse_study does, [no-data] if
// neither the study nor the command line says where the responses are.
StudyInput find_input(const InputOptions& options);

// The same where the responses are not read: the study, if the first argument is one, and the
// questions; no path.
StudyInput find_study(const InputOptions& options);

// Opens the responses and reads their header; says so under -v.
void open_input(StudyInput& input, Tool& tool);

// What can be asked for: the countable variables of the study, or the columns of the bare file.
std::vector<std::string> question_names(const InputOptions& options);

// The variable of that name, or nullptr; and those of a grid, rank or allocation of that name.
const StudyQuestion* find_variable(const StudyInput& input, std::string_view name);
std::vector<const StudyQuestion*> items_of(const StudyInput& input, std::string_view name);

}  // namespace sondeo
