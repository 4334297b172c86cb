// SPDX-License-Identifier: MIT
#include "tabulate/count.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/text.h"
#include "data/filter.h"
#include "data/question_coders.h"
#include "data/weight_cells.h"
#include "tabulate/joined_weights.h"
#include "tabulate/joint_fold.h"
#include "tabulate/number_rows.h"
#include "tabulate/unit_cells.h"

namespace sondeo {
namespace {

// What all threads share and none changes; the weight table is taken from by a single thread.
struct Plan {
  const CountRequest& request;
  Header header;
  CodingContext context;
  std::size_t weight_column = 0;
  std::size_t id_column = 0;
  WeightTable* table = nullptr;
  std::vector<std::size_t> needed;  // questions of the axes and of the filter
  std::optional<CountRequest> by_unit;
};

class CountWorker : public BlockWorker {
 public:
  explicit CountWorker(const Plan& plan)
      : plan_(plan),
        request_(plan.request),
        coders_(request_.questions, plan.needed, plan.header, plan.context),
        cells_(plan.header, plan.context.numbers) {
    const auto as_rows = numbers_as_rows(request_);
    for (std::size_t q = 0; q < as_rows.size(); ++q) {
      if (as_rows[q]) numbers_.push_back(q);
    }
    for (const auto q : numbers_) coders_.coders()[q]->allow_uncoded();
    std::vector<const AnswerCoder*> folded;
    for (const auto& coder : coders_.coders()) folded.push_back(coder.get());
    if (plan.by_unit) {
      units_ = std::make_unique<UnitAnswers>(request_.units, plan.header, plan.context);
      folded.push_back(units_.get());
    }
    fold_ = std::make_unique<JointFold>(plan.by_unit ? *plan.by_unit : request_, folded);
    if (request_.where)
      filter_.emplace(*request_.where, plan_.header, coders_.named(), plan_.context);
  }

  void take(const Block& block) override {
    for (const auto q : numbers_) {
      if (fold_->sums_values(q)) coders_.coders()[q]->stop_coding();
    }
    coders_.code(block);
    if (units_) units_->code(block);
    keep(block);
    read_weights(block);
    block_ = &block;
    fold_->add(block.rows, kept_, request_.weight.weighted() ? weights_.data() : nullptr,
               read_replicates_);
    count_kept();
    if (request_.identify) identity_.add(block);
  }

  Cells table(std::size_t i) { return fold_->table(i); }
  const ReplicateSketch* sketch() { return fold_->sketch(); }

  const UnitCoder& units() const { return units_->units(); }
  const AnswerCoder* coder(std::size_t question) const { return coders_.coders()[question].get(); }
  StudyCoder::LeftOut left_out(std::size_t question) const { return coders_.left_out(question); }
  const CountResult::Kept& kept() const { return kept_rows_; }
  const RowIdentity& identity() const { return identity_; }
  std::uint64_t zero_weights() const { return zero_weights_; }
  std::uint64_t first_zero_line() const { return first_zero_line_; }
  std::uint64_t not_numbers() const { return filter_ ? filter_->not_numbers() : 0; }
  std::uint64_t not_dates() const { return filter_ ? filter_->not_dates() : 0; }
  std::uint64_t trimmed() const {
    std::uint64_t count = 0;
    for (const auto& coder : coders_.coders()) count += coder ? coder->trimmed() : 0;
    return count;
  }

 private:
  void keep(const Block& block) {
    kept_.clear();
    if (filter_) {
      filter_->evaluate(block, truths_);
      for (std::uint32_t row = 0; row < block.rows; ++row) {
        if (truths_[row] == Truth::yes) kept_.push_back(row);
      }
      return;
    }
    for (std::uint32_t row = 0; row < block.rows; ++row) kept_.push_back(row);
  }

  // The weights of the rows kept.
  void read_weights(const Block& block) {
    if (!request_.weight.weighted()) return;
    weights_.clear();
    if (plan_.table != nullptr) {
      // Every respondent has to be in the file, kept or not.
      auto line = block.first_line;
      auto at = block.begin;
      for (std::size_t row = 0; row < block.rows; ++row) {
        line += count_line_ends(block.bytes + at, block.starts[row] - at);
        at = block.starts[row];
        const auto id = cell_text(block.cell(row, plan_.id_column));
        const double weight = plan_.table->take(id, {plan_.header.file, line});
        check_weight(block, row, weight);
        if (weights_.size() < kept_.size() && kept_[weights_.size()] == row) {
          weights_.push_back(weight);
          kept_rows_.meet_weight(weight);
        }
      }
      return;
    }
    weights_.resize(kept_.size());
    cells_.read_rows(block, kept_, plan_.weight_column, weights_.data());
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      check_weight(block, kept_[i], weights_[i]);
      kept_rows_.meet_weight(weights_[i]);
    }
  }

  // The replicate weights of a row of the block at hand.
  void read_replicates(std::size_t row, double weight, double* replicates) const {
    const auto& [columns, factors] = request_.replicates;
    cells_.read_columns(*block_, row, columns, replicates);
    for (std::size_t r = 0; r < columns.size(); ++r) {
      if (factors) replicates[r] *= weight;
      if (!(replicates[r] < 0x1p50)) {
        throw Error(Place{plan_.header.file, block_->line_of(row)}, "weight-overflow",
                    "the weight " + excerpt(column_name(plan_.header, columns[r])) + " is " +
                        shortest(replicates[r]) + "; weights must be below 1e15");
      }
    }
  }

  void check_weight(const Block& block, std::size_t row, double weight) {
    constexpr double usual_least = 1e-6;
    constexpr double usual_most = 1e6;
    if (weight > usual_least && weight < usual_most) return;
    // The square of a smaller weight would lose digits below the scale of the sums.
    constexpr double least = 0x1p-38;
    if (weight > 0 && weight < least) {
      throw Error(Place{plan_.header.file, block.line_of(row)}, "weight-underflow",
                  "the weight is " + shortest(weight) + "; weights must be 0, or 4e-12 and more",
                  "divide them all by their mean");
    }
    if (!ExactSum::term(weight * weight)) {
      throw Error(
          Place{plan_.header.file, block.line_of(row)}, "weight-overflow",
          "the weight is " + shortest(weight) + "; the sum of squares of such weights overflows",
          "weights must be below 1e15; divide them all by their mean");
    }
    // A thread's blocks come in the order of the file, so its first is its earliest.
    if (weight == 0 && zero_weights_++ == 0) first_zero_line_ = block.line_of(row);
  }

  void count_kept() {
    kept_rows_.n += kept_.size();
    if (!request_.weight.weighted()) return;
    for (const double weight : weights_) kept_rows_.n_positive += weight > 0;
  }

  const Plan& plan_;
  const CountRequest& request_;
  QuestionCoders coders_;
  WeightCells cells_;
  std::vector<std::size_t> numbers_;  // questions whose values may be summed
  std::unique_ptr<UnitAnswers> units_;
  std::unique_ptr<JointFold> fold_;
  const Block* block_ = nullptr;
  const ReadReplicates read_replicates_ = [this](std::uint32_t row, double weight, double* to) {
    read_replicates(row, weight, to);
  };
  std::optional<Filter> filter_;
  std::vector<Truth> truths_;
  std::vector<std::uint32_t> kept_;
  std::vector<double> weights_;  // of the rows kept
  CountResult::Kept kept_rows_;
  RowIdentity identity_;
  std::uint64_t zero_weights_ = 0;
  std::uint64_t first_zero_line_ = 0;
};

// What counts as chosen is guessed from the texts unless it is said; what looks like a wrong guess,
// or like a slip in what was said, is told.
void tell_ticks(const std::vector<std::unique_ptr<CountWorker>>& workers, const Plan& plan,
                Issues& issues) {
  const auto& rules = plan.request.rules;
  for (std::size_t q = 0; q < plan.request.questions.size(); ++q) {
    const auto& question = plan.request.questions[q];
    // A study says which columns stand for what, so there is nothing to guess.
    const bool flags = question.kind == QuestionKind::flags && question.study == nullptr;
    if (!flags || workers[0]->coder(q) == nullptr) continue;
    FlagTexts texts;
    for (const auto& worker : workers) worker->coder(q)->collect(texts);
    const auto tell_absent = [&](const std::vector<std::string>& named, const std::string& option) {
      for (const auto& text : named) {
        if (text.empty() || texts.all.empty() || texts.all.contains(std::string(trim_blanks(text))))
          continue;
        issues.add({plan.header.file}, "tick-absent",
                   "no cell of '" + excerpt(question.name) + "' holds the text '" + excerpt(text) +
                       "' of " + option);
      }
    };
    tell_absent(rules.ticked, "--ticked");
    tell_absent(rules.unticked, "--unticked");
    if (!rules.ticked.empty() || !rules.unticked.empty()) continue;
    for (std::size_t i = 0; i < texts.chosen.size(); ++i) {
      if (texts.chosen[i].size() < 2) continue;
      std::string list;
      for (const auto& text : texts.chosen[i]) {
        if (list.size() < 80) list += (list.empty() ? "'" : ", '") + excerpt(text, 20) + "'";
      }
      issues.add(
          {plan.header.file}, "ticks",
          "'" + excerpt(question.option_names[i]) + "' counts several texts as chosen: " + list,
          "say which one means chosen: --ticked TEXT");
    }
  }
}

// Routing and answers that contradict each other.
void tell_routing(const std::vector<std::unique_ptr<CountWorker>>& workers, const Plan& plan,
                  Issues& issues) {
  for (std::size_t q = 0; q < plan.request.questions.size(); ++q) {
    StudyCoder::LeftOut all;
    for (const auto& worker : workers) {
      const auto part = worker->left_out(q);
      if (part.answers == 0) continue;
      all.first_line =
          all.answers == 0 ? part.first_line : std::min(all.first_line, part.first_line);
      all.answers += part.answers;
    }
    if (all.answers == 0) continue;
    const auto name = excerpt(plan.request.questions[q].name);
    issues.add({plan.header.file, all.first_line}, "routing",
               all.answers == 1
                   ? "1 answer to " + name + " of a respondent who was not asked was left out"
                   : grouped(all.answers) + " answers to " + name +
                         " of respondents who were not asked were left out");
  }
}

void tell(const std::vector<std::unique_ptr<CountWorker>>& workers, const Plan& plan,
          Issues& issues) {
  std::uint64_t trimmed = 0;
  std::uint64_t not_numbers = 0;
  std::uint64_t not_dates = 0;
  for (const auto& worker : workers) {
    trimmed += worker->trimmed();
    not_numbers += worker->not_numbers();
    not_dates += worker->not_dates();
    if (worker->zero_weights() > 0) {
      issues.add({plan.header.file, worker->first_zero_line()}, "zero-weight",
                 "a respondent with weight 0, counted in n and with no share in percentages", "",
                 worker->zero_weights());
    }
  }
  if (trimmed > 0) {
    issues.add({plan.header.file}, "trimmed",
               "a cell with blanks around its answer, which were trimmed", "", trimmed);
  }
  if (not_numbers > 0) {
    issues.add({plan.header.file}, "not-a-number",
               "a cell was needed as a number but is none; what needs it is unknown", "",
               not_numbers);
  }
  if (not_dates > 0) {
    issues.add({plan.header.file}, "not-a-date",
               "a cell was read as a date but is none; what needs it is unknown",
               "a format is given as in date(began, '%d/%m/%Y %H:%M')", not_dates);
  }
}

std::vector<std::size_t> needed_questions(const CountRequest& request) {
  std::set<std::size_t> questions;
  for (const auto& axis : request.axes)
    questions.insert(axis.questions.begin(), axis.questions.end());
  if (request.where) {
    const auto named = questions_in(*request.where, request.questions);
    questions.insert(named.begin(), named.end());
  }
  return {questions.begin(), questions.end()};
}

// Each thread counts in tables of its own, which may be small enough where the whole is not.
void check_size(const Cells& cells, const TableAxes& table, const Plan& plan) {
  const auto& request = plan.request;
  const auto check_axis = [&](const Axis& axis, const std::vector<Key>& keys) {
    if (axis.questions.size() != 1) return;
    const auto answers = std::count_if(keys.begin(), keys.end(), [](const Key& key) {
      return !key.overlap && (key.kind == AnswerKind::category || key.kind == AnswerKind::missing);
    });
    check_answers(request.questions[axis.questions[0]], static_cast<std::size_t>(answers),
                  plan.header.file);
  };
  check_axis(request.axes[table.rows], cells.rows);
  check_axis(request.axes[table.columns], cells.columns);
  check_table_size(cells.rows.size(), cells.columns.size());
}

// One request on its way through the pass.
class Counting {
 public:
  Counting(const CsvFile& file, const CountRequest& request, Issues& issues)
      : request_(request),
        numbers_(numbers_as_rows(request)),
        plan_{request,
              file.header(),
              {file.name(), request.rules, request.numbers},
              0,
              0,
              nullptr,
              needed_questions(request),
              std::nullopt} {
    if (request.replicates.size() > most_replicates) {
      throw Error("too-many-replicates", grouped(request.replicates.size()) +
                                             " replicate weights; " + grouped(most_replicates) +
                                             " can be counted");
    }
    if (!request.units.empty()) plan_.by_unit = with_units(request);
    if (request.weight.weighted() && request.weight.file) {
      plan_.id_column = find_column(plan_.header, request.weight.id);
      read_weight_table(request.weight, request.numbers, table_, issues);
      plan_.table = &table_;
    } else if (request.weight.weighted()) {
      plan_.weight_column = find_column(plan_.header, request.weight.column);
    }
  }

  // Whether one thread has to take all blocks: ids are ticked off in the order of the file.
  bool in_order() const { return plan_.table != nullptr; }
  // One more thread's.
  CountWorker& worker() {
    workers_.push_back(std::make_unique<CountWorker>(plan_));
    return *workers_.back();
  }

  // When all blocks have been taken.
  CountResult result(Issues& told) {
    Issues found;
    auto& issues = request_.beside ? found : told;
    if (plan_.table != nullptr) table_.check_all_taken();
    CountResult result;
    result.tables.resize(request_.tables.size());
    std::vector<std::vector<std::uint32_t>> leaves;
    if (plan_.by_unit) {
      std::vector<const UnitCoder*> coders;
      for (const auto& worker : workers_) coders.push_back(&worker->units());
      result.units = unite(coders, leaves);
    }
    const auto numbers = tables_of_numbers(result.tables);
    const auto kinds = std::size_t{result.units.rows_are_units ? 2U : 1U};
    const FurtherSums by_cell{
        plan_.by_unit ? result.units.leaves() * kinds : request_.replicates.size(),
        plan_.by_unit.has_value()};
    for (std::size_t at = 0; at < workers_.size(); ++at) {
      const auto& worker = workers_[at];
      std::size_t further = 0;
      result.kept.n += worker->kept().n;
      result.kept.n_positive += worker->kept().n_positive;
      result.kept.meet_weight(worker->kept().least_weight);
      result.kept.meet_weight(worker->kept().largest_weight);
      result.identity.add(worker->identity());
      for (std::size_t i = 0; i < result.tables.size(); ++i) {
        auto cells = worker->table(i);
        if (plan_.by_unit) {
          cells = units_within(cells, leaves[at], result.units, request_.weight.weighted(),
                               is_number(i) ? &request_.number_limits : nullptr);
        }
        result.tables[i] = merge(result.tables[i], cells);
      }
      sum_numbers(numbers, by_cell, request_.number_limits);
      for (std::size_t i = 0; i < result.tables.size(); ++i) {
        check_size(result.tables[i], request_.tables[i], plan_);
        for (const auto& sums : result.tables[i].sums)
          further += sums.further.size() + exact_sums_of(sums.powers.size());
        check_further_sums(further);
      }
      if (const auto* sketch = worker->sketch()) result.sketch.add(*sketch);
    }
    tell(workers_, plan_, issues);
    tell_ticks(workers_, plan_, issues);
    tell_routing(workers_, plan_, issues);
    if (request_.weight.weighted() && result.kept.n > 0 && result.kept.n_positive == 0) {
      throw Error(Place{plan_.header.file}, "weight-total",
                  "all weights are 0: nobody stands for anybody");
    }
    return result;
  }

 private:
  // Whether the rows of a table are a number whose values may be summed.
  bool is_number(std::size_t table) const {
    const auto& questions = request_.axes[request_.tables[table].rows].questions;
    return questions.size() == 1 && numbers_[questions[0]];
  }

  std::vector<std::vector<Cells*>> tables_of_numbers(std::vector<Cells>& tables) const {
    std::map<std::size_t, std::vector<Cells*>> by_question;
    for (std::size_t i = 0; i < tables.size(); ++i) {
      if (is_number(i))
        by_question[request_.axes[request_.tables[i].rows].questions[0]].push_back(&tables[i]);
    }
    std::vector<std::vector<Cells*>> result;
    for (auto& [question, of_question] : by_question) result.push_back(std::move(of_question));
    return result;
  }

  const CountRequest& request_;
  std::vector<bool> numbers_;  // by question
  Plan plan_;
  WeightTable table_;
  std::vector<std::unique_ptr<CountWorker>> workers_;
};

// Hands each block to a worker of every request.
class SharedWorker : public BlockWorker {
 public:
  void take(const Block& block) override {
    for (auto* worker : workers) worker->take(block);
  }
  std::vector<BlockWorker*> workers;
};

}  // namespace

std::vector<CountResult> count(CsvFile& file, const std::vector<CountRequest>& requests,
                               Issues& issues) {
  std::vector<std::unique_ptr<Counting>> countings;
  bool one_thread = false;
  unsigned threads = 1;
  for (const auto& request : requests) {
    countings.push_back(std::make_unique<Counting>(file, request, issues));
    one_thread = one_thread || countings.back()->in_order();
    threads = std::max(threads, request.threads);
  }
  std::vector<std::unique_ptr<SharedWorker>> workers;
  std::vector<BlockWorker*> takers;
  for (unsigned i = 0; i < (one_thread ? 1 : threads); ++i) {
    workers.push_back(std::make_unique<SharedWorker>());
    for (const auto& counting : countings) workers.back()->workers.push_back(&counting->worker());
    takers.push_back(workers.back().get());
  }
  const auto totals = file.read(takers, issues);
  std::vector<CountResult> results;
  for (const auto& counting : countings) {
    results.push_back(counting->result(issues));
    results.back().rows = totals.rows;
    results.back().bytes = totals.bytes;
  }
  return results;
}

CountResult count(CsvFile& file, const CountRequest& request, Issues& issues) {
  return std::move(count(file, std::vector{request}, issues).front());
}

}  // namespace sondeo
