// SPDX-License-Identifier: MIT
// One weighting: passes over the data, from request to weights and report.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/study_input.h"
#include "cli/weight_variables.h"
#include "layout/append.h"
#include "table/weight_report.h"
#include "weight/factors.h"
#include "weight/weighting.h"
#include "weight/write.h"

namespace sondeo {

struct WeightRequest {
  AnswerRules rules;
  std::string language;              // of labels
  std::optional<std::string> where;  // expressions
  std::optional<std::string> respondent;
  BaseWeightOptions weights;
  WeightingOptions weighting;
  std::optional<TrimOptions> trimming;
  std::optional<CsvOptions> apply;  // a factor table instead of targets
  std::string replicates;           // columns
  bool replicate_factors = false;
  struct Design {
    std::string strata;  // columns, or ""
    std::string psu;
    ReplicateOptions options;
  };
  std::optional<Design> design;  // makes replicates
};

class WeightRun {
 public:
  // Reads targets or factors. The input is open, and its file can be opened again. Throws Error.
  WeightRun(const WeightRequest& request, StudyInput input, Issues& issues);

  const Header& header() const { return input_.header; }
  const WeightingPlan& plan() const { return plan_; }
  std::size_t profiles() const { return profiles_.size(); }
  std::uint64_t rows() const { return profiles_.rows; }

  // The first pass. False: no convergence, see failure(); no weights are to be had.
  bool solve(Issues& issues);
  Error failure() const;

  // Names of the new columns: `name`, then `name`_1, ... for the replicates.
  std::vector<std::string> names(const std::string& name) const;
  // The last pass: writes the data with the weights, or only looks at them for the report.
  void write(const AppendOptions& options, const std::function<void(std::string_view)>& write,
             Issues& issues);
  void look(Issues& issues);
  // The factor table. Throws Error [usage] if weights depend on more than profiles.
  std::string factors() const;

  WeightReport& report() { return report_; }

 private:
  std::unique_ptr<CsvFile> open(Issues& issues) const;
  BaseWeights base_weights(Issues& issues) const;
  unsigned threads() const { return request_.weights.file ? 1 : input_.threads; }
  WeightPass pass(BaseWeights& weights) const;
  void take_stock(const WeightPass& pass, std::deque<WeightCells>& cells);

  WeightRequest request_;
  StudyInput input_;
  std::unique_ptr<InputVariables> variables_;
  std::unique_ptr<ReplicateSource> replicates_;
  const DesignReplicates* made_ = nullptr;  // the same, if they were made here
  std::optional<FactorTable> table_;
  WeightingPlan plan_;
  Profiles profiles_;
  Weighting weighting_;
  std::optional<Trimming> trimming_;
  WeightReport report_;
};

}  // namespace sondeo
