// SPDX-License-Identifier: MIT
// The columns that a question's answers are written in, and the texts that stand there.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "codebook/study_question.h"
#include "synth/sample.h"

namespace sondeo {

// The names of the columns of a variable, in order; patterns and ranges are written out: "q4_*" of
// five codes is q4_1 to q4_5. Throws Error [synth-columns] for a column given by its position.
std::vector<std::string> columns_of(const StudyQuestion& variable);

// What a cell holds for an answer: the first of its `values`, else its code.
const std::string& cell_text_of(const StudyCode& code);

// Builds a column respondent by respondent; cells that are not set are empty.
class ColumnWriter {
 public:
  ColumnWriter(std::string name, std::size_t respondents);
  // A text that many cells will hold: its number for set().
  std::uint32_t text(std::string text);
  void set(std::size_t respondent, std::uint32_t text) { column_.cells[respondent] = text; }
  void set(std::size_t respondent, std::string own) { set(respondent, text(std::move(own))); }
  SampleColumn take() { return std::move(column_); }

 private:
  SampleColumn column_;
};

// Appends the columns of a variable with one answer to those of the sample: answers[i] is what
// asked[i] gives, a position in its codes, or one past them for an empty cell.
void write_single(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                  const std::vector<std::size_t>& answers, Sample& sample);

// The same for several answers; {codes.size()} leaves every cell empty.
void write_several(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                   const std::vector<std::vector<std::size_t>>& answers, Sample& sample);

}  // namespace sondeo
