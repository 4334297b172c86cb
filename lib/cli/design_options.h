// SPDX-License-Identifier: MIT
// The sampling design on the command line: what the study says, and what options say instead.
#pragma once

#include <string>
#include <vector>

#include "cli/study_input.h"
#include "cli/tool.h"
#include "infer/estimator.h"
#include "tabulate/pass.h"

namespace sondeo {

// A design as the passes and the variance take it.
struct ChosenDesign {
  UnitColumns units;
  ReplicateWeights replicates;
  DesignRules rules;
  std::string words;   // "strata region, clusters psu (nested), fpc npop"; "" if there is none
  std::string weight;  // what a preset says the weight is; else ""

  bool by_rows() const { return units.empty() && replicates.columns.empty(); }
};

struct DesignOptions {
  std::string strata;
  std::string clusters;
  std::string fpc;
  std::string fpc_kind = "auto";
  bool nest = false;
  std::string lonely;
  bool ultimate = false;
  std::string replicates;
  std::string method;
  bool factors = false;
  std::string scale;
  std::string rscales;
  std::string rho;
  bool mse = false;
  std::string preset;

  void declare(Tool& tool);

  // The design for an open input. Throws UsageError for values that are none of an option's or go
  // not together, Error [unknown-column], [design-column] (a variable without a column of its own).
  ChosenDesign resolve(const StudyInput& input) const;

 private:
  StudyDesign chosen(const StudyInput& input) const;
};

// The columns of a list of names: of columns, or questions of the study with one column. Throws as
// DesignOptions::resolve.
std::vector<std::size_t> design_columns(const StudyInput& input,
                                        const std::vector<std::string>& names);

}  // namespace sondeo
