// SPDX-License-Identifier: MIT
// What to count and how: shared by the tools that make tables from responses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/count_job.h"
#include "cli/design_options.h"
#include "cli/language_options.h"
#include "cli/letter_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "table/build.h"
#include "table/table.h"
#include "tabulate/cell_file.h"

namespace sondeo {

struct CountOptions {
  std::vector<std::string> missing;
  bool keep_empty = false;
  std::vector<std::string> multi;
  std::vector<std::string> ticked;
  std::vector<std::string> unticked;
  std::vector<std::string> joined;
  std::string separator = ";";
  std::vector<std::string> long_options;
  std::vector<std::string> spread;
  bool mean = false;
  std::string weight;  // "": the study's, or none
  std::string weight_file;
  std::string id;
  std::optional<std::string> where;
  DesignOptions design;
  LetterOptions tests;
  std::string base;
  std::optional<std::string> asked;
  std::string percent = "column";
  std::string show;
  std::string min_cell = "0";
  std::string level = "95";
  std::string interval = "logit";
  std::string df = "domain";
  std::string sort = "value";
  std::vector<std::string> pins;
  bool hide_empty = false;
  bool sum100 = false;
  std::string summary;  // rows of each item: "" as is usual for the kind, none: a table for each
  std::string min_base = "0";
  std::string min_base_of = "effective";
  std::string low_base = "100,30";
  LanguageOptions language;
  std::string cells;  // "": the responses are counted; else a file of cells, - for standard input

  void declare(Tool& tool);
  // The options that say what is counted, without those about the tables; `means`: with --mean.
  void declare_counting(Tool& tool, bool means = true);

  // What is read: the responses, or with --cells no more than the study. Throws as find_input().
  StudyInput find(const InputOptions& options) const;

  // The tables of the questions (names, patterns; of a study or a file of cells all if none is
  // named), once in each language: toplines, or with `banner` by it. Counts the input, which it
  // opens, or reads --cells, whose banner goes with "". Throws UsageError and Error.
  std::vector<TableSet> tables(StudyInput& input, const std::optional<std::string>& banner,
                               Tool& tool) const;

  // Throws UsageError and Error now for what would only be found out after the input was opened.
  void check(const StudyInput& input, const std::optional<std::string>& banner) const;
  // What to count for tables by that banner, no question yet; the input is open and outlives the
  // job.
  CountJob prepare(StudyInput& input, const std::optional<std::string>& banner) const;

  // When the job has its questions: errors of a weight that the study says was calibrated are those
  // of residuals, unless --no-design. What stands against it is told.
  void calibrate(const StudyInput& input, CountJob& job, Issues& issues) const;

  // What the options say about tables. Throws UsageError.
  TableRules rules() const;
  // Tables of cells that were counted, in the language of `reader`; without `topline` by their
  // banner.
  TableSet build(CellFile counted, const StudyInput& input, bool topline, const TableRules& rules,
                 const std::string& reader) const;

  // Puts items into one table as --summary says, and hides what --hide-empty hides. For when
  // nobody looks for the table of a question any more.
  void arrange(TableSet& set, const StudyInput& input, const TableRules& rules,
               const std::string& reader) const;

  // The cells of those tables. `part` is the responses' place in the survey; with `identify` they
  // are told apart from others.
  CellFile count_cells(StudyInput& input, const std::optional<std::string>& banner, Tool& tool,
                       bool identify = false) const;

 private:
  struct Weighting;
  CellFile read_cells(const StudyInput& input, const std::optional<std::string>& banner,
                      Tool& tool) const;
  void refuse_counting() const;
  std::vector<Question> defined_questions(const Header& header) const;
  Weighting weighting(const StudyInput& input) const;
  // --where and --asked as one expression, in the words of the data.
  std::optional<Expr> condition(const StudyInput& input) const;
};

}  // namespace sondeo
