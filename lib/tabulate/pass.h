// SPDX-License-Identifier: MIT
// Passes over the respondents: a worker sees the rows of a block decoded, and adds them up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "codebook/question.h"
#include "data/answers.h"
#include "data/column.h"
#include "data/filter.h"
#include "data/question_coders.h"
#include "expr/expr.h"
#include "layout/csv.h"
#include "tabulate/count.h"
#include "tabulate/fold.h"
#include "tabulate/units.h"

namespace sondeo {

// What is decoded; the same for all threads, and must outlive the passes.
struct PassPlan {
  Header header;
  CodingContext context;
  std::vector<Question> questions;
  std::vector<std::size_t> numbers;  // questions whose answers are read as numbers, or as scores
  std::vector<Axis> axes;            // categories
  std::optional<Expr> where;         // the domain; all rows are units of the design
  std::string weight;                // the weight's name for messages; "" or "none": one each
  std::optional<std::size_t> weight_column;
  // Instead of a column: the weights of all rows of the file, see tabulate/joined_weights.h.
  std::optional<std::vector<double>> joined_weights;
  std::optional<std::size_t> base_weight_column;  // the weight before it was calibrated
  ReplicateWeights replicates;
  UnitColumns units;
  unsigned threads = 1;

  bool weighted() const { return weight_column || joined_weights; }
  // The position in `numbers` or `axes`, where it is put if it is not there yet.
  std::size_t add_number(std::size_t question);
  std::size_t add_axis(const Axis& axis);
};

// The rows of a block. Numbers are NaN where there is no answer.
struct Rows {
  std::size_t size = 0;
  std::uint64_t first_row = 0;
  const std::uint8_t* in_domain = nullptr;  // [size]: whether `where` is true
  const double* weights = nullptr;          // [size]
  const double* base_weights = nullptr;     // [size], or nullptr
  const double* replicates = nullptr;       // [size * replicates]
  const std::uint32_t* units = nullptr;     // [size]: local numbers, see UnitCoder
  std::vector<const double*> numbers;       // by number: [size]
  std::vector<AxisCodes> axes;              // by axis; local codes, see AxisCoder
};

// One thread's part of a pass.
class RowWorker {
 public:
  virtual ~RowWorker() = default;
  virtual void take(const Rows& rows) = 0;
};

// Decodes the blocks of one pass in one thread.
class RowDecoder {
 public:
  explicit RowDecoder(const PassPlan& plan);

  // Throws Error as the coders, the filter and the unit coder do, [not-a-number], and for weights
  // [weight-missing], [weight-number], [weight-range], [weight-underflow], [weight-overflow].
  const Rows& decode(const Block& block);

  const UnitCoder& units() const { return units_; }
  const AxisCoder& axis(std::size_t i) const { return axes_[i]; }
  // Rows for which an expression needed a number or a date and found none.
  std::uint64_t not_numbers() const { return where_ ? where_->not_numbers() : 0; }
  std::uint64_t not_dates() const { return where_ ? where_->not_dates() : 0; }

 private:
  struct Number {
    const Question* question = nullptr;
    const AnswerCoder* coder = nullptr;  // nullptr: read from its column
    CodedColumn<double> texts;
    std::vector<double> value_of_code;
    std::vector<double> values;
  };
  void read_weights(const Block& block, std::size_t column, std::vector<double>& weights);
  void read_replicates(const Block& block);
  double number_of(const Block& block, std::size_t row, const Number& number,
                   std::string_view text) const;
  void read_number(const Block& block, Number& number);

  const PassPlan& plan_;
  QuestionCoders coders_;
  UnitCoder units_;
  std::vector<AxisCoder> axes_;
  std::vector<Number> numbers_;
  std::optional<Filter> where_;
  std::vector<Truth> truths_;
  std::vector<std::uint8_t> in_domain_;
  std::vector<double> weights_;
  std::vector<double> base_weights_;
  std::vector<double> replicates_;
  std::vector<std::uint32_t> all_rows_;
  Rows rows_;
};

// A thread of a pass that is over, to be united with the others.
struct PassThread {
  std::unique_ptr<RowDecoder> decoder;
  std::vector<std::unique_ptr<RowWorker>> workers;  // by job
  std::vector<std::uint32_t> leaves;                // by local number of units
};

struct PassResult {
  std::vector<PassThread> threads;
  SampleUnits units;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
};

// Makes a worker of one job for a thread; `decoder` outlives it.
using MakeWorker = std::function<std::unique_ptr<RowWorker>(const RowDecoder& decoder)>;

// Reads the file once for all jobs. What workers make of it must not depend on how blocks fall to
// threads; nothing else here does. Throws Error as the reader, the decoder, the workers and
// unite().
PassResult run_pass(CsvFile& file, const PassPlan& plan, const std::vector<MakeWorker>& jobs,
                    Issues& issues);

}  // namespace sondeo
