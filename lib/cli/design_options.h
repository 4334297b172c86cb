// SPDX-License-Identifier: MIT
// The sampling design on the command line: what the study says, and what options say instead;
// shared by the tools that tell how precise a number is.
#pragma once

#include <string>
#include <vector>

#include "cli/study_input.h"
#include "cli/tool.h"
#include "codebook/study.h"
#include "infer/estimator.h"
#include "tabulate/pass.h"

namespace sondeo {

// A design as the passes and the variance take it.
struct ChosenDesign {
  UnitColumns units;
  ReplicateWeights replicates;
  DesignRules rules;
  StudyDesign told;       // the same by names
  bool ultimate = false;  // only its first stage is in `units`
  std::string words;      // "strata region, clusters psu (nested), fpc npop"; "" if there is none
  std::string weight;     // what a preset says the weight is; else ""

  bool by_rows() const { return units.empty() && replicates.columns.empty(); }
};

struct DesignOptions {
  std::string strata;
  std::string clusters;
  std::string psu;  // another name for clusters
  std::string fpc;
  std::string fpc_kind = "auto";
  bool nest = false;
  std::string lonely;
  bool ultimate = false;
  std::string replicates;
  std::string replicates_are;
  std::string method;
  std::string scale;
  std::string rscales;
  std::string rho;
  bool mse = false;
  std::string preset;
  bool none = false;

  void declare(Tool& tool);
  // The first of the options that say how the sample was drawn; "" if none was given.
  std::string given() const;
  // The weight that the preset goes with; "" without one. Throws UsageError.
  std::string preset_weight() const;
  // The design by names. Throws UsageError for values that are none of an option's or go not
  // together.
  StudyDesign chosen(const StudyInput& input) const;

  // The design for an open input. Throws as chosen(), Error [unknown-column], [design-column] (a
  // variable without a column of its own).
  ChosenDesign resolve(const StudyInput& input) const;
};

// Throws UsageError for a word that is none of --lonely.
LonelyPsu lonely_named(const std::string& word);

// The columns of a list of names: of columns, or questions of the study with one column. Throws as
// DesignOptions::resolve.
std::vector<std::size_t> design_columns(const StudyInput& input,
                                        const std::vector<std::string>& names);

}  // namespace sondeo
