// SPDX-License-Identifier: MIT
// From respondents to sums: any number of tables in one pass over the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "codebook/question.h"
#include "data/row_identity.h"
#include "data/weights.h"
#include "expr/expr.h"
#include "layout/csv.h"
#include "tabulate/cells.h"
#include "tabulate/replicate_sketch.h"
#include "tabulate/sample_units.h"

namespace sondeo {

// One way of dividing the respondents: by no question (everybody), one, or several nested ones.
struct Axis {
  std::vector<std::size_t> questions;  // positions in CountRequest::questions, outermost first
  bool overlaps = false;               // also count who is in two columns (select-all questions)
  bool by_unit = false;                // the outermost question is the sampling unit
};

struct TableAxes {
  std::size_t rows = 0;  // positions in CountRequest::axes
  std::size_t columns = 0;
};

// Where weights come from: nowhere, a column, or a file joined by id.
struct WeightSource {
  std::string column;              // "" or "none": every respondent counts one
  std::optional<CsvOptions> file;  // then `column` and `id` name columns of it
  std::string id;                  // the id's column, in the data and in the file

  bool weighted() const { return !column.empty() && column != "none"; }
};

// Replicate weights that stand in columns: whole weights, or factors of the weight.
struct ReplicateWeights {
  std::vector<std::size_t> columns;
  bool factors = false;

  std::size_t size() const { return columns.size(); }
};

// More cells than this in one table are refused, with the arithmetic.
constexpr std::size_t most_cells = std::size_t{1} << 20;
// And more sums by replicate, or by cell and sampling unit, than this in all tables; and more
// replicate weights than that.
constexpr std::size_t most_further_sums = std::size_t{1} << 23;
constexpr std::size_t most_replicates = 2000;
// More cells by unit than this in all tables, before they are packed.
constexpr std::size_t most_unit_cells = std::size_t{1} << 21;

// The values of numbers are told apart up to so many cells: of one table; or, in all tables of
// numbers together, times sampling units or replicates. Beyond it they are summed (number_rows.h).
// Tests take less.
struct NumberLimits {
  std::size_t cells = most_cells;
  std::size_t by_unit = most_unit_cells;
  std::size_t by_replicate = most_further_sums;
};

struct CountRequest {
  std::vector<Question> questions;
  std::vector<Axis> axes;
  std::vector<TableAxes> tables;
  AnswerRules rules;
  NumberFormat numbers;
  std::optional<Expr> where;  // respondents for whom it is true; the others count in `rows` alone
  WeightSource weight;
  // At most one of these two; cells hold what they need in Sums::further.
  ReplicateWeights replicates;  // none without a weight
  UnitColumns units;
  NumberLimits number_limits;
  bool identify = false;  // find CountResult::identity, which takes a look at every byte
  bool beside = false;    // what is found is told by another request of the pass
  unsigned threads = 1;
};

struct CountResult {
  struct Kept {
    std::uint64_t n = 0;
    std::uint64_t n_positive = 0;  // with a positive weight
    bool operator==(const Kept& other) const = default;
    double least_weight = 0;  // of the positive ones; 0 if there is none, or no weight
    double largest_weight = 0;

    void meet_weight(double weight) {
      if (weight <= 0) return;
      if (least_weight == 0 || weight < least_weight) least_weight = weight;
      if (weight > largest_weight) largest_weight = weight;
    }
  };
  std::vector<Cells> tables;  // as requested
  std::uint64_t rows = 0;     // all rows of the file, kept or not: units of the design
  std::uint64_t bytes = 0;    // of text read
  Kept kept;                  // the respondents that `where` kept
  RowIdentity identity;       // of all rows, if asked for
  ReplicateSketch sketch;     // of the replicate weights of those kept
  SampleUnits units;          // of all rows, if asked for
};

// Counts. The result does not depend on threads or blocks, bit for bit. Throws Error as the reader,
// the coders (of units, too), the filter and the weights do, [too-many-cells],
// [too-many-replicates], and [weight-total]
// if all weights are 0. Findings (trimmed cells, zero weights, cells that are no number) go to
// `issues`.
CountResult count(CsvFile& file, const CountRequest& request, Issues& issues);

// Several requests in one pass: for each what it gives alone. Where requests count the same
// question, each codes it for itself; tables of one weight and one filter belong in one request.
std::vector<CountResult> count(CsvFile& file, const std::vector<CountRequest>& requests,
                               Issues& issues);

}  // namespace sondeo
