// SPDX-License-Identifier: MIT
#include "cli/weight_run.h"

#include "base/number.h"
#include "base/text.h"
#include "table/weight_words.h"

namespace sondeo {

WeightRun::WeightRun(const WeightRequest& request, StudyInput input, Issues& issues)
    : request_(request), input_(std::move(input)) {
  RowPlan rows;
  rows.header = input_.header;
  rows.context = {input_.header.file, request_.rules, input_.numbers};
  variables_ = std::make_unique<InputVariables>(input_, request_.language);
  rows.source = variables_.get();
  auto& who = rows.participation;
  if (request_.where) who.where = variables_->condition(*request_.where, "--where", rows.named);
  if (request_.respondent)
    who.respondent = variables_->condition(*request_.respondent, "--respondent", rows.named);
  if (!request_.replicates.empty()) {
    replicates_ = std::make_unique<ReplicateColumns>(
        input_.header, find_columns(input_.header, request_.replicates), request_.replicate_factors,
        input_.numbers);
    rows.replicates = replicates_.get();
  }
  if (request_.design) {
    const auto& design = *request_.design;
    const auto find = [&](const std::string& name) {
      return name.empty() ? std::nullopt : std::optional(variables_->find(name));
    };
    const auto file = open(issues);
    auto made =
        std::make_unique<DesignReplicates>(*file, input_.header, rows.context, *variables_,
                                           find(design.strata), find(design.psu), design.options);
    made_ = made.get();
    replicates_ = std::move(made);
    rows.replicates = replicates_.get();
  }
  if (request_.apply) {
    table_ = read_factors(*request_.apply, input_.numbers, *variables_, issues);
    plan_ = plan_factors(*table_, *variables_, std::move(rows));
  } else {
    plan_ = plan_weighting(request_.weighting, *variables_, std::move(rows), issues);
  }
}

std::unique_ptr<CsvFile> WeightRun::open(Issues& issues) const {
  return std::make_unique<CsvFile>(input_.csv, issues);
}

BaseWeights WeightRun::base_weights(Issues& issues) const {
  return BaseWeights(request_.weights, input_.header, input_.numbers, issues);
}

WeightPass WeightRun::pass(BaseWeights& weights) const {
  return {plan_.rows, profiles_, weighting_.rules, weights, trimming_, input_.numbers.decimal};
}

bool WeightRun::solve(Issues& issues) {
  auto weights = base_weights(issues);
  profiles_ = fold_profiles(*input_.file, plan_.rows, weights, plan_.by_unit(), threads(), issues);
  input_.file.reset();
  check_labels(plan_, profiles_);
  const auto misfit = table_ ? find_misfit(*table_, profiles_) : find_misfit(plan_, profiles_);
  if (misfit) {
    Issues told_already;
    throw Error(
        Place{input_.header.file, line_of_row(*open(told_already), misfit->row)}, misfit->id,
        misfit->message + (misfit->n == 1 ? "" : " (" + grouped(misfit->n) + " respondents)"),
        misfit->hint);
  }
  if (plan_.by_unit()) {
    Issues told_already;
    auto again = base_weights(told_already);
    collect_units(*open(told_already), plan_.rows, again, profiles_, threads());
  }
  weighting_ = table_ ? apply_factors(*table_, plan_, profiles_) : sondeo::solve(plan_, profiles_);
  report_ = report_weighting(plan_, profiles_, weighting_, request_.language);
  if (made_ != nullptr) {
    report_.replicate_scale = made_->factors().scale;
    report_.replicate_rscales = made_->factors().rscales;
  }
  if (table_) report_.method = "Applying the factors of " + table_->file;
  if (!weighting_.converged()) return false;
  if (request_.trimming) {
    Issues told_already;
    auto again = base_weights(told_already);
    trimming_ = trim_weights(collect_weights(*open(told_already), pass(again), threads()),
                             *request_.trimming);
    report_.trimming = trimming_;
    if (report_.method.empty()) report_.method = weight_words_of(request_.language).trimming;
  }
  return true;
}

Error WeightRun::failure() const {
  if (!weighting_.failed_replicate.empty()) {
    return Error("rake-converge", "no convergence for replicate " + weighting_.failed_replicate,
                 "the weight itself converged; collapse categories");
  }
  const ReportSegment* worst = nullptr;
  for (const auto& segment : report_.segments) {
    if (!segment.converged && (worst == nullptr || segment.gap > worst->gap)) worst = &segment;
  }
  return Error("rake-converge",
               "no convergence after " + std::to_string(worst->iterations) + " iterations" +
                   (worst->name.empty() ? "" : " in " + excerpt(worst->name)) + " (largest gap " +
                   rounded(worst->gap_points, 1) + " points, " + excerpt(worst->worst, 60) + ")",
               worst->advice);
}

std::vector<std::string> WeightRun::names(const std::string& name) const {
  std::vector<std::string> names{name};
  for (std::size_t r = 1; r < weighting_.rules.size(); ++r)
    names.push_back(name + "_" + std::to_string(r));
  return names;
}

void WeightRun::take_stock(const WeightPass& pass, std::deque<WeightCells>& cells) {
  auto& distribution = cells[0].distribution();
  auto ratios = cells[0].ratios();
  for (std::size_t i = 1; i < cells.size(); ++i) {
    distribution.merge(cells[i].distribution());
    ratios.merge(cells[i].ratios());
  }
  report_.weights = report_weights(distribution, pass.by_factor() ? factor_ratios(pass) : ratios);
}

void WeightRun::write(const AppendOptions& options,
                      const std::function<void(std::string_view)>& write, Issues& issues) {
  // What reading the file once more finds was found the first time.
  Issues told_already;
  auto weights = base_weights(told_already);
  const auto rules = pass(weights);
  std::deque<WeightCells> cells;
  std::vector<NewCells*> makers;
  for (unsigned i = 0; i < threads(); ++i) cells.emplace_back(rules);
  for (auto& each : cells) makers.push_back(&each);
  const auto file = open(told_already);
  Issues found;
  append_columns(*file, options, makers, write, found);
  for (const auto& issue : found.list()) {
    if (issue.id == "re-encoded")
      issues.add(issue.first, issue.id, issue.message, issue.hint, issue.count);
  }
  take_stock(rules, cells);
}

void WeightRun::look(Issues& issues) {
  static_cast<void>(issues);
  Issues told_already;
  auto weights = base_weights(told_already);
  const auto rules = pass(weights);
  std::deque<WeightCells> cells;
  std::vector<BlockWorker*> workers;
  for (unsigned i = 0; i < threads(); ++i) cells.emplace_back(rules);
  for (auto& each : cells) workers.push_back(&each);
  open(told_already)->read(workers, told_already);
  take_stock(rules, cells);
}

std::string WeightRun::factors() const {
  if (plan_.by_unit()) {
    throw Error("usage", "these weights depend on more than the categories of the targets",
                "--keep writes them with the id instead");
  }
  return factor_table(plan_, profiles_, weighting_.rules[0]);
}

}  // namespace sondeo
