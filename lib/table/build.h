// SPDX-License-Identifier: MIT
// From cells to a table: which respondents are the base, which numbers stand in which cell.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "codebook/question.h"
#include "infer/estimate.h"
#include "table/base_rule.h"
#include "table/figures.h"
#include "table/table.h"
#include "tabulate/cells.h"

namespace sondeo {

enum class Percent { column, row, total };
enum class BaseKind { n, weighted, effective };
enum class SortRows { value, size };

struct TableRules {
  Base base = Base::automatic;
  std::string
      asked;  // the expression of --asked, as printed back: with Base::asked, it is the base
  std::vector<Percent> percents{Percent::column};
  std::vector<Figure> figures;  // shown besides
  double min_cell = 0;          // cells about fewer respondents are withheld
  Inference inference;
  SortRows sort = SortRows::value;
  std::string sort_column;        // by size in this column: its id or path; "": in total
  std::vector<std::string> pins;  // answers (codes or labels) that stay last when rows are sorted
  bool hide_empty = false;        // of who arranges the tables: see table/hide_empty.h
  bool sum100 = false;            // shown percentages of one answer add up to 100 (sum100.h)
  double min_base = 0;            // columns whose base is below are suppressed
  BaseKind min_base_of = BaseKind::effective;
  bool usual_ticks = true;  // nobody said which texts mean that an option is chosen
  double low_base = 100;    // effective bases below are marked * and **
  double very_low_base = 30;
  std::optional<Testing> testing;  // of its columns with each other
  bool empty_columns = false;      // a column that nobody is in stands too
  std::vector<std::size_t> chisq;  // of its answers with each group: places in independence_kinds()
};

// What all tables of a run have in common.
struct TableContext {
  std::string weight = "none";
  bool weighted = false;
  std::string filter;       // --where, printed back
  std::uint64_t units = 0;  // all rows of the file
  std::string language = "en";
  std::string weight_label;        // how the weight was made
  std::vector<std::string> notes;  // of the study: under every table
  bool synthetic = false;          // the respondents are
};

// One part of a banner: the variables that it nests, outermost first, and the question's cells by
// it.
struct BannerPart {
  std::vector<std::string> variables;
  Cells cells;
  // What a study says of the variables, by variable: labels, and the order of the columns. Or none.
  std::vector<const StudyQuestion*> studies = {};
};

// A table of the question: the total column from `total` (cells with one column), then the parts.
// With no parts and `topline` it is a topline. Questions of numbers get mean, sd and median.
// An answer that nobody in the filter gave has no row; an option of flag columns and an answer that
// a study lists always have one. Scales of a study have mean, sd and median of their scores below
// their answers. With no --base, the study says who is 100 %, else those who answered; select-all
// questions: those asked, a study's without those whose answer is missing.
Table build_table(const Question& question, const Cells& total,
                  const std::vector<BannerPart>& parts, TableShape shape, bool show_total,
                  const TableContext& context, const TableRules& rules);

}  // namespace sondeo
